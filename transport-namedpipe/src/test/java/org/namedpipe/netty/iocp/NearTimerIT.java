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

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.EnabledOnRealWindows;

/** Timers of a loop that end before the next tick of the system's clock. */
class NearTimerIT {
    private static final int ROUNDS = 51;
    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Schedules timers one after another. @return how late half of them were, at the most */
    private static long medianLateness(EventLoop loop) throws Exception {
        long[] late = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            loop.schedule(() -> {}, DELAY_NANOS, TimeUnit.NANOSECONDS).sync();
            late[i] = System.nanoTime() - start - DELAY_NANOS;
        }
        Arrays.sort(late);
        assertThat(late[0]).as("no timer ends early").isNotNegative();
        return late[ROUNDS / 2];
    }

    @Test
    void nearDeadlinesAreWaitedForAndNotSpunFor() throws Exception {
        IocpIoHandlerFactory factory = new IocpIoHandlerFactory(WindowsKernel.instance(), new IocpIoHandlerConfig());
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, factory);
        try {
            medianLateness(group.next());
        } finally {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
        // Each timer wakes the loop once when it is scheduled and once when it is due; a wait may end a little early.
        assertThat(factory.counters().polls()).isLessThan(20L * ROUNDS);
    }

    @Test
    @EnabledOnRealWindows("has no ticks, so that a wait without a timer is as exact")
    void aTimerDoesNotWaitForATick() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new IocpIoHandlerFactory(WindowsKernel.instance(), new IocpIoHandlerConfig()));
        try {
            assertThat(medianLateness(group.next()))
                    .as("nanoseconds, where a tick is 15,600,000")
                    .isLessThan(TimeUnit.MILLISECONDS.toNanos(5));
        } finally {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }
}
