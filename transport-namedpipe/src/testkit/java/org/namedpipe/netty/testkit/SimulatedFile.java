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

import org.jspecify.annotations.Nullable;

/**
 * The part of an open file that does not depend on the file system: its handles, and its association with a completion port.
 * Called with the kernel's lock held.
 */
abstract class SimulatedFile {
    /** True if the file was opened with FILE_FLAG_OVERLAPPED. */
    final boolean overlapped;

    private long handle;
    private int handles = 1;
    private @Nullable SimulatedPort port;
    private long key;
    private boolean skipsPackets;

    SimulatedFile(boolean overlapped) {
        this.overlapped = overlapped;
    }

    void opened(long handle) {
        this.handle = handle;
    }

    /** Returns the first handle. It may be closed while a duplicate is open. */
    long handle() {
        return handle;
    }

    @Nullable
    SimulatedPort port() {
        return port;
    }

    long key() {
        return key;
    }

    boolean skipsPackets() {
        return skipsPackets;
    }

    void associate(SimulatedPort port, long key) {
        this.port = port;
        this.key = key;
    }

    void skipPackets() {
        skipsPackets = true;
    }

    void addHandle() {
        handles++;
    }

    boolean isLastHandle() {
        return handles == 1;
    }

    void dropHandle() {
        handles--;
    }
}
