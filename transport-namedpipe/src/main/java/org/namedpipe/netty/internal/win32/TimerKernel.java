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
package org.namedpipe.netty.internal.win32;

/**
 * The calls by which a timer or an event queues a packet to a completion port. The conventions are those of {@link Kernel}.
 *
 * <p>High-resolution timers need Windows 10, version 1803. Wait completion packets need Windows 8; Wine 8 and 10 have none.
 */
public interface TimerKernel {
    /**
     * Creates a wait completion packet, which associates one waitable object with one port.
     *
     * @return its handle, or a negated error code; {@code ERROR_PROC_NOT_FOUND} if this Windows has no such objects
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/devnotes/ntassociatewaitcompletionpacket">NtCreateWaitCompletionPacket</a>
     */
    long createWaitPacket();

    /**
     * Creates a timer that is not set, that resets itself, and whose time does not depend on the ticks of the system's clock
     * ({@code CREATE_WAITABLE_TIMER_HIGH_RESOLUTION}).
     *
     * @return its handle, not inheritable, or a negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-createwaitabletimerexw">CreateWaitableTimerExW</a>
     */
    long createTimer();

    /**
     * Sets a timer, also one that is set already. It is not signalled until the time has passed.
     *
     * @param delayNanos the time from now, rounded up to 100 ns
     * @return a code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-setwaitabletimer">SetWaitableTimer</a>
     */
    int setTimer(long timer, long delayNanos);

    /**
     * Queues one packet, with the status 0, when an object is signalled; at once if it is signalled already. The association ends
     * when the packet is dequeued.
     *
     * @param object a timer, or an event, which the packet resets
     * @param overlapped the address in the packet, 0 for none
     * @return a code, which is not {@code ERROR_SUCCESS} if the wait packet is associated
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/devnotes/ntassociatewaitcompletionpacket">NtAssociateWaitCompletionPacket</a>
     */
    int associateWaitPacket(long waitPacket, long port, long object, long key, long overlapped);

    /**
     * Ends an association, and removes its packet from the port if it is queued.
     *
     * @return a code: {@code ERROR_OPERATION_ABORTED} if there is no association, {@code ERROR_IO_PENDING} if its packet cannot
     *     be removed, and is dequeued later
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/devnotes/ntcancelwaitcompletionpacket">NtCancelWaitCompletionPacket</a>
     */
    int cancelWaitPacket(long waitPacket);
}
