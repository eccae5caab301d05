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

/**
 * Integrity levels of processes, from the lowest to the highest.
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/secauthz/mandatory-integrity-control">Mandatory Integrity
 *     Control</a>
 */
public enum NamedPipeIntegrity {
    /** Not at all. */
    UNTRUSTED(0),

    /** Little: a sandboxed browser tab, say. */
    LOW(0x1000),

    /** As what users start. */
    MEDIUM(0x2000),

    /** As what administrators start elevated. */
    HIGH(0x3000),

    /** As the services of the system, and more. */
    SYSTEM(0x4000);

    private final int leastId;

    NamedPipeIntegrity(int leastId) {
        this.leastId = leastId;
    }

    /** The highest level that a number of Windows, the last of the label's identifier, reaches. */
    static NamedPipeIntegrity of(int id) {
        NamedPipeIntegrity highest = UNTRUSTED;
        for (NamedPipeIntegrity level : values()) {
            if (Integer.compareUnsigned(id, level.leastId) >= 0) {
                highest = level;
            }
        }
        return highest;
    }
}
