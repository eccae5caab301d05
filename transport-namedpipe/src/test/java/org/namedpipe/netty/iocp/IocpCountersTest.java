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
package org.namedpipe.netty.iocp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Echo;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testkit.OperationKind;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedPeer;

class IocpCountersTest {
    private static final int MESSAGES = 200;
    private static final int LENGTH = 100;
    private static final int LOOPS = 2;

    private final SimulatedKernel kernel = new SimulatedKernel();
    private final IocpIoHandlerFactory factory = new IocpIoHandlerFactory(kernel, new IocpIoHandlerConfig());
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(LOOPS, factory);

    @AfterEach
    void nothingIsLeft() throws Exception {
        shutDown();
        kernel.assertAllGone();
    }

    private void shutDown() throws Exception {
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS);
        Await.get(group.terminationFuture());
    }

    @Test
    void theyAgreeWithTheCallsOfTheKernel() throws Exception {
        echo();
        kernel.awaitIdle(LOOPS);

        IocpCounters counters = factory.counters();
        assertThat(counters.submitted())
                .isEqualTo(kernel.calls("ReadFile") + kernel.calls("WriteFile") + kernel.calls("ConnectNamedPipe"));
        assertThat(counters.polls()).isEqualTo(kernel.calls("GetQueuedCompletionStatusEx"));
        assertThat(counters.pendingOperations()).isEqualTo(kernel.pendingOperations());
        assertThat(counters.bytesRead()).isEqualTo(2 * MESSAGES * LENGTH);
        assertThat(counters.bytesWritten()).isEqualTo(2 * MESSAGES * LENGTH);
        assertThat(counters.registrations()).isEqualTo(3);
        assertThat(counters.wakeups()).isPositive();
        assertThat(counters.packets()).isGreaterThanOrEqualTo(counters.completedAsynchronously() + counters.wakeups());
        assertBalance(counters);
    }

    @Test
    void theyDistinguishSynchronousFromAsynchronousCompletions() throws Exception {
        kernel.scheduler().pendInstead(completion -> completion.kind() == OperationKind.WRITE);
        echo();
        kernel.awaitIdle(LOOPS);

        IocpCounters counters = factory.counters();
        assertThat(counters.completedAsynchronously()).isGreaterThanOrEqualTo(kernel.calls("WriteFile"));
        assertThat(counters.completedSynchronously())
                .isLessThanOrEqualTo(kernel.calls("ReadFile") + kernel.calls("ConnectNamedPipe"));
        assertBalance(counters);
    }

    @Test
    void theSumOfTheHandlersIsThatOfTheFactory() throws Exception {
        echo();
        kernel.awaitIdle(LOOPS);

        assertThat(factory.handlers()).hasSize(LOOPS).allSatisfy(handler -> {
            assertBalance(handler.counters());
            assertThat(handler.counters().submitted()).isPositive();
        });
        assertThat(factory.handlers().stream()
                        .map(IocpIoHandler::snapshot)
                        .reduce(IocpSnapshot.ZERO, IocpSnapshot::plus))
                .isEqualTo(factory.counters());
    }

    @Test
    void theyStayAfterTheLoopsHaveEnded() throws Exception {
        echo();
        shutDown();

        assertThat(factory.handlers()).isEmpty();
        IocpCounters counters = factory.counters();
        assertThat(counters.bytesRead()).isEqualTo(2 * MESSAGES * LENGTH);
        assertThat(counters.pendingOperations()).isZero();
        assertThat(counters.registrations()).isZero();
        assertBalance(counters);
    }

    @Test
    void otherThreadsNeverSeeMoreCompletionsThanSubmissions() throws Exception {
        FutureTask<Void> traffic = new FutureTask<>(() -> {
            for (int i = 0; i < 20; i++) {
                echo();
            }
            return null;
        });
        new Thread(traffic).start();
        while (!traffic.isDone()) {
            for (IocpIoHandler handler : factory.handlers()) {
                IocpCounters counters = handler.counters();
                assertThat(counters.completedSynchronously() + counters.completedAsynchronously())
                        .isLessThanOrEqualTo(counters.submitted());
            }
        }
        traffic.get();
    }

    @Test
    void theyCountBusyPipes() throws Exception {
        NamedPipeAddress name = Names.fresh();
        try (SimulatedPeer busy = SimulatedPeer.listen(kernel, name.path());
                SimulatedPeer first = SimulatedPeer.open(kernel, name.path())) {
            ChannelFuture connect = Boot.client(group, () -> Echo.INSTANCE).connect(name);
            Await.until(() -> factory.counters().busyWaits() > 1);
            assertThat(first.available()).isZero();
            try (SimulatedPeer free = SimulatedPeer.listen(kernel, name.path())) {
                Await.get(connect);
                assertThat(free.available()).isZero();
            }
            assertThat(factory.counters().busyWaits())
                    .as("attempts to open that failed")
                    .isEqualTo(kernel.calls("CreateFile") - 2);
            assertThat(busy.available()).isZero();
        }
    }

    private static void assertBalance(IocpCounters counters) {
        assertThat(counters.completedSynchronously()
                        + counters.completedAsynchronously()
                        + counters.pendingOperations())
                .as("completed and pending operations of %s", counters)
                .isEqualTo(counters.submitted());
    }

    /** Sends messages to an echo server, and leaves both channels open. */
    private void echo() throws Exception {
        NamedPipeAddress fresh = Names.fresh();
        Await.get(Boot.server(group, () -> Echo.INSTANCE).bind(fresh));
        CountDownLatch bytes = new CountDownLatch(MESSAGES * LENGTH);
        Channel client = Boot.client(group, () -> new CountBytes(bytes))
                .connect(fresh)
                .sync()
                .channel();
        for (int i = 0; i < MESSAGES; i++) {
            client.writeAndFlush(Unpooled.wrappedBuffer(new byte[LENGTH]));
        }
        Await.done(bytes);
    }

    private static final class CountBytes extends SimpleChannelInboundHandler<ByteBuf> {
        private final CountDownLatch bytes;

        CountBytes(CountDownLatch bytes) {
            this.bytes = bytes;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
            for (int i = 0; i < message.readableBytes(); i++) {
                bytes.countDown();
            }
        }
    }
}
