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
import org.namedpipe.netty.internal.win32.SimulatedKernel;
import org.namedpipe.netty.internal.win32.SimulatedPeer;
import org.namedpipe.netty.internal.win32.Win32Constants;

/** One turn of the loop: how long it waits, how much it takes, and what a handle that throws does to the others. */
class HandlerRunTest extends HandlerTest {
    private static final int BATCH = 128;

    private final FakeHandle handle = new FakeHandle();

    private static final class SimulatedError extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Reads that have all ended. */
    private void endReads(FakeHandle readers, int count) throws Exception {
        SimulatedPeer peer = listen();
        long pipe = open();
        IoRegistration registration = register(readers);
        for (int i = 0; i < count; i++) {
            registration.submit(read(pipe, i));
        }
        peer.write(new byte[8 * count]);
    }

    // ---- waiting

    // case 7
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
    void aDelayIsWaitedForInFullButNeverForEver(long nanos, int millis) {
        assertThat(CompletionPort.timeoutMillis(nanos)).isEqualTo(millis);
    }

    // case 7
    @Test
    void theLoopWaitsOnlyIfItMay() {
        SimulatedKernel simulated = new SimulatedKernel();
        SpyKernel spy = new SpyKernel(simulated, "getQueuedCompletionStatusEx", 3);
        DrivenHandler waiting = new DrivenHandler(spy.kernel(), simulated);
        waiting.delayNanos = 1_500_000;
        waiting.run();
        waiting.canBlock = true;
        waiting.run();
        waiting.delayNanos = -5;
        waiting.run();
        assertThat(spy.arguments()).containsExactly(0L, 2L, 0L);
        waiting.handler.destroy();
        simulated.assertAllGone();
    }

    // case 7
    @Test
    void withoutATimerNothingButAPacketEndsTheWait() {
        SimulatedKernel simulated = new SimulatedKernel();
        SpyKernel spy = new SpyKernel(simulated, "getQueuedCompletionStatusEx", 3);
        DrivenHandler waiting = new DrivenHandler(spy.kernel(), simulated);
        waiting.canBlock = true;
        waiting.hasTimer = false;
        simulated.postQueuedCompletionStatus(waiting.port(), 0, 0, 0);
        waiting.run();
        assertThat(spy.arguments()).containsExactly(TimeUnit.HOURS.toMillis(24));
        waiting.handler.destroy();
        simulated.assertAllGone();
    }

    // ---- batches

    @Test
    void oneCallTakesABatchAndAFullOneIsFollowedByAnother() throws Exception {
        endReads(handle, 2 * BATCH + 44);
        kernel.resetCalls();
        assertThat(driven.run()).isEqualTo(2 * BATCH);
        assertThat(kernel.calls("GetQueuedCompletionStatusEx")).isEqualTo(2);
        assertThat(driven.run()).isEqualTo(44);
        assertThat(kernel.calls("GetQueuedCompletionStatusEx")).isEqualTo(3);
        assertThat(driven.run()).isZero();
    }

    @Test
    void noMorePacketsAreAskedForThanOperationsCanEndWith() throws Exception {
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
        assertThat(asking.run()).as("an end, and the posted packet stays").isEqualTo(1);
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
    void aHandleThatThrowsLosesNoOther() throws Exception {
        FakeHandle clumsy = new FakeHandle() {
            @Override
            public void handle(IoRegistration registration, IoEvent event) {
                super.handle(registration, event);
                throw new IllegalStateException("simulated");
            }
        };
        endReads(clumsy, 10);
        driven.run();
        assertThat(clumsy.ended).hasSize(10);
        assertThat(handler.pendingOperations()).isZero();
    }

    @Test
    void anErrorLeavesTheRestForTheNextTurn() throws Exception {
        FakeHandle broken = new FakeHandle() {
            @Override
            public void handle(IoRegistration registration, IoEvent event) {
                super.handle(registration, event);
                if (ended.size() == 4) {
                    throw new SimulatedError();
                }
            }
        };
        endReads(broken, 10);
        assertThatThrownBy(driven::run).isInstanceOf(SimulatedError.class);
        assertThat(broken.ended).hasSize(4);
        driven.run();
        assertThat(broken.ended).hasSize(10);
        assertThat(handler.pendingOperations()).isZero();
    }

    @Test
    void anErrorInTheLastTurnLosesNothingInTheEnd() throws Exception {
        FakeHandle broken = new FakeHandle() {
            @Override
            public void handle(IoRegistration registration, IoEvent event) {
                super.handle(registration, event);
                if (ended.size() == 1) {
                    throw new SimulatedError();
                }
            }
        };
        endReads(broken, 10);
        assertThatThrownBy(driven::run).isInstanceOf(SimulatedError.class);
        handler.prepareToDestroy();
        assertThat(broken.ended).hasSize(10);
    }

    @Test
    void aCancelledRegistrationIsRemovedThoughItsHandleThrows() throws Exception {
        FakeHandle clumsy = new FakeHandle() {
            @Override
            public void handle(IoRegistration registration, IoEvent event) {
                throw new IllegalStateException("simulated");
            }
        };
        SimulatedPeer peer = listen();
        long pipe = open();
        IoRegistration registration = register(clumsy);
        registration.submit(read(pipe, 0));
        registration.cancel();
        peer.write("x").succeeds();
        driven.run();
        assertThat(clumsy.events).containsExactly("registered", "unregistered");
    }

    // ---- reports

    @Test
    void theActiveTimeIsReportedOnEveryTurnThatAsks() throws Exception {
        driven.run();
        assertThat(driven.reported).as("nobody asked").isEmpty();
        driven.wantsReports = true;
        driven.run();
        assertThat(driven.reported).hasSize(1);
        endReads(handle, 3);
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
        driven.run();
        assertThat(driven.reported)
                .singleElement()
                .satisfies(nanos -> assertThat(nanos).isLessThan(40_000_000L));
    }
}
