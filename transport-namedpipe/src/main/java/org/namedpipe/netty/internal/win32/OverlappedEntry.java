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
package org.namedpipe.netty.internal.win32;

/**
 * The layout of a 64-bit {@code OVERLAPPED_ENTRY}, one dequeued packet.
 *
 * <pre>
 *   0     8            16       24      28        32
 *   | key | overlapped | status | bytes | padding |
 * </pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/windows/win32/api/minwinbase/ns-minwinbase-overlapped_entry">OVERLAPPED_ENTRY</a>
 */
public final class OverlappedEntry {
    /** The key the handle was associated with, or the packet was posted with. */
    public static final int KEY = 0;
    /** Address of the {@link Overlapped} of the operation. */
    public static final int OVERLAPPED = 8;
    /** The {@code NTSTATUS} of the operation. */
    public static final int INTERNAL = 16;
    /** The number of bytes that were transferred. */
    public static final int BYTES = 24;
    /** Size in bytes. */
    public static final int SIZE = 32;

    private OverlappedEntry() {}
}
