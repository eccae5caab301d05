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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.NativeMemory;
import org.namedpipe.netty.internal.win32.OverlappedEntry;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testkit.SimulatedKernel;

class NearTimerTest {
    private static final long DELAY = 2_000_000;

    private final SimulatedKernel kernel = SimulatedKernel.withManualCallbacks();
    private final long port = kernel.createIoCompletionPort();
    private final NearTimer timer = new NearTimer(kernel, port);
    private final NativeMemory entry = new NativeMemory(OverlappedEntry.SIZE);

    @AfterEach
    void nothingIsLeft() {
        timer.close();
        timer.close();
        assertThat(kernel.queuedPackets()).isZero();
        assertThat(kernel.closeHandle(port)).isZero();
        kernel.assertAllGone();
    }

    /** Dequeues a packet as the loop does. @return whether there was one */
    private boolean dequeue() {
        int dequeued = kernel.getQueuedCompletionStatusEx(port, entry.address(), 1, 0);
        if (dequeued == 1 && entry.buffer().getLong(OverlappedEntry.KEY) == NearTimer.KEY) {
            assertThat(entry.buffer().getLong(OverlappedEntry.OVERLAPPED)).isZero();
            timer.fired();
        }
        return dequeued == 1;
    }

    private void assertCalls(int set, int associated) {
        assertThat(kernel.calls("SetTimer")).as("SetWaitableTimer").isEqualTo(set);
        assertThat(kernel.calls("AssociateWaitPacket"))
                .as("NtAssociateWaitCompletionPacket")
                .isEqualTo(associated);
    }

    private void assertClosed() {
        assertThat(kernel.openHandles()).as("handles but for the port").isEqualTo(1);
    }

    @Test
    void aPacketIsQueuedAtTheDeadline() {
        timer.arm(100, DELAY);
        assertThat(dequeue()).isFalse();
        assertThat(kernel.expireTimers()).isEqualTo(1);
        assertThat(dequeue()).isTrue();
        assertThat(dequeue()).isFalse();
        assertCalls(1, 1);
    }

    @Test
    void theHandlesAreOpenedOnce() {
        for (int i = 0; i < 5; i++) {
            timer.arm(100 + i, DELAY);
            kernel.expireTimers();
            assertThat(dequeue()).isTrue();
        }
        assertCalls(5, 5);
        assertThat(kernel.calls("CreateWaitPacket")).isEqualTo(1);
        assertThat(kernel.calls("CreateTimer")).isEqualTo(1);
    }

    @Test
    void aDeadlineThatHasPassedNeedsNoTimer() {
        timer.arm(100, 0);
        timer.arm(100, -1);
        assertCalls(0, 0);
        assertClosed();
    }

    @Test
    void theSameOrALaterDeadlineCostsNoCall() {
        timer.arm(100, DELAY);
        timer.arm(100, DELAY);
        timer.arm(200, DELAY);
        assertCalls(1, 1);
        kernel.expireTimers();
        assertThat(dequeue()).as("the loop comes back").isTrue();
        timer.arm(200, DELAY);
        assertCalls(2, 2);
    }

    @Test
    void anEarlierDeadlineCostsOneCall() {
        timer.arm(200, DELAY);
        timer.arm(100, DELAY / 2);
        assertCalls(2, 1);
        assertThat(kernel.expireTimers()).isEqualTo(1);
        assertThat(dequeue()).isTrue();
        assertThat(dequeue()).isFalse();
    }

    @Test
    void deadlinesMayOverflow() {
        timer.arm(Long.MAX_VALUE - 1, DELAY);
        timer.arm(Long.MIN_VALUE + 1, DELAY);
        assertCalls(1, 1);
    }

    // ---- orders

    @Test
    void anEarlierDeadlineIsSetWhileThePacketOfTheLastOneIsQueued() {
        timer.arm(200, DELAY);
        kernel.postQueuedCompletionStatus(port, 0, 0, 0);
        kernel.expireTimers();
        assertThat(dequeue()).as("another packet").isTrue();
        timer.arm(100, DELAY);
        assertThat(dequeue()).as("of the deadline before").isTrue();
        timer.arm(100, DELAY);
        kernel.expireTimers();
        assertThat(dequeue()).isTrue();
        assertThat(dequeue()).isFalse();
    }

