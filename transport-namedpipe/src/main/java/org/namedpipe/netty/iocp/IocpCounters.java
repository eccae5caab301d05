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

/**
 * What event loops have done since they were made, and what they are at, as read at one moment.
 *
 * <p>Numbers only grow, but for {@code pendingOperations} and {@code registrations}, which are gauges. Of a loop at rest,
 * or when read on its thread by one of its tasks, {@code submitted} is the sum of {@code completedAtOnce},
 * {@code completedByPacket} and {@code pendingOperations}. While the loop works on, other threads read each number at a
 * moment of its own, but never more ends than starts.
 *
 * @param submitted overlapped operations handed to Windows: {@code ReadFile}, {@code WriteFile}, {@code ConnectNamedPipe}
 * @param completedAtOnce operations whose outcome the call itself returned, be it a failure
 * @param completedByPacket operations that pended, and whose outcome came through the completion port
 * @param pendingOperations operations under way; their memory belongs to Windows
 * @param registrations handles that are registered: channels, server channels among them
 * @param polls calls of {@code GetQueuedCompletionStatusEx}, whether or not they had to wait
 * @param packets what those calls have dequeued: ends of operations, hints of events, wake-ups
 * @param wakeups packets by which another thread woke a loop
 * @param bytesRead bytes moved by {@code ReadFile}
 * @param bytesWritten bytes moved by {@code WriteFile}
 * @param busyWaits how often a client found all instances of a pipe busy ({@code ERROR_PIPE_BUSY}) and waited
 */
public record IocpCounters(
        long submitted,
        long completedAtOnce,
        long completedByPacket,
        long pendingOperations,
        long registrations,
        long polls,
        long packets,
        long wakeups,
        long bytesRead,
        long bytesWritten,
        long busyWaits) {

    static final IocpCounters NONE = new IocpCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** The sums of these and others. */
    public IocpCounters plus(IocpCounters other) {
        return new IocpCounters(
                submitted + other.submitted,
                completedAtOnce + other.completedAtOnce,
                completedByPacket + other.completedByPacket,
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
