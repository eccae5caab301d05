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
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.testing.FaultInjector;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testing.WaitThreads;
import org.namedpipe.netty.testkit.SimulatedKernel;

/** A server and a client on one loop, from bind to shutdown, with one fault. One thread is the loop, kernel and clock. */
final class ConnectionLife {
    private static final int MUCH = 200_000;
    private static final int ROUNDS = 400;

    private final NamedPipeAddress name = NamedPipeAddress.of("life");
    private final SimulatedKernel kernel = SimulatedKernel.withManualCallbacks();
    private final MockTicker clock = Ticker.newMockTicker();
    private final NamedPipeMode mode;
    private final FaultInjector faults;
    private final ByteBufAllocator alloc;
    private final List<Future<?>> outcomes = new ArrayList<>();

    ConnectionLife(NamedPipeMode mode, boolean waitPackets, FaultInjector faults) {
        if (!waitPackets) {
            WaitThreads.only(kernel);
        }
        this.mode = mode;
        this.faults = faults;
        alloc = faults.allocator();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ctx.writeAndFlush(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // The test knows the fault, and checks what follows.
        }
    }

    private static final class Silent extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // The test knows the fault.
        }
    }

    private static final class Counting extends ChannelInboundHandlerAdapter {
        int bytes;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf read = (ByteBuf) message;
            bytes += read.readableBytes();
            read.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // The test knows the fault.
        }
    }

    /** Runs, and asserts that the server serves a later client, and that nothing is left open. */
    void live() {
        TestLoops loops = new TestLoops(faults.kernel(kernel));
        faults.arm(true);
        ManualIoEventLoop loop;
        try {
            loop = newLoop(loops);
        } catch (RuntimeException | OutOfMemoryError e) {
            faults.arm(false);
            assertThat(faults.failed()).isNotNull();
            kernel.assertAllGone();
            loop = newLoop(loops);
        }
        Channel server = bind(loop);
        useOneClient(loop);
        faults.arm(false);

        Counting next = new Counting();
        ChannelFuture connected = connect(loop, next);
        awaitOutcome(loop, connected);
        assertThat(connected.cause()).as("the next client connects").isNull();
        outcomes.add(connected.channel().writeAndFlush(bytes(10)));
        pass(loop, 1);
        assertThat(next.bytes).as("the next client is served").isEqualTo(10);

        faults.arm(true);
        outcomes.add(connected.channel().close());
        outcomes.add(server.close());
        shutDown(loop);
        assertThat(outcomes).as("everything has an outcome").allMatch(Future::isDone);
        loops.close();
        kernel.assertAllGone();
        assertThat(faults.openBuffers()).as("buffers").isZero();
    }

    private ManualIoEventLoop newLoop(TestLoops loops) {
        return new ManualIoEventLoop(null, Thread.currentThread(), loops.factory(), clock);
    }

    private Channel bind(ManualIoEventLoop loop) {
        for (int attempt = 1; ; attempt++) {
            ChannelFuture bound = new ServerBootstrap()
                    .group(loop)
                    .channel(NamedPipeServerChannel.class)
                    .option(ChannelOption.SO_BACKLOG, 2)
                    .option(NamedPipeChannelOption.PIPE_MODE, mode)
                    .childOption(ChannelOption.ALLOCATOR, alloc)
                    .childOption(ChannelOption.ALLOW_HALF_CLOSURE, mode == NamedPipeMode.MESSAGE)
                    .handler(new Silent())
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel child) {
                            child.pipeline().addLast(new Echo());
                        }
                    })
                    .bind(name);
            awaitOutcome(loop, bound);
            if (bound.isSuccess()) {
                return bound.channel();
            }
            assertThat(attempt).as("a second bind succeeds: %s", bound.cause()).isEqualTo(1);
        }
    }

    private ChannelFuture connect(ManualIoEventLoop loop, Counting handler) {
        return new Bootstrap()
                .group(loop)
                .channel(NamedPipeChannel.class)
                .option(NamedPipeChannelOption.PIPE_MODE, mode)
                .option(ChannelOption.ALLOCATOR, alloc)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, mode == NamedPipeMode.MESSAGE)
                .handler(handler)
                .connect(name);
    }

    private void useOneClient(ManualIoEventLoop loop) {
        ChannelFuture connected = connect(loop, new Counting());
        awaitOutcome(loop, connected);
        NamedPipeChannel client = (NamedPipeChannel) connected.channel();
        if (connected.isSuccess()) {
            outcomes.add(client.write(Unpooled.wrappedBuffer(new byte[10])));
            outcomes.add(client.write(bytes(10)));
            client.flush();
            pass(loop, 1);
            outcomes.add(client.writeAndFlush(bytes(MUCH)));
            pass(loop, 1);
            if (mode == NamedPipeMode.MESSAGE) {
                outcomes.add(client.shutdownOutput());
                pass(loop, 1);
            }
        }
        ChannelFuture closed = client.close();
        awaitOutcome(loop, closed);
        outcomes.add(closed);
        // The server creates missing instances after a pause.
        for (int i = 0; i < 5; i++) {
            pass(loop, 1000);
        }
    }

    private static ByteBuf bytes(int length) {
        return Unpooled.directBuffer(length).writeZero(length);
    }

    private void awaitOutcome(ManualIoEventLoop loop, Future<?> future) {
        for (int i = 0; i < ROUNDS && !future.isDone(); i++) {
            pass(loop, 200);
        }
        assertThat(future.isDone()).as("an outcome").isTrue();
    }

    private void pass(ManualIoEventLoop loop, long millis) {
        clock.advanceMillis(millis);
        while (kernel.runCallbacks() + loop.runNow() > 0) {
            assertThat(Thread.interrupted()).as("out of time").isFalse();
        }
    }

    private void shutDown(ManualIoEventLoop loop) {
        Future<?> terminated = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!terminated.isDone()) {
            clock.advanceMillis(1);
            kernel.runCallbacks();
            loop.runNow();
        }
    }
}
