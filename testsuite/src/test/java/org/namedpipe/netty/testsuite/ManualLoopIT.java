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
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Echo;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;

/** Runs a server and a client on a {@link ManualIoEventLoop}, with each of its methods. The test's thread runs the loop. */
class ManualLoopIT {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final TestLoops loops = new TestLoops(WindowsKernel.instance());
    private final NamedPipeAddress address = Names.fresh();
    private final EventLog log = new EventLog();

    /** An action on the loop, such as one iteration of it. */
    private interface Action {
        void run(ManualIoEventLoop loop);
    }

    @Test
    void runNowWithoutLimit() {
        withLoop(loop -> echo(loop, ManualIoEventLoop::runNow));
    }

    @Test
    void runNowWithALimitForTasks() {
        withLoop(loop -> echo(loop, each -> each.runNow(SECOND)));
    }

    @Test
    void tasksRunSeparately() {
        withLoop(loop -> echo(loop, each -> {
            each.runNow(-1);
            each.runNonBlockingTasks(0);
        }));
    }

    @Test
    void runWithATimeout() {
        withLoop(loop -> echo(loop, each -> each.run(SECOND)));
    }

    /** Each iteration waits for an event, without a deadline. */
    @Test
    void runWithoutATimeout() {
        withLoop(loop -> echo(loop, each -> each.run(0)));
    }

    @Test
    void taskOfAnotherThreadEndsAWaitWithoutATimeout() {
        withLoop(loop -> {
            echo(loop, ManualIoEventLoop::runNow);
            new Thread(() -> loop.execute(() -> log.events.add("task"))).start();
            turnUntil(loop, each -> each.run(0), () -> log.events.contains("task"));
        });
    }

    @Test
    void wakeUpEndsAWaitWithoutATimeout() {
        withLoop(loop -> {
            echo(loop, ManualIoEventLoop::runNow);
            new Thread(loop::wakeup).start();
            assertThat(loop.run(0)).as("number of I/O events and tasks").isZero();
        });
    }

    /** Creates a loop that belongs to the test's thread, runs the action, and shuts the loop down on the same thread. */
    private void withLoop(Action action) {
        ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), loops.factory());
        action.run(loop);
        Future<?> terminated = loop.shutdownGracefully(0, 10, TimeUnit.SECONDS);
        turnUntil(loop, ManualIoEventLoop::runNow, terminated::isDone);
        assertThat(log.events).endsWith("inactive", "unregistered");
        loops.close();
    }

    private void echo(ManualIoEventLoop loop, Action turn) {
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

    private static void done(ManualIoEventLoop loop, Action turn, ChannelFuture future) {
        turnUntil(loop, turn, future::isDone);
        assertThat(future.isSuccess()).isTrue();
    }

    private static void turnUntil(ManualIoEventLoop loop, Action turn, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 60 * SECOND;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            turn.run(loop);
        }
    }
}
