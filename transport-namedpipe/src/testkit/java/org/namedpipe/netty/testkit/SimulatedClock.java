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

import java.util.concurrent.TimeUnit;

/** The system time of a {@link SimulatedKernel}, in units of 100 ns. */
final class SimulatedClock {
    private static final long START = 133_000_000_000_000_000L;
    private static final long NANOS_PER_UNIT = 100;

    private final long startNanos = System.nanoTime();
    private long moved;
    private long last;

    /** Returns a time after all previously returned ones, unless the clock was moved. */
    long now() {
        long now = START + moved + (System.nanoTime() - startNanos) / NANOS_PER_UNIT;
        last = Math.max(now, last + 1);
        return last;
    }

    /** Moves the clock by seconds, backward if they are negative. */
    void move(long seconds) {
        moved += TimeUnit.SECONDS.toNanos(seconds) / NANOS_PER_UNIT;
        last = 0;
    }
}
