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

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testkit.SimulatedKernel;

/** How a loop waits: how often it calls, and with which time-outs. */
class LoopWaitTest {
    private static final int SPIN_MICROS = 10;
    private static final long DAY_MILLIS = TimeUnit.HOURS.toMillis(24);

    private final SimulatedKernel kernel = SimulatedKernel.withManualCallbacks();
    private final SpyKernel spy = new SpyKernel(kernel, "getQueuedCompletionStatusEx", 3);
    private final SpyKernel timers = new SpyKernel(spy.kernel(), "setTimer", 1);
    private final Clock clock = new Clock();

    /** Advances by 1 us each time it is read. */
    private static final class Clock implements LongSupplier {
        private int reads;
        private IntConsumer whenRead = read -> {};

        @Override
        public long getAsLong() {
            whenRead.accept(++reads);
            return TimeUnit.MICROSECONDS.toNanos(reads);
        }
    }

    @AfterEach
    void nothingIsLeft() {
        kernel.assertAllGone();
    }

    private DrivenHandler driven(int spinMicros) {
        DrivenHandler driven =
                new DrivenHandler(timers.kernel(), kernel, clock, new IocpIoHandlerConfig().setSpinMicros(spinMicros));
        driven.canBlock = true;
        driven.hasTimer = false;
        return driven;
    }

    private void wakeUp(DrivenHandler driven) {
        kernel.postQueuedCompletionStatus(driven.port(), 0, 0, 0);
    }

    // ---- near deadlines

    @Test
    void aNearDeadlineIsWaitedForByATimer() {
        DrivenHandler driven = driven(0);
        driven.hasTimer = true;
        driven.delayNanos = NearTimer.NEAR_NANOS - 1;
        kernel.faults().before("GetQueuedCompletionStatusEx", kernel::expireTimers);
        assertThat(driven.run()).isZero();
        assertThat(timers.arguments()).containsExactly(NearTimer.NEAR_NANOS - 1);
        assertThat(spy.arguments())
                .as("also if the timer does not end the wait")
                .containsExactly(16L);
        assertThat(driven.handler.counters().packets()).isEqualTo(1);
        assertThat(driven.handler.counters().wakeups()).as("by threads").isZero();
        driven.handler.destroy();
    }

    @Test
    void withoutANearDeadlineThereIsNoCallForATimer() {
        DrivenHandler driven = driven(0);
        wakeUp(driven);
        driven.run();
        driven.hasTimer = true;
        driven.delayNanos = NearTimer.NEAR_NANOS;
        wakeUp(driven);
        driven.run();
        driven.canBlock = false;
        driven.delayNanos = 1;
        driven.run();
        assertThat(spy.arguments()).containsExactly(DAY_MILLIS, 16L, 0L);
        assertThat(timers.arguments()).isEmpty();
        assertThat(kernel.calls("CreateWaitPacket")).isZero();
        driven.handler.destroy();
    }

    @Test
    void aLoopThatEndsClosesItsTimer() {
        DrivenHandler driven = driven(0);
        driven.hasTimer = true;
        driven.delayNanos = 1_000_000;
        wakeUp(driven);
        driven.run();
        assertThat(kernel.openHandles()).isEqualTo(3);
        driven.handler.prepareToDestroy();
        driven.handler.destroy();
        assertThat(kernel.calls("CancelWaitPacket")).isEqualTo(1);
    }

    // ---- spinning

    @Test
    void theLoopSpinsForItsTimeAndThenWaits() {
        DrivenHandler driven = driven(SPIN_MICROS);
        driven.hasTimer = true;
        driven.delayNanos = TimeUnit.SECONDS.toNanos(1);
        // It looks at the clock once more for how long to wait.
        clock.whenRead = read -> {
            if (read == SPIN_MICROS + 2) {
                wakeUp(driven);
            }
        };
        driven.run();
        assertThat(spy.arguments()).hasSize(SPIN_MICROS + 1).endsWith(0L, 1000L);
        assertThat(spy.arguments().subList(0, SPIN_MICROS)).containsOnly(0L);
        driven.handler.destroy();
    }

    @Test
    void aPacketEndsTheSpin() {
        DrivenHandler driven = driven(SPIN_MICROS);
        clock.whenRead = read -> {
            if (read == 3) {
                wakeUp(driven);
            }
        };
        driven.run();
        assertThat(spy.arguments()).containsExactly(0L, 0L, 0L);
        assertThat(driven.handler.counters().wakeups()).isEqualTo(1);
        driven.handler.destroy();
    }

    @Test
    void aTaskEndsTheSpinWithoutAWait() {
        DrivenHandler driven = driven(SPIN_MICROS);
        clock.whenRead = read -> driven.canBlock = read < 2;
        driven.run();
        assertThat(spy.arguments()).containsExactly(0L, 0L);
        driven.handler.destroy();
    }

    @Test
    void aLoopThatMayNotWaitDoesNotSpin() {
        DrivenHandler driven = driven(SPIN_MICROS);
        driven.canBlock = false;
        driven.run();
        assertThat(spy.arguments()).containsExactly(0L);
        driven.handler.destroy();
    }

    /** The clock stands still, so that only the events end the spin. */
    @Test
    void aLoopThatSpinsRunsTasksAndTimersAndShutsDown() throws Exception {
        SimulatedKernel real = new SimulatedKernel();
        IocpIoHandlerFactory factory = new IocpIoHandlerFactory(
                real, new IocpIoHandlerConfig().setSpinMicros(IocpIoHandlerConfig.MAX_SPIN_MICROS));
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, new IoHandlerFactory() {
            @Override
            public IoHandler newHandler(ThreadAwareExecutor executor) {
                return new IocpIoHandler(real, executor, factory, () -> 0);
            }
        });
        CountDownLatch ran = new CountDownLatch(3);
        group.execute(ran::countDown);
        group.schedule(ran::countDown, 1, TimeUnit.MILLISECONDS);
        group.schedule(ran::countDown, 20, TimeUnit.MILLISECONDS);
        Await.done(ran);
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        real.assertAllGone();
    }
}
