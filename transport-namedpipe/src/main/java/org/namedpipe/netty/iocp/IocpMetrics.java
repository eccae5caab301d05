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

import org.namedpipe.netty.internal.iocp.Counter;

/** The counters of one event loop. Changed on its thread. */
final class IocpMetrics {
    final Counter submitted = new Counter();
    final Counter completedSynchronously = new Counter();
    final Counter completedAsynchronously = new Counter();
    final Counter polls = new Counter();
    final Counter packets = new Counter();
    final Counter wakeups = new Counter();
    final Counter bytesRead = new Counter();
    final Counter bytesWritten = new Counter();
    final Counter busyWaits = new Counter();

    /** Any thread. */
    IocpSnapshot read(int pendingOperations, int registrations) {
        // Ends before starts, so that there are never more of them.
        long atOnce = completedSynchronously.get();
        long byPacket = completedAsynchronously.get();
        return new IocpSnapshot(
                submitted.get(),
                atOnce,
                byPacket,
                pendingOperations,
                registrations,
                polls.get(),
                packets.get(),
                wakeups.get(),
                bytesRead.get(),
                bytesWritten.get(),
                busyWaits.get());
    }
}
