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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** One run of the handler: its wait, its batches, and handles that throw. */
class HandlerRunTest extends HandlerTest {
    private static final int BATCH = 128;

    private final FakeHandle handle = new FakeHandle();

    private static final class SimulatedError extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Throws an error in one of its events. */
    private static final class BrokenHandle extends FakeHandle {
        private final int failing;

        BrokenHandle(int failing) {
            this.failing = failing;
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            super.handle(registration, event);
            if (ended.size() == failing) {
                throw new SimulatedError();
            }
        }
    }

    /** Submits reads, and completes them all. */
    private void completeReads(FakeHandle readers, int count) throws Exception {
        SimulatedPeer peer = listen();
        long pipe = open();
        IoRegistration registration = register(readers);
        for (int i = 0; i < count; i++) {
            registration.submit(read(pipe, i));
        }
        peer.write(new byte[8 * count]);
    }

    // ---- waiting

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-1, 0",
        "-9223372036854775808, 0",
        "1, 1",
        "999999, 1",
        "1000000, 1",
        "1000001, 2",
        "10000000, 10",
        "1000000000, 1000",
        "86400000000000, 86400000",
        "86400000000001, 86400000",
        "4294967295000000, 86400000",
        "9223372036854775807, 86400000"
    })
    void aDelayIsRoundedUpAndLimitedToADay(long nanos, int millis) {
        assertThat(CompletionPort.timeoutMillis(nanos)).isEqualTo(millis);
    }

    @Test
    void theHandlerWaitsForTheNextTimerIfItCanBlock() {
        SimulatedKernel simulated = new SimulatedKernel();
        SpyKernel spy = new SpyKernel(simulated, "getQueuedCompletionStatusEx", 3);
        DrivenHandler waiting = new DrivenHandler(spy.kernel(), simulated);
        waiting.delayNanos = 1_500_000;
        waiting.run();
        waiting.canBlock = true;
        waiting.run();
        waiting.delayNanos = -5;
        waiting.run();
        waiting.hasTimer = false;
        simulated.postQueuedCompletionStatus(waiting.port(), 0, 0, 0);
        waiting.run();
        assertThat(spy.arguments()).containsExactly(0L, 2L, 0L, TimeUnit.HOURS.toMillis(24));
        waiting.handler.destroy();
        simulated.assertAllGone();
    }

    // ---- batches

    @Test
    void aFullBatchIsFollowedByAnother() throws Exception {
        completeReads(handle, 2 * BATCH + 44);
        kernel.resetCalls();
        assertThat(driven.run()).isEqualTo(2 * BATCH);
        assertThat(kernel.calls("GetQueuedCompletionStatusEx")).isEqualTo(2);
        assertThat(driven.run()).isEqualTo(44);
        assertThat(kernel.calls("GetQueuedCompletionStatusEx")).isEqualTo(3);
        assertThat(driven.run()).isZero();
    }

    @Test
    void aCallTakesAtMostOnePacketPerPendingOperation() throws Exception {
        SimulatedKernel simulated = new SimulatedKernel();
        SpyKernel spy = new SpyKernel(simulated, "getQueuedCompletionStatusEx", 2);
        DrivenHandler asking = new DrivenHandler(spy.kernel(), simulated);
        SimulatedPeer peer = SimulatedPeer.listen(simulated, PATH);
        long pipe = simulated.createFile(
                PATH, Win32Constants.GENERIC_READ | Win32Constants.GENERIC_WRITE, Win32Constants.FILE_FLAG_OVERLAPPED);
        asking.handler.associate(pipe, PATH, false);
        IoRegistration registration = asking.handler.register(handle);

        asking.run();
        for (int i = 0; i < 3; i++) {
            registration.submit(read(pipe, i));
        }
        asking.run();
        peer.write(new byte[16]);
        simulated.postQueuedCompletionStatus(asking.port(), 0, 0, 0);
        asking.run();
        assertThat(handle.ended).hasSize(2);
        asking.run();
        assertThat(spy.arguments()).containsExactly(1L, 3L, 3L, 1L);

        peer.write(new byte[8]);
        simulated.postQueuedCompletionStatus(asking.port(), 0, 0, 0);
        assertThat(asking.run())
                .as("one completion, and the posted packet stays")
                .isEqualTo(1);
        assertThat(asking.handler.counters().wakeups()).isEqualTo(1);
        asking.run();
        assertThat(asking.handler.counters().wakeups()).isEqualTo(2);

        peer.close();
        simulated.closeHandle(pipe);
        asking.handler.destroy();
        simulated.assertAllGone();
    }

    // ---- handles that throw

    @Test
    void anExceptionOfAHandleLosesNoEvent() throws Exception {
        FakeHandle throwing = new FakeHandle() {
            @Override
            public void handle(IoRegistration registration, IoEvent event) {
                super.handle(registration, event);
                throw new IllegalStateException("simulated");
            }
        };
        completeReads(throwing, 10);
        driven.run();
        assertThat(throwing.ended).hasSize(10);
        assertThat(handler.pendingOperations()).isZero();
    }

    @Test
    void afterAnErrorTheNextRunHandlesTheRest() throws Exception {
        FakeHandle broken = new BrokenHandle(4);
        completeReads(broken, 10);
        assertThatThrownBy(driven::run).isInstanceOf(SimulatedError.class);
        assertThat(broken.ended).hasSize(4);
        driven.run();
        assertThat(broken.ended).hasSize(10);
        assertThat(handler.pendingOperations()).isZero();
    }

    @Test
    void afterAnErrorTheShutdownHandlesTheRest() throws Exception {
        FakeHandle broken = new BrokenHandle(1);
        completeReads(broken, 10);
        assertThatThrownBy(driven::run).isInstanceOf(SimulatedError.class);
        handler.prepareToDestroy();
        assertThat(broken.ended).hasSize(10);
    }

    @Test
    void aCancelledRegistrationIsRemovedAlthoughItsHandleThrows() throws Exception {
        FakeHandle throwing = new FakeHandle() {
            @Override
            public void handle(IoRegistration registration, IoEvent event) {
                throw new IllegalStateException("simulated");
            }
        };
        SimulatedPeer peer = listen();
        long pipe = open();
        IoRegistration registration = register(throwing);
        registration.submit(read(pipe, 0));
        registration.cancel();
        peer.write("x").succeeds();
        driven.run();
        assertThat(throwing.events).containsExactly("registered", "unregistered");
    }

    // ---- active time

    @Test
    void theActiveTimeIsReportedIfRequested() throws Exception {
        driven.run();
        assertThat(driven.reported).as("not requested").isEmpty();
        driven.wantsReports = true;
        driven.run();
        assertThat(driven.reported).hasSize(1);
        completeReads(handle, 3);
        driven.run();
        assertThat(driven.reported).hasSize(2);
        assertThat(driven.reported.get(1)).isPositive();
        handler.prepareToDestroy();
        handler.destroy();
        driven.run();
        assertThat(driven.reported).hasSize(3).endsWith(0L);
    }

    @Test
    void waitingIsNotActiveTime() {
        driven.wantsReports = true;
        driven.canBlock = true;
        driven.delayNanos = 50_000_000;
        long start = System.nanoTime();
        driven.run();
        long withoutTheWait = System.nanoTime() - start - driven.delayNanos;
        assertThat(driven.reported)
                .singleElement()
                .satisfies(active -> assertThat(active).isLessThanOrEqualTo(withoutTheWait));
    }
}
