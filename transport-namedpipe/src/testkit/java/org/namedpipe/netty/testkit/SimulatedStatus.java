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

import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.Win32Error;

/** The {@code NTSTATUS} values of the simulated file system, and their Win32 codes. */
final class SimulatedStatus {
    static final int SUCCESS = 0;
    static final int PENDING = Overlapped.STATUS_PENDING;
    static final int BUFFER_OVERFLOW = 0x8000_0005;
    static final int HANDLES_CLOSED = 0x8000_000A;
    static final int INVALID_HANDLE = 0xC000_0008;
    static final int INVALID_PARAMETER = 0xC000_000D;
    static final int INVALID_DEVICE_REQUEST = 0xC000_0010;
    static final int ACCESS_DENIED = 0xC000_0022;
    static final int OBJECT_NAME_NOT_FOUND = 0xC000_0034;
    static final int INSUFFICIENT_RESOURCES = 0xC000_009A;
    static final int INSTANCE_NOT_AVAILABLE = 0xC000_00AB;
    static final int PIPE_NOT_AVAILABLE = 0xC000_00AC;
    static final int INVALID_PIPE_STATE = 0xC000_00AD;
    static final int ILLEGAL_FUNCTION = 0xC000_00AF;
    static final int PIPE_DISCONNECTED = 0xC000_00B0;
    static final int PIPE_CLOSING = 0xC000_00B1;
    static final int PIPE_CONNECTED = 0xC000_00B2;
    static final int PIPE_LISTENING = 0xC000_00B3;
    static final int CANCELLED = 0xC000_0120;
    static final int PIPE_BROKEN = 0xC000_014B;
    static final int NOT_FOUND = 0xC000_0225;

    /** The Win32 code of a status without a code of its own. */
    private static final int ERROR_MR_MID_NOT_FOUND = 317;

    private static final int ERROR_HANDLES_CLOSED = 676;

    private SimulatedStatus() {}

    /** Returns true for an error. An operation that fails synchronously posts no packet, sets no event, writes no memory. */
    static boolean isError(int status) {
        return status >>> 30 == 3;
    }

    static int toWin32(int status) {
        return switch (status) {
            case SUCCESS -> Win32Error.ERROR_SUCCESS;
            case PENDING -> Win32Error.ERROR_IO_PENDING;
            case BUFFER_OVERFLOW -> Win32Error.ERROR_MORE_DATA;
            case HANDLES_CLOSED -> ERROR_HANDLES_CLOSED;
            case INVALID_HANDLE -> Win32Error.ERROR_INVALID_HANDLE;
            case INVALID_PARAMETER -> Win32Error.ERROR_INVALID_PARAMETER;
            case INVALID_DEVICE_REQUEST, ILLEGAL_FUNCTION -> Win32Error.ERROR_INVALID_FUNCTION;
            case ACCESS_DENIED -> Win32Error.ERROR_ACCESS_DENIED;
            case OBJECT_NAME_NOT_FOUND -> Win32Error.ERROR_FILE_NOT_FOUND;
            case INSUFFICIENT_RESOURCES -> Win32Error.ERROR_NO_SYSTEM_RESOURCES;
            case INSTANCE_NOT_AVAILABLE, PIPE_NOT_AVAILABLE -> Win32Error.ERROR_PIPE_BUSY;
            case INVALID_PIPE_STATE -> Win32Error.ERROR_BAD_PIPE;
            case PIPE_DISCONNECTED -> Win32Error.ERROR_PIPE_NOT_CONNECTED;
            case PIPE_CLOSING -> Win32Error.ERROR_NO_DATA;
            case PIPE_CONNECTED -> Win32Error.ERROR_PIPE_CONNECTED;
            case PIPE_LISTENING -> Win32Error.ERROR_PIPE_LISTENING;
            case CANCELLED -> Win32Error.ERROR_OPERATION_ABORTED;
            case PIPE_BROKEN -> Win32Error.ERROR_BROKEN_PIPE;
            case NOT_FOUND -> Win32Error.ERROR_NOT_FOUND;
            default -> ERROR_MR_MID_NOT_FOUND;
        };
    }
}
