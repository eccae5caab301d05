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
package org.namedpipe.netty.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;
import static org.namedpipe.netty.testkit.Source.Kind.LEARN;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Win32Error;

/** Timers that queue a packet to a port. */
interface TimerContract extends FixtureUser {
    long TIMER_KEY = 7;
    Packet TIMER_PACKET = new Packet(TIMER_KEY, 0, 0, 0);

    @Test
    @Source(value = LEARN, at = "NtAssociateWaitCompletionPacket", wine = "there are no such functions")
    default void aTimerQueuesAPacketWhenItIsDue() {
        long waitPacket = k().createWaitPacket();
        if (isMissing(waitPacket)) {
            return;
        }
        long timer = timerIn(5);
        assertThat(k().associateWaitPacket(pipes().own(waitPacket), pipes().port, timer, TIMER_KEY, 0))
                .isEqualTo(ERROR_SUCCESS);
        assertThat(pipes().awaitPosted()).isEqualTo(TIMER_PACKET);
        pipes().assertNoPacket();
    }

    @Test
    @Source(value = LEARN, at = "NtAssociateWaitCompletionPacket", wine = "there are no such functions")
    default void aWaitPacketWaitsForOneSignal() {
        long waitPacket = k().createWaitPacket();
        if (isMissing(waitPacket)) {
            return;
        }
        long timer = timerIn(0);
        assertThat(k().associateWaitPacket(pipes().own(waitPacket), pipes().port, timer, TIMER_KEY, 0))
                .isEqualTo(ERROR_SUCCESS);
        assertThat(pipes().awaitPosted()).isEqualTo(TIMER_PACKET);
        assertThat(k().setTimer(timer, 0)).isEqualTo(ERROR_SUCCESS);
        pipes().assertNoPacket();
        assertThat(k().associateWaitPacket(waitPacket, pipes().port, timer, TIMER_KEY, 0))
                .isEqualTo(ERROR_SUCCESS);
        assertThat(pipes().awaitPosted()).isEqualTo(TIMER_PACKET);
    }

    @Test
    @Source(value = LEARN, at = "NtAssociateWaitCompletionPacket", wine = "there are no such functions")
    default void aWaitPacketIsInUseUntilItIsDequeued() {
        long waitPacket = k().createWaitPacket();
        if (isMissing(waitPacket)) {
            return;
        }
        long timer = timerIn(TimeUnit.HOURS.toMillis(1));
        assertThat(k().associateWaitPacket(pipes().own(waitPacket), pipes().port, timer, TIMER_KEY, 0))
                .isEqualTo(ERROR_SUCCESS);
        assertThat(k().associateWaitPacket(waitPacket, pipes().port, timer, TIMER_KEY, 0))
                .isNotEqualTo(ERROR_SUCCESS);
        assertThat(k().cancelWaitPacket(waitPacket)).isEqualTo(ERROR_SUCCESS);
        assertThat(k().associateWaitPacket(waitPacket, pipes().port, timer, TIMER_KEY, 0))
                .isEqualTo(ERROR_SUCCESS);
        assertThat(k().cancelWaitPacket(waitPacket)).isEqualTo(ERROR_SUCCESS);
    }

    @Test
    @Source(value = LEARN, at = "SetWaitableTimer", wine = "there are no such functions")
    default void aTimerThatIsSetAnewEndsAtItsNewTime() {
        long waitPacket = k().createWaitPacket();
        if (isMissing(waitPacket)) {
            return;
        }
        long timer = timerIn(TimeUnit.HOURS.toMillis(1));
        assertThat(k().associateWaitPacket(pipes().own(waitPacket), pipes().port, timer, TIMER_KEY, 0))
                .isEqualTo(ERROR_SUCCESS);
        assertThat(k().setTimer(timer, 1)).isEqualTo(ERROR_SUCCESS);
        assertThat(pipes().awaitPosted()).isEqualTo(TIMER_PACKET);
    }

    @Test
    @Source(value = LEARN, at = "NtCancelWaitCompletionPacket", wine = "there are no such functions")
    default void aCancelledWaitPacketIsNotQueued() {
        long waitPacket = k().createWaitPacket();
        if (isMissing(waitPacket)) {
            return;
        }
        long timer = timerIn(TimeUnit.HOURS.toMillis(1));
        long other = timerIn(0);
        assertThat(k().associateWaitPacket(pipes().own(waitPacket), pipes().port, timer, TIMER_KEY, 0))
                .isEqualTo(ERROR_SUCCESS);
        assertThat(k().cancelWaitPacket(waitPacket)).isEqualTo(ERROR_SUCCESS);
        assertThat(k().setTimer(timer, 0)).isEqualTo(ERROR_SUCCESS);
        pipes().assertNoPacket();
        // The packet of another wait proves that the time of both has passed.
        assertThat(k().associateWaitPacket(waitPacket, pipes().port, other, TIMER_KEY, 0))
                .isEqualTo(ERROR_SUCCESS);
        assertThat(pipes().awaitPosted()).isEqualTo(TIMER_PACKET);
        pipes().assertNoPacket();
    }

    @Test
    @Source(value = LEARN, at = "NtCancelWaitCompletionPacket", wine = "there are no such functions")
    default void aCancelRemovesThePacketThatIsQueued() {
        long waitPacket = k().createWaitPacket();
        if (isMissing(waitPacket)) {
            return;
        }
        long timer = timerIn(0);
        long other = pipes().own(k().createWaitPacket());
        long later = timerIn(1);
        assertThat(k().associateWaitPacket(pipes().own(waitPacket), pipes().port, timer, TIMER_KEY, 0))
                .isEqualTo(ERROR_SUCCESS);
        assertThat(k().associateWaitPacket(other, pipes().port, later, TIMER_KEY + 1, 0))
                .isEqualTo(ERROR_SUCCESS);
        k().cancelWaitPacket(waitPacket);
        assertThat(pipes().awaitPosted().key()).isEqualTo(TIMER_KEY + 1);
        pipes().assertNoPacket();
    }

    /** A timer that needs no tick of the system's clock. */
    @Test
    @Source(value = LEARN, at = "CreateWaitableTimerExW")
    default void aTimerOfHighResolutionCanBeSet() {
        assertThat(timerIn(1)).isPositive();
    }

    private long timerIn(long millis) {
        long timer = pipes().own(k().createTimer());
        assertThat(k().setTimer(timer, TimeUnit.MILLISECONDS.toNanos(millis))).isEqualTo(ERROR_SUCCESS);
        return timer;
    }

    /** Returns true for Wine, after a look at what it returns. */
    private boolean isMissing(long waitPacket) {
        boolean missing = waitPacket == -Win32Error.ERROR_PROC_NOT_FOUND;
        assertThat(missing).isEqualTo(windowsOrWine(false, true));
        return missing;
    }
}
