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

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.internal.win32.JnaKernel;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Echo;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;

/** A server and a client on a loop that the test drives with its own thread, in each of the ways there are. */
class ManualLoopIT {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final TestLoops loops = new TestLoops(JnaKernel.instance());
    private final NamedPipeAddress address = Names.fresh();
    private final EventLog log = new EventLog();

    /** What a test does with the loop that its thread owns; also one turn of that loop. */
    private interface Use {
        void of(ManualIoEventLoop loop);
    }

    @Test
    void withoutEverWaiting() {
        withLoop(loop -> echo(loop, ManualIoEventLoop::runNow));
    }

    @Test
    void withoutWaitingAndWithTimeForTasks() {
        withLoop(loop -> echo(loop, turning -> turning.runNow(SECOND)));
    }

    @Test
    void withTasksRunByThemselves() {
        withLoop(loop -> echo(loop, turning -> {
            turning.runNow(-1);
            turning.runNonBlockingTasks(0);
        }));
    }

    @Test
    void waitingWithABound() {
        withLoop(loop -> echo(loop, turning -> turning.run(SECOND)));
    }

    /** There is no deadline then: each turn waits until something happens, however long that takes. */
    @Test
    void waitingWithoutABound() {
        withLoop(loop -> echo(loop, turning -> turning.run(0)));
    }

    @Test
    void aTaskOfAnotherThreadEndsAWaitWithoutABound() {
        withLoop(loop -> {
            echo(loop, ManualIoEventLoop::runNow);
            new Thread(() -> loop.execute(() -> log.events.add("task"))).start();
            turnUntil(loop, turning -> turning.run(0), () -> log.events.contains("task"));
        });
    }

    @Test
    void aWakeUpEndsAWaitWithoutABound() {
        withLoop(loop -> {
            echo(loop, ManualIoEventLoop::runNow);
            new Thread(loop::wakeup).start();
            assertThat(loop.run(0)).as("neither I/O nor a task").isZero();
        });
    }

    /** Each test runs on a thread of its own, which must be the loop's from first to last. */
    private void withLoop(Use use) {
        ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), loops.factory());
        use.of(loop);
        Future<?> terminated = loop.shutdownGracefully(0, 10, TimeUnit.SECONDS);
        turnUntil(loop, ManualIoEventLoop::runNow, terminated::isDone);
        assertThat(log.events).endsWith("inactive", "unregistered");
        loops.close();
    }

    private void echo(ManualIoEventLoop loop, Use turn) {
        done(loop, turn, Boot.server(loop, () -> Echo.INSTANCE).bind(address));
        ChannelFuture connect = Boot.client(loop, () -> log).connect(address);
        done(loop, turn, connect);
        Channel client = connect.channel();
        for (int i = 0; i < 100; i++) {
            client.writeAndFlush(Unpooled.copiedBuffer("x", StandardCharsets.US_ASCII));
            int expected = i + 1;
            turnUntil(loop, turn, () -> log.read.size() == expected);
        }
    }

    private static void done(ManualIoEventLoop loop, Use turn, ChannelFuture future) {
        turnUntil(loop, turn, future::isDone);
        assertThat(future.isSuccess()).isTrue();
    }

    private static void turnUntil(ManualIoEventLoop loop, Use turn, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 60 * SECOND;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            turn.of(loop);
        }
    }
}
