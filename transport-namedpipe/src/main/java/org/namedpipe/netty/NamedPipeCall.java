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
package org.namedpipe.netty;

import static io.netty.util.internal.ObjectUtil.checkNotNull;
import static io.netty.util.internal.ObjectUtil.checkPositive;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request, one reply, over a pipe in {@linkplain NamedPipeMode#MESSAGE message mode}.
 *
 * <p>The request is released in any case; the reply belongs to the caller. The future fails with a
 * {@link TimeoutException} when there is no reply in time, with a {@link ClosedChannelException} when the peer closes
 * without one, and with what connecting or writing failed with. Cancelling it ends the call.
 */
public final class NamedPipeCall {
    private NamedPipeCall() {}

    /**
     * Connects, writes one message, reads one message, and closes, as {@code CallNamedPipe} does. Waits while all instances
     * are busy.
     *
     * @param timeoutMillis for the whole of it, in milliseconds
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/namedpipeapi/nf-namedpipeapi-callnamedpipew">CallNamedPipeW</a>
     */
    public static Future<ByteBuf> call(
            EventLoopGroup group, NamedPipeAddress address, ByteBuf request, int timeoutMillis) {
        return call(new Bootstrap().group(checkNotNull(group, "group")), address, request, timeoutMillis);
    }

    /** The same with the group and the options of a bootstrap, which is not changed. */
    public static Future<ByteBuf> call(
            Bootstrap bootstrap, NamedPipeAddress address, ByteBuf request, int timeoutMillis) {
        checkPositive(timeoutMillis, "timeoutMillis");
        EventLoop loop = bootstrap.config().group().next();
        Promise<ByteBuf> reply = loop.newPromise();
        ChannelFuture connect = bootstrap
                .clone(loop)
                .channel(NamedPipeChannel.class)
                .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
                .handler(new ReplyHandler(reply))
                .connect(address);
        reply.addListener(future -> {
            connect.cancel(false);
            connect.channel().close();
        });
        failAfter(timeoutMillis, reply, loop, address);
        connect.addListener((ChannelFutureListener) future -> {
            if (future.isSuccess()) {
                write(future.channel(), request, reply);
            } else {
                request.release();
                reply.tryFailure(future.cause());
            }
        });
        return reply;
    }

    /**
     * Writes one message and reads the next one, on a connected channel, as {@code TransactNamedPipe} does. The reply does
     * not reach the channel's other handlers. Transactions on one channel must follow one another, and while one is under
     * way the peer should send nothing but its reply.
     *
     * @param timeoutMillis in milliseconds; the channel stays open when they have passed
     * @throws IllegalArgumentException if the channel is not in message mode
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/namedpipeapi/nf-namedpipeapi-transactnamedpipe">TransactNamedPipe</a>
     */
    public static Future<ByteBuf> transact(NamedPipeChannel channel, ByteBuf request, int timeoutMillis) {
        checkPositive(timeoutMillis, "timeoutMillis");
        if (!channel.shape().readsMessages()) {
            request.release();
            throw new IllegalArgumentException(channel + " is not in message mode");
        }
        Promise<ByteBuf> reply = channel.eventLoop().newPromise();
        ReplyHandler handler = new ReplyHandler(reply);
        reply.addListener(future -> {
            if (channel.pipeline().context(handler) != null) {
                channel.pipeline().remove(handler);
            }
        });
        channel.pipeline().addFirst(handler);
        failAfter(timeoutMillis, reply, channel.eventLoop(), channel.pipeName());
        write(channel, request, reply);
        return reply;
    }

    private static void write(Channel channel, ByteBuf request, Promise<ByteBuf> reply) {
        channel.writeAndFlush(request).addListener(written -> {
            if (!written.isSuccess()) {
                reply.tryFailure(written.cause());
            }
        });
        // Without auto-read nobody else asks for the reply.
        channel.read();
    }

    private static void failAfter(int millis, Promise<ByteBuf> reply, EventLoop loop, Object address) {
        Future<?> timeout = loop.schedule(
                () -> reply.tryFailure(new TimeoutException("no reply from " + address + " in " + millis + " ms")),
                millis,
                TimeUnit.MILLISECONDS);
        reply.addListener(future -> timeout.cancel(false));
    }

    private static final class ReplyHandler extends ChannelInboundHandlerAdapter {
        private final Promise<ByteBuf> reply;

        ReplyHandler(Promise<ByteBuf> reply) {
            this.reply = reply;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (!reply.trySuccess((ByteBuf) message)) {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            reply.tryFailure(new ClosedChannelException());
            ctx.fireChannelInactive();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (!reply.tryFailure(cause)) {
                ctx.fireExceptionCaught(cause);
            }
        }
    }
}
