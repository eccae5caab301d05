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
package org.namedpipe.npcat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.TooLongFrameException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeMode;
import picocli.CommandLine.Option;

/** Standard input and output, and the options for them. */
final class Terminal {

    private static final int BLOCK = 8 * 1024;

    /** With {@code --half-close}, messages transfer a byte stream; each message is one write of the sender, of any size. */
    private static final int MAX_MESSAGE_OF_STREAM = 16 * 1024 * 1024;

    @Option(
            names = {"-x", "--hex"},
            description = "Print a hexadecimal dump, and read lines of hexadecimal digits.")
    private boolean hex;

    @Option(
            names = {"-q", "--quit"},
            description = "Close the connection at the end of the input. Without it the other side closes it.")
    private boolean quit;

    @Option(
            names = {"-m", "--message"},
            description = "Send each line as a message, also an empty one, and print each message as a line.")
    private boolean message;

    @Option(
            names = {"-N", "--half-close"},
            description = "Send an empty message at the end of the input, and close the connection when both sides have"
                    + " sent one. The other side must treat an empty message as the end.")
    private boolean halfClose;

    @Option(
            names = {"-w", "--who"},
            description = "Print the process and the user at the other end.")
    private boolean who;

    private volatile boolean inputEnded;

    /** Sets the options of a client's channel. */
    Bootstrap configure(Bootstrap client) {
        if (message || halfClose) {
            client.option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE);
        }
        if (halfClose) {
            client.option(ChannelOption.ALLOW_HALF_CLOSURE, true);
            client.option(NamedPipeChannelOption.MAX_MESSAGE_SIZE, MAX_MESSAGE_OF_STREAM);
        }
        return client;
    }

    /** Sets the options of a server and of its clients' channels. */
    ServerBootstrap configure(ServerBootstrap server) {
        if (message || halfClose) {
            server.option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE);
        }
        if (halfClose) {
            server.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            server.childOption(NamedPipeChannelOption.MAX_MESSAGE_SIZE, MAX_MESSAGE_OF_STREAM);
        }
        return server;
    }

    /** Starts a thread that sends the input to all channels of a group. */
    void pump(ChannelGroup channels) {
        Thread pump = new Thread(() -> sendAll(channels), "standard input");
        pump.setDaemon(true);
        pump.start();
    }

    private void sendAll(ChannelGroup channels) {
        try {
            if (hex || message) {
                sendLines(System.in, channels);
            } else {
                sendBytes(System.in, channels);
            }
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("npcat: standard input: " + e);
            channels.close();
        }
        inputEnded = true;
        if (quit) {
            channels.close();
        } else if (halfClose) {
            channels.forEach(Terminal::endOutput);
        }
    }

    private static void sendBytes(InputStream in, ChannelGroup channels) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
            send(Unpooled.copiedBuffer(block, 0, count), channels);
        }
    }

    private void sendLines(InputStream in, ChannelGroup channels) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            ByteBuf bytes = hex
                    ? Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(line.replaceAll("\\s", "")))
                    : Unpooled.copiedBuffer(line, StandardCharsets.UTF_8);
            if (halfClose && !bytes.isReadable()) {
                throw new IllegalArgumentException("with --half-close an empty message is the end");
            }
            send(bytes, channels);
        }
    }

    /** Shuts down output after all pending writes. */
    private static void endOutput(Channel channel) {
        DuplexChannel duplex = (DuplexChannel) channel;
        duplex.shutdownOutput().addListener(ended -> closeIfDone(duplex));
    }

    private static void closeIfDone(DuplexChannel channel) {
        if (channel.isShutdown()) {
            channel.close();
        }
    }

    /** Waits until the bytes are written. A channel whose write fails is closed. */
    private static void send(ByteBuf bytes, ChannelGroup channels) {
        channels.writeAndFlush(bytes).awaitUninterruptibly();
    }

    /** Prints received data. A slow terminal blocks the event loop, and thereby the other side. */
    final class Printer extends SimpleChannelInboundHandler<ByteBuf> {

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            if (who) {
                ((NamedPipeChannel) ctx.channel()).peer().addListener(peer -> {
                    if (peer.isSuccess()) {
                        System.err.println("npcat: connected with " + peer.getNow());
                    }
                });
            }
            if (halfClose && inputEnded) {
                endOutput(ctx.channel());
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) throws IOException {
            PrintStream out = System.out;
            if (hex) {
                out.println(ByteBufUtil.prettyHexDump(bytes));
            } else {
                bytes.readBytes(out, bytes.readableBytes());
                if (message) {
                    out.println();
                }
            }
            out.flush();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                closeIfDone((DuplexChannel) ctx.channel());
            }
        }

        /** Drops a message that is too long, and keeps the connection open. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (message && cause instanceof TooLongFrameException) {
                System.err.println("npcat: " + cause.getMessage());
                return;
            }
            System.err.println("npcat: connection closed: " + cause);
            ctx.close();
        }
    }
}
