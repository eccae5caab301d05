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
package org.namedpipe.netty;

import java.util.concurrent.atomic.AtomicLong;
import org.namedpipe.netty.internal.iocp.Counter;

/** The counters of one server channel. Changed on its event loop's thread, unless noted. */
final class ServerMetrics {
    final Counter listening = new Counter();
    final Counter accepted = new Counter();
    final Counter abortedAccepts = new Counter();
    final Counter acceptFailures = new Counter();
    /** Changed on the event loops of the accepted channels. */
    final AtomicLong rejected = new AtomicLong();

    /** Any thread. */
    ServerSnapshot read() {
        // Both are also counted as accepted. Reading them first keeps them from exceeding the accepted.
        long left = abortedAccepts.get();
        long turnedAway = rejected.get();
        return new ServerSnapshot(listening.get(), accepted.get(), left, acceptFailures.get(), turnedAway);
    }
}
