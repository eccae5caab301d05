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
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Returns its input in capital letters. At the end of the input it writes the number of bytes to standard error. */
final class UpperCaseContainer extends SimpleChannelInboundHandler<ByteBuf> {

    private final Runnable atEnd;
    private long bytes;

    /** Creates the program. Calls {@code atEnd} before it writes its last output. */
    UpperCaseContainer(Runnable atEnd) {
        this.atEnd = atEnd;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf input) {
        bytes += input.readableBytes();
        write(ctx, StreamPiece.STDOUT, input.toString(StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    /** Stops reading from a client that does not read its output. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            atEnd.run();
            write(ctx, StreamPiece.STDERR, bytes + " bytes read\n");
            ctx.flush();
            ((DuplexChannel) ctx.channel()).shutdownOutput().addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static void write(ChannelHandlerContext ctx, int stream, String text) {
        ByteBuf frame = ctx.alloc().buffer();
        FakeContainer.writeFrame(frame, stream, text);
        ctx.write(frame);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        System.err.println("connection closed: " + cause);
        ctx.close();
    }
}
