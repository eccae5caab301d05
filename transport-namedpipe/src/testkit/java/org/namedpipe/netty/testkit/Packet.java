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

import org.namedpipe.netty.internal.win32.OverlappedEntry;

/** A dequeued completion packet. */
record Packet(long key, long overlapped, int status, int bytes) {
    static final int STATUS_SUCCESS = 0;
    static final int STATUS_BUFFER_OVERFLOW = 0x8000_0005;
    static final int STATUS_PIPE_DISCONNECTED = 0xC000_00B0;
    static final int STATUS_CANCELLED = 0xC000_0120;
    static final int STATUS_PIPE_BROKEN = 0xC000_014B;

    static Packet at(com.sun.jna.Pointer entry) {
        return new Packet(
                entry.getLong(OverlappedEntry.KEY),
                entry.getLong(OverlappedEntry.OVERLAPPED),
                entry.getInt(OverlappedEntry.INTERNAL),
                entry.getInt(OverlappedEntry.BYTES));
    }

    @Override
    public String toString() {
        return "Packet[key=" + key + ", status=0x" + Integer.toHexString(status) + ", bytes=" + bytes + "]";
    }
}
