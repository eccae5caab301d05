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

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One request, one reply, over a pipe in {@linkplain NamedPipeMode#MESSAGE message mode}.
 *
 * <pre>{@code
 * Future<ByteBuf> reply = NamedPipeCall.call(group, NamedPipeAddress.of("orders"), request, 1000);
 * }</pre>
 *
 * <p>The request is released in any case; the reply belongs to the caller. The future fails with a
 * {@link TimeoutException} when there is no reply in time, with a {@link ClosedChannelException} when the peer closes
 * without one, with a {@link RejectedExecutionException} or an {@link IllegalStateException} when the event loop has ended
 * or ends, and with the failure of connecting or writing. Cancelling it ends the call. Its listeners run on the event loop;
 * once that has ended, on the {@link GlobalEventExecutor}.
 */
public final class NamedPipeCall {
    private NamedPipeCall() {}

    /**
     * Connects, writes one message, reads one message, and closes, as {@code CallNamedPipe} does. Waits while all instances
     * are busy. Any thread.
     *
     * @param timeoutMillis for the whole of it, in milliseconds
     * @throws IllegalArgumentException if the time is not positive
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/namedpipeapi/nf-namedpipeapi-callnamedpipew">CallNamedPipeW</a>
     */
    public static Future<ByteBuf> call(
            EventLoopGroup group, NamedPipeAddress address, ByteBuf request, int timeoutMillis) {
        try {
            checkNotNull(group, "group");
        } catch (NullPointerException e) {
            request.release();
            throw e;
        }
        return call(new Bootstrap().group(group), address, request, timeoutMillis);
    }

    /** The same with the group and the options of a bootstrap, which is not changed. */
    public static Future<ByteBuf> call(
            Bootstrap bootstrap, NamedPipeAddress address, ByteBuf request, int timeoutMillis) {
        try {
            checkTimeout(timeoutMillis);
            EventLoopGroup group = bootstrap.config().group();
            if (group == null) {
                throw new IllegalStateException("the bootstrap has no group: set one with group(EventLoopGroup)");
            }
            EventLoop loop = group.next();
            Call call = new Call(loop, request);
            call.run(timeoutMillis, address, () -> connect(call, bootstrap, address, timeoutMillis));
            return call;
        } catch (RuntimeException e) {
            request.release();
            throw e;
        }
    }

    private static void connect(Call call, Bootstrap bootstrap, NamedPipeAddress address, int timeoutMillis) {
        ChannelFuture connect = bootstrap
                .clone(call.loop)
                .channel(NamedPipeChannel.class)
                .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
                .handler(new ReplyHandler(call))
                .connect(address);
        call.addListener(future -> {
            connect.cancel(false);
            connect.channel().close();
        });
        connect.addListener(future -> {
            if (future.isSuccess()) {
                call.write(connect.channel());
            } else {
                call.tryFailure(future.cause());
            }
        });
    }

    /**
     * Writes one message and reads the next one, on a connected channel, as {@code TransactNamedPipe} does. The reply does
     * not reach the channel's other handlers. Transactions on one channel must follow one another, and while one is under
     * way the peer should send nothing but its reply. Any thread.
     *
     * @param timeoutMillis in milliseconds; the channel stays open when they have passed
     * @throws IllegalArgumentException if the channel is not in message mode, or the time is not positive
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/namedpipeapi/nf-namedpipeapi-transactnamedpipe">TransactNamedPipe</a>
     */
    public static Future<ByteBuf> transact(NamedPipeChannel channel, ByteBuf request, int timeoutMillis) {
        try {
            checkTimeout(timeoutMillis);
            if (!channel.pipe.shape().readsMessages()) {
                throw new IllegalArgumentException(channel + " is not in message mode: set PIPE_MODE to MESSAGE");
            }
            Call call = new Call(channel.eventLoop(), request);
            call.run(timeoutMillis, channel.pipeName(), () -> transact(call, channel));
            return call;
        } catch (RuntimeException e) {
            request.release();
            throw e;
        }
    }

    private static void transact(Call call, NamedPipeChannel channel) {
        ReplyHandler handler = new ReplyHandler(call);
        channel.pipeline().addFirst(handler);
        call.addListener(future -> {
            if (channel.pipeline().context(handler) != null) {
                channel.pipeline().remove(handler);
            }
        });
        call.write(channel);
    }

    private static void checkTimeout(int timeoutMillis) {
        if (timeoutMillis <= 0) {
            throw new IllegalArgumentException("timeoutMillis: " + timeoutMillis + " (expected: more than 0)");
        }
    }

    /** The future of a call, and its request until that is written. */
    private static final class Call extends DefaultPromise<ByteBuf> {
        final EventLoop loop;
        private final AtomicReference<@Nullable ByteBuf> request;

        Call(EventLoop loop, ByteBuf request) {
            super(loop);
            this.loop = loop;
            this.request = new AtomicReference<>(request);
        }

        /** A loop that has ended runs no listeners. */
        @Override
        protected EventExecutor executor() {
            return loop.isShutdown() ? GlobalEventExecutor.INSTANCE : super.executor();
        }

        /** Releases the request first: it is released when this is done. */
        @Override
        public boolean tryFailure(Throwable cause) {
            releaseRequest();
            return super.tryFailure(cause);
        }

        /** Runs {@code start} on the loop, and fails this after a time, and when the loop ends. */
        void run(int timeoutMillis, Object target, Runnable start) {
            FutureListener<Object> ended =
                    future -> tryFailure(new RejectedExecutionException("the event loop has ended: " + loop));
            addListener(future -> {
                releaseRequest();
                loop.terminationFuture().removeListener(ended);
            });
            loop.terminationFuture().addListener(ended);
            if (loop.inEventLoop()) {
                start(timeoutMillis, target, start);
                return;
            }
            try {
                loop.execute(() -> start(timeoutMillis, target, start));
            } catch (RejectedExecutionException e) {
                tryFailure(e);
                releaseRequest();
            }
        }

        private void start(int timeoutMillis, Object target, Runnable start) {
            if (isDone()) {
                return;
            }
            try {
                Future<?> timeout = loop.schedule(
                        () -> tryFailure(
                                new TimeoutException("no reply from " + target + " in " + timeoutMillis + " ms")),
                        timeoutMillis,
                        TimeUnit.MILLISECONDS);
                addListener(future -> timeout.cancel(false));
                start.run();
            } catch (Throwable t) {
                tryFailure(t);
            }
        }

        /** Writes the request, unless the call has ended. On the loop. */
        void write(Channel channel) {
            ByteBuf unwritten = request.getAndSet(null);
            if (unwritten == null) {
                return;
            }
            channel.writeAndFlush(unwritten).addListener(written -> {
                if (!written.isSuccess()) {
                    tryFailure(written.cause());
                }
            });
            // Without auto-read nothing else asks for the reply.
            channel.read();
        }

        private void releaseRequest() {
            ByteBuf unwritten = request.getAndSet(null);
            if (unwritten != null) {
                unwritten.release();
            }
        }
    }

    private static final class ReplyHandler extends ChannelInboundHandlerAdapter {
        private final Call reply;

        ReplyHandler(Call reply) {
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
