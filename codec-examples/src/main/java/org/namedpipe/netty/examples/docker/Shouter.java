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
package org.namedpipe.netty.examples.docker;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What the container of that name does with its input. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel
final class Shouter extends SimpleChannelInboundHandler<ByteBuf> {

    private final PrintWriter err;
    private long bytes;

    Shouter(PrintWriter err) {
        this.err = err;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf input) {
        bytes += input.readableBytes();
        String text = input.toString(StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
        write(ctx, StreamKind.STDOUT, text);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    /** Reads no more from a client that does not read its output. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
    }

    /** The input has ended, the output has not. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            write(ctx, StreamKind.STDERR, bytes + " bytes shouted\n");
            ctx.flush();
            ((DuplexChannel) ctx.channel()).shutdownOutput().addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static void write(ChannelHandlerContext ctx, StreamKind kind, String text) {
        ByteBuf frame = ctx.alloc().buffer(StreamFrameDecoder.HEADER_BYTES + text.length());
        kind.writeFrame(frame, text);
        ctx.write(frame);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        err.println("connection closed: " + cause);
        ctx.close();
    }
}
