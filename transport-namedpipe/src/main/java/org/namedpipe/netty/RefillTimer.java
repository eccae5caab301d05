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

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a listener's refill after pauses that double, up to a second. Confined to the event loop. */
final class RefillTimer {
    private static final int MIN_MILLIS = 10;
    private static final int MAX_MILLIS = 1000;

    private final Runnable refill;
    private @Nullable Future<?> scheduled;
    private int millis = MIN_MILLIS;

    RefillTimer(Runnable refill) {
        this.refill = refill;
    }

    /** Runs the refill after a pause, unless it is to be run already. */
    void start(EventLoop loop) {
        if (scheduled == null) {
            scheduled = loop.schedule(refill, millis, TimeUnit.MILLISECONDS);
            millis = Math.min(2 * millis, MAX_MILLIS);
        }
    }

    /** Returns whether the next pause is the longest one. */
    boolean isSlow() {
        return millis >= MAX_MILLIS;
    }

    void cancel() {
        if (scheduled != null) {
            scheduled.cancel(false);
            scheduled = null;
        }
    }

    /** Begins with the shortest pause again. */
    void reset() {
        millis = MIN_MILLIS;
    }
}
