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

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.PipePair;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testkit.PipeQuery;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedPeer;

class DrainAndLingerTest extends AbstractDrainAndLingerTest {
    private static final int CHANNELS = 1000;

    private final SimulatedKernel kernel = new SimulatedKernel();

    @Override
    protected Kernel kernel() {
        return kernel;
    }

    @AfterEach
    void nothingIsLeft() {
        // A cancelled flush closes its handle on its own thread.
        Await.until(() -> kernel.describeOpenHandles().isEmpty());
        kernel.assertAllGone();
    }

    private PipePair pair() throws Exception {
        return new PipePair(kernel, s -> s, c -> c.option(ChannelOption.AUTO_READ, false));
    }

    /** Counts the threads that run a flush. Other threads start and cancel flushes; a thread that has ended its flush may be alive. */
    private static long flushThreads() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().equals(PipeFlush.class.getName())
                                && frame.getMethodName().equals("run")))
                .count();
    }

    @Test
    void aDrainNeedsNoThreadIfThePipeReportsNoUnreadBytes() throws Exception {
        try (PipePair pipe = pair()) {
            Await.get(pipe.server.channel().writeAndFlush(Unpooled.copyInt(1)));
            pipe.client.channel().read();
            assertThat(pipe.client.read()).hasSize(4);
            long client = ChannelHandles.of(pipe.client.channel());
            Await.until(() -> PipeQuery.available(kernel, client) == 0);

            Await.get(pipe.server.channel().drain(0));

            assertThat(kernel.calls("FlushFileBuffers")).isZero();
        }
    }

    /** A pending read takes quota as unread bytes do, so the quota decides nothing. */
    @Test
    void aPendingReadOfThePeerIsNotCountedAsUnreadBytes() throws Exception {
        try (PipePair pipe = new PipePair(kernel, s -> s, c -> c)) {
            Await.get(pipe.server.channel().writeAndFlush(Unpooled.copyInt(1)));
            assertThat(pipe.client.read()).hasSize(4);
            kernel.awaitIdle(2);

            Await.get(pipe.server.channel().drain(0));

            assertThat(kernel.calls("FlushFileBuffers")).isEqualTo(1);
        }
    }

    @Test
    void aDrainWaitsForAnUnreadEmptyMessage() throws Exception {
        try (PipePair pipe = new PipePair(
                kernel,
                s -> s.option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE),
                c -> c.option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                        .option(ChannelOption.AUTO_READ, false))) {
            Await.get(pipe.server.channel().writeAndFlush(Unpooled.EMPTY_BUFFER));
            var drained = pipe.server.channel().drain(0);
            kernel.await("a thread waits for the peer", () -> kernel.calls("FlushFileBuffers") == 1);
            assertThat(drained.isDone()).isFalse();

            pipe.client.channel().read();
            assertThat(pipe.client.read()).isEmpty();

            Await.get(drained);
        }
    }

    @Test
    void aDrainThatTimesOutReleasesItsThreadAndDoesNotCancelTheRead() throws Exception {
        try (PipePair pipe = pair()) {
            Await.get(pipe.server.channel().writeAndFlush(Unpooled.copyInt(1)));
            assertThat(Await.failure(pipe.server.channel().drain(50))).isInstanceOf(TimeoutException.class);

            Await.until(() -> kernel.describeOpenHandles().stream().noneMatch(handle -> handle.contains("Thread")));

            Await.get(pipe.client.channel().writeAndFlush(Unpooled.copyLong(2)));
            assertThat(pipe.server.read()).hasSize(8);
        }
    }

    /** Half of the clients never read. The others read and have another read pending, so that the channel has to flush. */
    @Test
    void aThousandLingeringChannelsShareFourThreads() throws Exception {
        NamedPipeAddress name = Names.fresh();
        AtomicInteger open = new AtomicInteger();
        List<SimulatedPeer> clients = new ArrayList<>();
        try (TestLoops loops = new TestLoops(kernel)) {
            Await.get(Boot.server(loops.group(1), () -> new ChannelInboundHandlerAdapter() {
                        @Override
                        public void channelActive(ChannelHandlerContext ctx) {
                            open.incrementAndGet();
                            ctx.channel().closeFuture().addListener(closed -> open.decrementAndGet());
                            ctx.writeAndFlush(Unpooled.copyInt(1));
                            ctx.close();
                        }
                    })
                    .childOption(ChannelOption.SO_LINGER, 600)
                    .bind(name));
            for (int i = 1; i <= CHANNELS; i++) {
                int wanted = i;
                Await.until(() -> kernel.instances(name.path()).size() > wanted);
                clients.add(SimulatedPeer.open(kernel, name.path()));
            }
            Await.until(() -> open.get() == CHANNELS);
            assertThat(flushThreads()).isLessThanOrEqualTo(PipeFlush.MAX_THREADS);

            for (int i = 0; i < CHANNELS; i += 2) {
                clients.get(i).readFully(4);
                clients.get(i).read(64);
            }
            Await.until(() -> open.get() == CHANNELS / 2);
            assertThat(flushThreads()).isLessThanOrEqualTo(PipeFlush.MAX_THREADS);

            clients.forEach(SimulatedPeer::close);
            Await.until(() -> open.get() == 0);
        }
    }

    @Test
    void aLoopThatShutsDownWhileAChannelLingersLogsNoError() throws Exception {
        NamedPipeAddress name = NamedPipeAddress.of("lingering");
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler log = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getLevel() + " " + entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger netty = Logger.getLogger("io.netty.util.concurrent");
        netty.addHandler(log);
        try (SimulatedPeer peer = SimulatedPeer.listen(kernel, name.path())) {
            ChannelFuture closed;
            ChannelFuture drained;
            try (TestLoops loops = new TestLoops(kernel)) {
                EventLoopGroup group = loops.group(1);
                ChannelFuture connected =
                        Boot.client(group).option(ChannelOption.SO_LINGER, 100).connect(name);
                Await.get(connected);
                NamedPipeChannel client = (NamedPipeChannel) connected.channel();
                Await.get(client.writeAndFlush(Unpooled.copyInt(1)));
                closed = client.close();
                Await.until(() -> kernel.calls("FlushFileBuffers") == 1);
                drained = client.drain(60_000);
            }
            Await.get(closed);
            assertThat(Await.failure(drained)).isInstanceOf(ClosedChannelException.class);
            Await.until(() -> flushThreads() == 0);
            assertThat(peer.handle()).isPositive();
            assertThat(logged).isEmpty();
        } finally {
            netty.removeHandler(log);
        }
    }
}
