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
final class SimulatedEvent {
    private boolean signalled;
    private final Deque<SimulatedWaits.Wait> waits = new ArrayDeque<>();

    void set() {
        SimulatedWaits.Wait wait = waits.poll();
        if (wait == null) {
            signalled = true;
        } else {
            waits.add(wait);
            wait.signalled();
        }
    }

    void reset() {
        signalled = false;
    }

    void add(SimulatedWaits.Wait wait) {
        waits.add(wait);
        if (signalled) {
            signalled = false;
            wait.signalled();
        }
    }

    void remove(SimulatedWaits.Wait wait) {
        waits.remove(wait);
    }

    boolean isAwaited() {
        return !waits.isEmpty();
    }

    @Override
    public String toString() {
        return "event" + (signalled ? " (signalled)" : "");
    }
}
