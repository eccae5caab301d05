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

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/**
 * Ends the wait for a deadline that is nearer than a tick of the system's clock. The time-out of
 * {@code GetQueuedCompletionStatusEx} ends on a tick, every 15.6 ms by default; a high-resolution timer does not depend on
 * ticks, and queues a packet to the port.
 *
 * <p>A timer that ends too early is left as it is: the loop finds nothing to do and sets it anew. So a deadline that moves away
 * costs no call, and one that comes nearer costs one. Where Windows has no such timer, the time-out of the wait is all there
 * is.
 *
 * <p>Confined to the loop's thread.
 */
final class NearTimer {
    /** The key of the packet. It has no {@code OVERLAPPED}. */
    static final long KEY = 3;

    /** A tick. Farther deadlines are left to the time-out. */
    static final long NEAR_NANOS = TimeUnit.MICROSECONDS.toNanos(15_625);

    private static final InternalLogger logger = InternalLoggerFactory.getInstance(NearTimer.class);

    private enum State {
        /** No near deadline was seen yet. */
        UNOPENED,
        /** Opened, and not associated with the port. */
        IDLE,
        /** Associated with the port: its packet will come, or is queued. */
        ARMED,
        /** Not available, or closed. */
        CLOSED
    }

    private final Kernel kernel;
    private final long port;
    private State state = State.UNOPENED;
    private long waitPacket;
    private long timer;
    private long armedDeadline;

    NearTimer(Kernel kernel, long port) {
        this.kernel = kernel;
        this.port = port;
    }

    /**
     * Has a packet queued at a deadline or before it.
     *
     * @param deadlineNanos the deadline, by a clock that is the same for all calls
     * @param delayNanos the time until then, less than {@link #NEAR_NANOS}
     */
    void arm(long deadlineNanos, long delayNanos) {
        boolean endsInTime = state == State.ARMED && armedDeadline - deadlineNanos <= 0;
        if (endsInTime || delayNanos <= 0 || !isOpen()) {
            return;
        }
        int code = kernel.setTimer(timer, delayNanos);
        if (code != Win32Error.ERROR_SUCCESS) {
            giveUp("SetWaitableTimer", code);
            return;
        }
        if (state == State.IDLE) {
            code = kernel.associateWaitPacket(waitPacket, port, timer, KEY, 0);
            if (code != Win32Error.ERROR_SUCCESS) {
                giveUp("NtAssociateWaitCompletionPacket", code);
                return;
            }
        }
        state = State.ARMED;
        armedDeadline = deadlineNanos;
    }

    /** To be called when the packet is dequeued. */
    void fired() {
        if (state == State.ARMED) {
            state = State.IDLE;
        }
    }

    /** Closes the handles. No packet comes afterwards. */
    void close() {
        if (state == State.ARMED) {
            kernel.cancelWaitPacket(waitPacket);
        }
        if (state == State.IDLE || state == State.ARMED) {
            kernel.closeHandle(waitPacket);
            kernel.closeHandle(timer);
        }
        state = State.CLOSED;
    }

    private boolean isOpen() {
        if (state == State.UNOPENED) {
            open();
        }
        return state != State.CLOSED;
    }

    private void open() {
        waitPacket = kernel.createWaitPacket();
        if (Win32Error.isError(waitPacket)) {
            giveUp("NtCreateWaitCompletionPacket", Win32Error.codeOf(waitPacket));
            return;
        }
        timer = kernel.createTimer();
        if (Win32Error.isError(timer)) {
            kernel.closeHandle(waitPacket);
            giveUp("CreateWaitableTimerEx", Win32Error.codeOf(timer));
            return;
        }
        state = State.IDLE;
    }

    private void giveUp(String call, int code) {
        close();
        String failure = new WindowsException(call, "timer", code).getMessage();
        logger.debug("Timers of an event loop are as exact as the ticks of the system's clock: {}", failure);
    }
}
