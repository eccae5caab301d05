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

import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.internal.win32.Kernel;

/**
 * A time after a pipe was connected, by the clock of the system, which can be set, and by one that cannot.
 *
 * @param systemTime as {@link Kernel#systemTime()}
 * @param nanoTime as {@link System#nanoTime()}
 */
record ConnectionTime(long systemTime, long nanoTime) {
    private static final long NANOS_PER_UNIT = 100;
    private static final long TOLERANCE = TimeUnit.SECONDS.toNanos(1) / NANOS_PER_UNIT;
    /** A clock that is corrected slowly, and one that drifts, lose less than a thousandth. */
    private static final long TOLERATED_DRIFT = 1000;

    static ConnectionTime now(Kernel kernel) {
        return new ConnectionTime(kernel.systemTime(), System.nanoTime());
    }

    /**
     * Returns true if it is certain that a process existed when the pipe was connected. False if it is younger, and if the
     * system's clock was set back since: then nothing is certain.
     */
    boolean isPreceded(long processCreationTime, ConnectionTime now) {
        long passed = (now.nanoTime - nanoTime) / NANOS_PER_UNIT;
        long passedOnClock = now.systemTime - systemTime;
        boolean setBack = passedOnClock < passed - passed / TOLERATED_DRIFT - TOLERANCE;
        return !setBack && processCreationTime <= systemTime;
    }
}
