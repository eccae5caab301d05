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

/** Writes all that it reads to another channel, and stops reading while the other channel cannot take more. */
final class RelayHandler extends ChannelInboundHandlerAdapter {

    private final Channel other;
    private final LongAdder bytes = new LongAdder();
    private @Nullable ChannelFuture lastWrite;

    RelayHandler(Channel other) {
        this.other = other;
    }

    /** Returns the number of bytes written to the other channel. */
    long bytes() {
        return bytes.sum();
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
            readWhileWritable(ctx.channel(), other);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        readWhileWritable(other, ctx.channel());
    }

    /**
     * Sets auto-read on the reader's own event loop. A socket can lose a read that its event loop requests while another
     * thread turns auto-read off.
     */
    private static void readWhileWritable(Channel reader, Channel writer) {
        reader.eventLoop().execute(() -> reader.config().setAutoRead(writer.isWritable() || !writer.isActive()));
    }

    /** Passes on the end of one direction. The other direction stays open. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            DuplexChannel from = (DuplexChannel) ctx.channel();
            DuplexChannel to = (DuplexChannel) other;
            afterLastWrite(() -> to.shutdownOutput().addListener(ended -> {
                if (!ended.isSuccess() || (from.isShutdown() && to.isShutdown())) {
                    from.close();
                    to.close();
                }
            }));
        }
    }

    /**
     * Closes the other channel when all that was read before is written. Until then its input is read and discarded: its
     * peer may write all its output before it reads.
     */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        readWhileWritable(other, ctx.channel());
        afterLastWrite(other::close);
    }

    private void afterLastWrite(Runnable action) {
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
