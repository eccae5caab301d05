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

/** An object with a signal, which one waiter takes. Called with the kernel's lock held. */
interface SimulatedWaitable {
    /** Waits for a signal. */
    interface Waiter {
        /** Takes a signal. @return whether this waits for another one */
        boolean signalled();
    }

    /** Has a waiter take the next signal, at once if there is one. */
    void add(Waiter waiter);

    void remove(Waiter waiter);

    boolean isAwaited();
}
