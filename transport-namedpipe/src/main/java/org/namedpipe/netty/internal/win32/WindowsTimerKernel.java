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

import static org.namedpipe.netty.internal.win32.Win32.KERNEL32;
import static org.namedpipe.netty.internal.win32.Win32.NTDLL;
import static org.namedpipe.netty.internal.win32.Win32.WAIT_PACKETS;
import static org.namedpipe.netty.internal.win32.Win32.lastError;

/** The part of {@link WindowsKernel} that is about timers and wait packets. */
abstract class WindowsTimerKernel extends WindowsSecurityKernel implements TimerKernel {
    private static final int CREATE_WAITABLE_TIMER_HIGH_RESOLUTION = 0x2;
    private static final int SYNCHRONIZE = 0x10_0000;
    private static final int TIMER_MODIFY_STATE = 0x2;
    private static final int WAIT_PACKET_MODIFY_STATE = 0x1;
    private static final long NANOS_PER_UNIT = 100;

    WindowsTimerKernel() {}

    @Override
    public long createWaitPacket() {
        if (WAIT_PACKETS == null) {
            return -Win32Error.ERROR_PROC_NOT_FOUND;
        }
        Scratch handle = Scratch.ofThread();
        int status = WAIT_PACKETS.NtCreateWaitCompletionPacket(handle.address(), WAIT_PACKET_MODIFY_STATE, 0);
        return status >= 0 ? handle.getLong() : -NTDLL.RtlNtStatusToDosError(status);
    }

    @Override
    public long createTimer() {
        long timer = KERNEL32.CreateWaitableTimerExW(
                0, 0, CREATE_WAITABLE_TIMER_HIGH_RESOLUTION, TIMER_MODIFY_STATE | SYNCHRONIZE);
        return timer != 0 ? timer : -lastError();
    }

    @Override
    public int setTimer(long timer, long delayNanos) {
        // A negative number is relative to now.
        long due = -((delayNanos + NANOS_PER_UNIT - 1) / NANOS_PER_UNIT);
        Scratch scratch = Scratch.ofThread().putLong(due);
        return KERNEL32.SetWaitableTimer(timer, scratch.address(), 0, 0, 0, 0) != 0
                ? Win32Error.ERROR_SUCCESS
                : lastError();
    }

    @Override
    public int associateWaitPacket(long waitPacket, long port, long object, long key, long overlapped) {
        return WAIT_PACKETS == null
                ? Win32Error.ERROR_PROC_NOT_FOUND
                : NTDLL.RtlNtStatusToDosError(WAIT_PACKETS.NtAssociateWaitCompletionPacket(
                        waitPacket, port, object, key, overlapped, 0, 0, 0));
    }

    @Override
    public int cancelWaitPacket(long waitPacket) {
        return WAIT_PACKETS == null
                ? Win32Error.ERROR_PROC_NOT_FOUND
                : NTDLL.RtlNtStatusToDosError(WAIT_PACKETS.NtCancelWaitCompletionPacket(waitPacket, (byte) 1));
    }
}
