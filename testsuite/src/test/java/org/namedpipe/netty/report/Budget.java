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
package org.namedpipe.netty.report;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Runs checks one after another until the time of the whole report is over. */
final class Budget {
    /** With less time than this, a check cannot have a useful result. */
    private static final Duration MINIMUM = Duration.ofSeconds(5);

    private final CheckRunner runner;
    private final LongSupplier nanoTime;
    private final Duration total;
    private final long start;

    Budget(CheckRunner runner, LongSupplier nanoTime, Duration total) {
        this.runner = runner;
        this.nanoTime = nanoTime;
        this.total = total;
        start = nanoTime.getAsLong();
    }

    /** Runs the check, with the smaller of its own limit and the rest of the report's time. */
    Outcome run(int index, Check check) throws InterruptedException {
        Duration left = total.minusNanos(nanoTime.getAsLong() - start);
        if (left.compareTo(MINIMUM) < 0) {
            return Outcome.skipped("the time of the report, " + total.toMinutes() + " minutes, is over");
        }
        try {
            return runner.run(index, left.compareTo(check.limit()) < 0 ? left : check.limit());
        } catch (IOException e) {
            return Outcome.ended(Duration.ZERO, List.of(), "cannot run its process: " + e);
        }
    }
}
