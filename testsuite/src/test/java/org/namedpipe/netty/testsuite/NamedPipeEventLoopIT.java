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
package org.namedpipe.netty.testsuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.testsuite.transport.AbstractSingleThreadEventLoopTest;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;
import org.namedpipe.netty.testing.Names;

/** Runs Netty's event loop tests, and those that its io_uring and kqueue transports add to them. */
class NamedPipeEventLoopIT extends AbstractSingleThreadEventLoopTest {
    private static final String NO_ITERATION =
            "registeredChannelsIterator is not supported by loops with an IoHandlerFactory";

    @Override
    protected EventLoopGroup newEventLoopGroup() {
        return new MultiThreadIoEventLoopGroup(1, IocpIoHandler.newFactory());
    }

    @Override
    protected EventLoopGroup newAutoScalingEventLoopGroup() {
        return new MultiThreadIoEventLoopGroup(
                SCALING_MAX_THREADS,
                (@Nullable Executor) null,
                AUTO_SCALING_CHOOSER_FACTORY,
                IocpIoHandler.newFactory());
    }

    @Override
    protected Channel newChannel() {
        return new NamedPipeServerChannel();
    }

    @Override
    protected Class<? extends ServerChannel> serverChannelClass() {
        return NamedPipeServerChannel.class;
    }

    /** Does the same as the overridden method, which binds port 0. */
    @Test
    @Timeout(value = 900)
    @Override
    public void testShutdownGracefullyNoQuietPeriod() throws Exception {
        EventLoopGroup loop = newEventLoopGroup();
        new ServerBootstrap()
                .group(loop)
                .channel(serverChannelClass())
                .childHandler(new ChannelInboundHandlerAdapter())
                .bind(Names.fresh())
                .sync();

        Future<?> terminated = loop.shutdownGracefully(0, 1, TimeUnit.MINUTES);
        assertThat(loop.awaitTermination(600, TimeUnit.MILLISECONDS)).isTrue();
        assertThat(terminated.syncUninterruptibly().isSuccess()).isTrue();
        assertThat(loop.isShutdown()).isTrue();
        assertThat(loop.isTerminated()).isTrue();
    }

    @Test
    @Disabled(NO_ITERATION)
    @Override
    public void testChannelsIteratorEmpty() {}

    @Test
    @Disabled(NO_ITERATION)
    @Override
    public void testChannelsIterator() {}

    @Test
    @Disabled(NO_ITERATION)
    @Override
    public void testChannelsIteratorRemoveThrows() {}

    @Test
    void consecutiveTasksAreRun() throws Exception {
        EventLoopGroup group = newEventLoopGroup();
        try {
            EventLoop loop = group.next();
            for (int i = 0; i < 4; i++) {
                loop.submit(() -> {}).sync();
            }
        } finally {
            group.shutdownGracefully();
        }
    }

    /** A concurrent wake-up must not post to a closed port. */
    @RepeatedTest(100)
    void shutdownWithATimeoutOfZero() throws Exception {
        EventLoopGroup group = newEventLoopGroup();
        CountDownLatch ran = new CountDownLatch(1);
        group.submit(ran::countDown);
        assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(group.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS).await(1500, TimeUnit.MILLISECONDS))
                .isTrue();
    }

    @Test
    void shutdownWithAQuietPeriod() throws Exception {
        EventLoopGroup group = newEventLoopGroup();
        assertThat(group.shutdownGracefully(1, 1, TimeUnit.MILLISECONDS).await(1500, TimeUnit.MILLISECONDS))
                .isTrue();
    }

    @Test
    void scheduledTaskIsNotRunEarly() throws Exception {
        EventLoopGroup group = newEventLoopGroup();
        try {
            long start = System.nanoTime();
            long end =
                    group.next().schedule(System::nanoTime, 1, TimeUnit.SECONDS).get();
            assertThat(end - start).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
        } finally {
            group.shutdownGracefully();
        }
    }

    @Test
    void delayLongerThanTheMaximumOfWindowsDoesNotOverflow() {
        EventLoopGroup group = newEventLoopGroup();
        try {
            Future<?> future = group.next().schedule(() -> {}, Long.MAX_VALUE, TimeUnit.MILLISECONDS);
            assertThat(future.awaitUninterruptibly(1000)).isFalse();
            assertThat(future.cancel(true)).isTrue();
        } finally {
            group.shutdownGracefully();
        }
    }
}
