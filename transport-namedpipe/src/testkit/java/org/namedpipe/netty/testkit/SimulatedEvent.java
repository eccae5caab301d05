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

import java.util.ArrayDeque;
import java.util.Deque;

/** An auto-reset event. Called with the kernel's lock held. */
final class SimulatedEvent implements SimulatedWaitable {
    private boolean signalled;
    private final Deque<Waiter> waiters = new ArrayDeque<>();

    void set() {
        signalled = true;
        signalNext();
    }

    void reset() {
        signalled = false;
    }

    @Override
    public void add(Waiter waiter) {
        waiters.add(waiter);
        signalNext();
    }

    @Override
    public void remove(Waiter waiter) {
        waiters.remove(waiter);
    }

    @Override
    public boolean isAwaited() {
        return !waiters.isEmpty();
    }

    private void signalNext() {
        Waiter waiter = signalled ? waiters.poll() : null;
        if (waiter != null) {
            signalled = false;
            if (waiter.signalled()) {
                waiters.add(waiter);
            }
        }
    }

    @Override
    public String toString() {
        return "event" + (signalled ? " (signalled)" : "");
    }
}
