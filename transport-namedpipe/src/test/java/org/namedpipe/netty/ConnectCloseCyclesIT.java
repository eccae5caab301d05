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

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Echo;
import org.namedpipe.netty.testing.HandleChurn;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.OpenHandles;
import org.namedpipe.netty.testing.TestLoops;

/** A connection releases all its resources. */
class ConnectCloseCyclesIT {
    private static final int CHAINS = 4;
    private static final int CYCLES = 10_000;

    private final NamedPipeAddress name = Names.fresh();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @Test
    void tenThousandConnectionsLeaveNothingOpen() throws Exception {
        OpenHandles handles = new OpenHandles(WindowsKernel.instance());
        try (HandleChurn others = new HandleChurn(WindowsKernel.instance())) {
            try (TestLoops loops = new TestLoops(handles.proxy())) {
                Await.get(Boot.server(loops.group(1), loops.group(2), () -> Echo.INSTANCE)
                        .childOption(ChannelOption.ALLOCATOR, allocator)
                        .bind(name));
                Bootstrap bootstrap =
                        Boot.client(loops.group(1), CloseAfterEcho::new).option(ChannelOption.ALLOCATOR, allocator);

                cycle(bootstrap, CYCLES);
                // Only the registration of the server is left.
                Await.until(() -> loops.registrations() == 1);
                assertThat(failures).isEmpty();
                // On Windows an instance of the backlog has an event and a wait packet.
                assertThat(handles.openers()).isNotEmpty().hasSizeLessThan(CHAINS * 20);
                assertThat(allocator.metric().usedDirectMemory()).isZero();
            }
            assertThat(handles.openers()).isEmpty();
            assertThat(others.stop())
                    .as("handles of other code that were closed")
                    .isZero();
        }
    }

    private void cycle(Bootstrap bootstrap, int cycles) throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(cycles);
        AtomicInteger toStart = new AtomicInteger(cycles);
        for (int i = 0; i < CHAINS; i++) {
            startNext(bootstrap, toStart, closed);
        }
        Await.done(closed);
    }

    private void startNext(Bootstrap bootstrap, AtomicInteger toStart, CountDownLatch closed) {
        if (toStart.getAndDecrement() <= 0) {
            return;
        }
        bootstrap.connect(name).addListener((ChannelFutureListener) connected -> {
            if (!connected.isSuccess()) {
                failures.add(connected.cause());
            }
            connected.channel().closeFuture().addListener(ignored -> {
                closed.countDown();
                startNext(bootstrap, toStart, closed);
            });
        });
    }

    private static final class CloseAfterEcho extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(ctx.alloc().buffer().writeInt(42));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
            ctx.close();
        }
    }
}
