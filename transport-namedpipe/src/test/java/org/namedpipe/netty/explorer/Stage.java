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
package org.namedpipe.netty.explorer;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Whose turn it is on the one thread: the event loop that runs now is the only one that takes this thread for its own. */
final class Stage {
    private @Nullable StepLoop current;
    private int dequeued;

    boolean isOn(StepLoop loop) {
        return current == loop;
    }

    /** Runs something as if on the thread of {@code loop}. */
    boolean play(StepLoop loop, BooleanSupplier scene) {
        if (current != null) {
            throw new AssertionError(loop + " runs inside " + current);
        }
        int outerDequeued = dequeued;
        current = loop;
        dequeued = 0;
        try {
            return scene.getAsBoolean();
        } finally {
            current = null;
            dequeued = outerDequeued;
        }
    }

    /** Runs something that happens elsewhere while the current loop waits. */
    void meanwhile(Runnable scene) {
        StepLoop waiting = current;
        current = null;
        try {
            scene.run();
        } finally {
            current = waiting;
        }
    }

    /** Packets left a port. */
    void dequeued(int packets) {
        dequeued += packets;
    }

    /** How many packets have left a port for the loop that plays now. */
    int dequeued() {
        return dequeued;
    }
}
