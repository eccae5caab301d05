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
package org.namedpipe.netty.examples.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Writes what its channel reads to the other channel, and reads only while that one keeps up. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel
final class RelayHandler extends ChannelInboundHandlerAdapter {

    private final Channel other;
    private final LongAdder bytes;
    private @Nullable ChannelFuture lastWrite;

    RelayHandler(Channel other, LongAdder bytes) {
        this.other = other;
        this.bytes = bytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!other.isActive()) {
            ReferenceCountUtil.release(message);
            return;
        }
        bytes.add(((ByteBuf) message).readableBytes());
        lastWrite = other.writeAndFlush(message);
        if (!other.isWritable()) {
            ctx.channel().config().setAutoRead(false);
            readWhileItKeepsUp(ctx.channel(), other);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        readWhileItKeepsUp(other, ctx.channel());
    }

    /**
     * Always on the reader's event loop, after whatever has changed: a socket can lose a read that its loop asks for while
     * another thread pauses it.
     */
    private static void readWhileItKeepsUp(Channel reader, Channel writer) {
        reader.eventLoop().execute(() -> reader.config().setAutoRead(writer.isWritable() || !writer.isActive()));
    }

    /** Passes the end of one direction on; the other direction goes on. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            DuplexChannel from = (DuplexChannel) ctx.channel();
            DuplexChannel to = (DuplexChannel) other;
            whenWritten(() -> to.shutdownOutput().addListener(ended -> {
                if (!ended.isSuccess() || (from.isShutdown() && to.isShutdown())) {
                    from.close();
                    to.close();
                }
            }));
        }
    }

    /**
     * Lets the other go when it has what was read before. What it sends meanwhile is dropped, but read: its peer may take
     * nothing before it has got rid of that.
     */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        readWhileItKeepsUp(other, ctx.channel());
        whenWritten(other::close);
    }

    private void whenWritten(Runnable action) {
        if (lastWrite == null) {
            action.run();
        } else {
            lastWrite.addListener(written -> action.run());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
