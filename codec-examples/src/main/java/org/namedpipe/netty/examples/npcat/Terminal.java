/*
 * Copyright 2026 The Netty named pipe project
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package org.namedpipe.netty.examples.npcat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** Standard input and output, and the options that say how to treat them. */
final class Terminal {

    private static final int BLOCK = 8 * 1024;

    @Option(
            names = {"-x", "--hex"},
            description = "Write what comes as a hexadecimal dump, and read lines of hexadecimal digits.")
    private boolean hex;

    @Option(
            names = {"-q", "--quit"},
            description = "Hang up at the end of the input, instead of when the other side does.")
    private boolean quit;

    /** Sends all input to all channels of a group, on a thread of its own. */
    void pump(ChannelGroup channels) {
        Thread pump = new Thread(() -> sendAll(channels), "standard input");
        pump.setDaemon(true);
        pump.start();
    }

    private void sendAll(ChannelGroup channels) {
        try {
            if (hex) {
                sendHex(System.in, channels);
            } else {
                sendBytes(System.in, channels);
            }
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("npcat: standard input: " + e);
            channels.close();
        }
        if (quit) {
            channels.close();
        }
    }

    private static void sendBytes(InputStream in, ChannelGroup channels) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
            send(Unpooled.copiedBuffer(block, 0, count), channels);
        }
    }

    private static void sendHex(InputStream in, ChannelGroup channels) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            send(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(line.replaceAll("\\s", ""))), channels);
        }
    }

    /** Reads no further until this has been written. A channel that fails closes itself. */
    private static void send(ByteBuf bytes, ChannelGroup channels) {
        channels.writeAndFlush(bytes).awaitUninterruptibly();
    }

    /** Prints what comes. The event loop waits for the terminal, and so does the other side. */
    final class Printer extends SimpleChannelInboundHandler<ByteBuf> {

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) throws IOException {
            PrintStream out = System.out;
            if (hex) {
                out.println(ByteBufUtil.prettyHexDump(bytes));
            } else {
                bytes.readBytes(out, bytes.readableBytes());
            }
            out.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            System.err.println("npcat: connection closed: " + cause);
            ctx.close();
        }
    }
}
