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

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The process that opened a pipe end, and the impersonation level that it allows. */
final class SimulatedOpener {
    private @Nullable SimulatedProcess process;
    private int impersonationLevel;
    private boolean wasRead;

    void set(SimulatedProcess process, int impersonationLevel) {
        this.process = process;
        this.impersonationLevel = impersonationLevel;
    }

    SimulatedProcess process() {
        return Objects.requireNonNull(process);
    }

    int impersonationLevel() {
        return impersonationLevel;
    }

    void noteRead() {
        wasRead = true;
    }

    /** Forgets that this end has read: a server must read from each client before it impersonates it. */
    void disconnected() {
        wasRead = false;
    }

    /** Returns true if this end has read from its client, which impersonation requires. */
    boolean wasRead() {
        return wasRead;
    }
}