    @Test
    void theTimeRunsOutBetweenTheTwoCalls() {
        kernel.faults().before("AssociateWaitPacket", kernel::expireTimers);
        timer.arm(100, DELAY);
        assertThat(dequeue()).isTrue();
        assertThat(dequeue()).isFalse();
    }

    @Test
    void aTimerThatIsClosedQueuesNothing() {
        timer.arm(100, DELAY);
        timer.close();
        assertThat(kernel.expireTimers()).isZero();
        assertThat(dequeue()).isFalse();
        timer.arm(200, DELAY);
        assertCalls(1, 1);
        assertClosed();
    }

    @Test
    void aPacketThatIsQueuedIsRemovedByClose() {
        timer.arm(100, DELAY);
        kernel.expireTimers();
        timer.close();
        assertThat(dequeue()).isFalse();
        assertClosed();
    }

    @Test
    void aPacketThatWasDequeuedBeforeCloseIsIgnoredAfterIt() {
        timer.arm(100, DELAY);
        kernel.expireTimers();
        assertThat(kernel.getQueuedCompletionStatusEx(port, entry.address(), 1, 0))
                .isEqualTo(1);
        timer.close();
        timer.fired();
        timer.arm(200, DELAY);
        assertCalls(1, 1);
        assertClosed();
    }

    /** All sequences of six of: a near deadline, a nearer one, the time passes, the loop dequeues. */
    @Test
    void inEveryOrderTheWaitForADeadlineEnds() {
        int actions = 4;
        int length = 6;
        int sequences = (int) Math.pow(actions, length);
        for (int sequence = 0; sequence < sequences; sequence++) {
            SimulatedKernel world = SimulatedKernel.withManualCallbacks();
            long worldPort = world.createIoCompletionPort();
            NearTimer explored = new NearTimer(world, worldPort);
            for (int i = 0, rest = sequence; i < length; i++, rest /= actions) {
                switch (rest % actions) {
                    case 0 -> explored.arm(200, DELAY);
                    case 1 -> explored.arm(100, DELAY);
                    case 2 -> world.expireTimers();
                    default -> {
                        if (world.getQueuedCompletionStatusEx(worldPort, entry.address(), 1, 0) == 1) {
                            explored.fired();
                        }
                    }
                }
                assertThat(world.queuedPackets()).as("sequence %s", sequence).isLessThanOrEqualTo(1);
            }
            explored.arm(100, DELAY);
            world.expireTimers();
            assertThat(world.queuedPackets()).as("sequence %s", sequence).isEqualTo(1);
            explored.close();
            assertThat(world.queuedPackets()).as("sequence %s", sequence).isZero();
            world.closeHandle(worldPort);
            world.assertAllGone();
        }
    }

    // ---- faults

    @ParameterizedTest
    @ValueSource(strings = {"CreateWaitPacket", "CreateTimer"})
    void aKernelWithoutSuchTimersIsAskedOnce(String call) {
        kernel.faults().on(call).fail(Win32Error.ERROR_PROC_NOT_FOUND);
        timer.arm(100, DELAY);
        timer.arm(200, DELAY);
        timer.arm(50, DELAY);
        assertThat(kernel.calls("CreateWaitPacket")).isEqualTo(1);
        assertCalls(0, 0);
        assertClosed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SetTimer", "AssociateWaitPacket"})
    void afterAFailureTheTimeOutOfTheWaitRemains(String call) {
        kernel.faults().on(call).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        timer.arm(100, DELAY);
        assertClosed();
        timer.arm(100, DELAY);
        assertThat(kernel.calls("SetTimer")).isEqualTo(1);
    }

    @Test
    void anArmedTimerThatCannotBeSetAnewIsCancelled() {
        timer.arm(200, DELAY);
        kernel.faults().on("SetTimer").fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        timer.arm(100, DELAY);
        assertThat(kernel.calls("CancelWaitPacket")).isEqualTo(1);
        assertClosed();
    }
}
