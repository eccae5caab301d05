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
 * The layout of a 64-bit {@code OVERLAPPED}.
 *
 * <pre>
 *   0        8              16       20           24       32
 *   | status | bytes moved  | offset | offsetHigh | hEvent |
 * </pre>
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/api/minwinbase/ns-minwinbase-overlapped">OVERLAPPED</a>
 */
public final class Overlapped {
    /** The {@code NTSTATUS} of the operation, {@link #STATUS_PENDING} while it is under way. */
    public static final int INTERNAL = 0;
    /** The number of bytes that were transferred. */
    public static final int INTERNAL_HIGH = 8;
    /** An event to signal at the end, or 0. */
    public static final int EVENT = 24;
    /** Size in bytes. */
    public static final int SIZE = 32;

    /** {@code NTSTATUS} of an operation that has not ended. */
    public static final int STATUS_PENDING = 0x103;

    private Overlapped() {}
}
