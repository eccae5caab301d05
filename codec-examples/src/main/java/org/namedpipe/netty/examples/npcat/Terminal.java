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

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
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
import org.namedpipe.netty.examples.Transport;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

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

    @Option(
            names = {"-m", "--message"},
            description = "Exchange messages: a line is one, and one is a line. An empty line is one too.")
    private boolean message;

    @Option(
            names = {"-N", "--half-close"},
            description = "Say at the end of the input that no more will come, and hang up when both sides have."
                    + " Pipes then exchange messages, of which an empty one is the end.")
    private boolean halfClose;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say who is at the other end.")
    private boolean verbose;

    private volatile boolean inputEnded;

    /**
     * Sets what the options ask for.
     *
     * @throws ParameterException if only pipes can do it, and this is none
     */
    Bootstrap configure(Bootstrap client, Transport transport, CommandLine command) {
        check(transport, command);
        if (message) {
            client.option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE);
        }
        return halfClose ? transport.halfClosable(client) : client;
    }

    /** The same for a server. */
    ServerBootstrap configure(ServerBootstrap server, Transport transport, CommandLine command) {
        check(transport, command);
        if (message) {
            server.option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE);
        }
        return halfClose ? transport.halfClosable(server) : server;
    }

    private void check(Transport transport, CommandLine command) {
        if (message && transport != Transport.PIPE) {
            throw new ParameterException(command, "--message: only a pipe can do this");
        }
    }

    /** Sends all input to all channels of a group, on a thread of its own. */
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

    /** Goes behind all that was written. */
    private static void endOutput(Channel channel) {
        DuplexChannel duplex = (DuplexChannel) channel;
        duplex.shutdownOutput().addListener(ended -> closeIfDone(duplex));
    }

    private static void closeIfDone(DuplexChannel channel) {
        if (channel.isShutdown()) {
            channel.close();
        }
    }

    /** Reads no further until this has been written. A channel that fails closes itself. */
    private static void send(ByteBuf bytes, ChannelGroup channels) {
        channels.writeAndFlush(bytes).awaitUninterruptibly();
    }

    /** Prints what comes. The event loop waits for the terminal, and so does the other side. */
    final class Printer extends SimpleChannelInboundHandler<ByteBuf> {

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            if (verbose && ctx.channel() instanceof NamedPipeChannel pipe) {
                pipe.peer().addListener(peer -> {
                    if (peer.isSuccess()) {
                        connected(peer.getNow());
                    }
                });
            } else if (verbose) {
                connected(ctx.channel().remoteAddress());
            }
            if (halfClose && inputEnded) {
                endOutput(ctx.channel());
            }
        }

        private static void connected(Object peer) {
            System.err.println("npcat: connected with " + peer);
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

        /** Of messages one that is too long is lost, and no other. */
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
