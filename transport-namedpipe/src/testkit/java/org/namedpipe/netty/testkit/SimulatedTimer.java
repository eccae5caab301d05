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
import org.jspecify.annotations.Nullable;

/** A waitable timer that resets itself when a wait packet takes its signal. */
final class SimulatedTimer implements SimulatedWaitable {
    private boolean set;
    private boolean signalled;
    private long due;
    private @Nullable Waiter waiter;

    void set(long delayNanos) {
        set = true;
        signalled = false;
        due = System.nanoTime() + delayNanos;
    }

    /** The nanoseconds until it is due, or a day if it is not set. */
    long nanosLeft() {
        return set ? Math.max(0, due - System.nanoTime()) : TimeUnit.DAYS.toNanos(1);
    }

    boolean isSet() {
        return set;
    }

    /** Its time has passed. */
    void expire() {
        set = false;
        signalled = true;
        signalWaiter();
    }

    @Override
    public void add(Waiter newWaiter) {
        waiter = newWaiter;
        signalWaiter();
    }

    @Override
    public void remove(Waiter oldWaiter) {
        waiter = null;
    }

    @Override
    public boolean isAwaited() {
        return waiter != null;
    }

    private void signalWaiter() {
        Waiter signals = waiter;
        if (signalled && signals != null) {
            signalled = false;
            waiter = signals.signalled() ? signals : null;
        }
    }

    @Override
    public String toString() {
        return "timer";
    }
}
