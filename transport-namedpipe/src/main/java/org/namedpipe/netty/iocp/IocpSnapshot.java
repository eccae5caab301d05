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

/** The values of all counters at one moment. */
record IocpSnapshot(
        long submitted,
        long completedSynchronously,
        long completedAsynchronously,
        long pendingOperations,
        long registrations,
        long polls,
        long packets,
        long wakeups,
        long bytesRead,
        long bytesWritten,
        long busyWaits)
        implements IocpCounters {

    static final IocpSnapshot ZERO = new IocpSnapshot(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Returns the sums of these and other counters. */
    IocpSnapshot plus(IocpSnapshot other) {
        return new IocpSnapshot(
                submitted + other.submitted,
                completedSynchronously + other.completedSynchronously,
                completedAsynchronously + other.completedAsynchronously,
                pendingOperations + other.pendingOperations,
                registrations + other.registrations,
                polls + other.polls,
                packets + other.packets,
                wakeups + other.wakeups,
                bytesRead + other.bytesRead,
                bytesWritten + other.bytesWritten,
                busyWaits + other.busyWaits);
    }
}
