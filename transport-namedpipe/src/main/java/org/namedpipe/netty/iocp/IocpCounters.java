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
 * Counters of one event loop, or of all event loops of one factory, read at one moment.
 *
 * <p>All numbers only grow, except {@link #pendingOperations()} and {@link #registrations()}, which are gauges. When the loop is
 * at rest, or when one of its tasks reads them, {@link #submitted()} is the sum of {@link #completedSynchronously()},
 * {@link #completedAsynchronously()} and {@link #pendingOperations()}. While the loop works, another thread reads each number at
 * a slightly different moment, but never sees more completions than submissions.
 *
 * <p>Later releases may add counters.
 */
public sealed interface IocpCounters permits IocpSnapshot {
    /** Returns the number of overlapped operations handed to Windows: {@code ReadFile}, {@code WriteFile}, {@code ConnectNamedPipe}. */
    long submitted();

    /** Returns the number of operations whose outcome the call itself returned, success or failure. */
    long completedSynchronously();

    /** Returns the number of operations that pended and whose outcome came through the completion port. */
    long completedAsynchronously();

    /** Returns the number of operations in progress. Windows owns their memory. */
    long pendingOperations();

    /** Returns the number of registered channels, including server channels. */
    long registrations();

    /** Returns the number of calls of {@code GetQueuedCompletionStatusEx}, including those that did not wait. */
    long polls();

    /** Returns the number of packets that those calls dequeued: completions, signals of events, wake-ups, timers. */
    long packets();

    /** Returns the number of packets by which another thread woke a loop. */
    long wakeups();

    /** Returns the number of bytes transferred by {@code ReadFile}. */
    long bytesRead();

    /** Returns the number of bytes transferred by {@code WriteFile}. */
    long bytesWritten();

    /** Returns how often a client found all instances of a pipe busy ({@code ERROR_PIPE_BUSY}) and waited. */
    long busyWaits();
}
