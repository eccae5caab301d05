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

import static org.namedpipe.netty.internal.win32.Win32.NTDLL;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** Calls {@code NtCreateNamedPipeFile}: {@code CreateNamedPipe} cannot create an instance without data access. */
final class PipeHold {
    private static final int SYNCHRONIZE = 0x10_0000;
    private static final int FILE_SHARE_READ = 1;
    private static final int FILE_SHARE_WRITE = 2;
    private static final int FILE_OPEN = 1;
    private static final int FILE_PIPE_MESSAGE_TYPE = 1;
    private static final int FILE_PIPE_REJECT_REMOTE_CLIENTS = 2;
    private static final int NO_LIMIT = -1;
    private static final int OBJ_CASE_INSENSITIVE = 0x40;
    /** Relative, in units of 100 ns: 50 ms. It has no effect on a pipe that exists, but must be there. */
    private static final long TIMEOUT = -500_000;

    // | HANDLE | timeout | IO_STATUS_BLOCK | OBJECT_ATTRIBUTES | UNICODE_STRING | characters |
    private static final int HANDLE_AT = 0;
    private static final int TIMEOUT_AT = 8;
    private static final int STATUS_BLOCK = 16;
    private static final int ATTRIBUTES = 32;
    private static final int ATTRIBUTES_SIZE = 48;
    private static final int ATTRIBUTES_NAME = ATTRIBUTES + 16;
    private static final int ATTRIBUTES_FLAGS = ATTRIBUTES + 24;
    private static final int NAME = ATTRIBUTES + ATTRIBUTES_SIZE;
    private static final int NAME_BUFFER = NAME + 8;
    private static final int CHARACTERS = NAME + 16;

    private PipeHold() {}

    /** Creates the instance. Returns its handle, or a negated error code. */
    static long hold(String path, int openMode, int pipeMode) {
        // The name of the object manager for what Win32 calls \\.\pipe\name.
        String name = "\\??" + path.substring(path.indexOf('\\', 2));
        int bytes = name.length() * Character.BYTES;
        NativeMemory memory = new NativeMemory(CHARACTERS + bytes);
        long base = memory.address();
        ByteBuffer buffer = memory.buffer();
        buffer.putLong(TIMEOUT_AT, TIMEOUT);
        buffer.putInt(ATTRIBUTES, ATTRIBUTES_SIZE);
        buffer.putLong(ATTRIBUTES_NAME, base + NAME);
        buffer.putInt(ATTRIBUTES_FLAGS, OBJ_CASE_INSENSITIVE);
        buffer.putShort(NAME, (short) bytes);
        buffer.putShort(NAME + Short.BYTES, (short) bytes);
        buffer.putLong(NAME_BUFFER, base + CHARACTERS);
        for (int i = 0; i < name.length(); i++) {
            buffer.putChar(CHARACTERS + i * Character.BYTES, name.charAt(i));
        }
        int status;
        try {
            status = NTDLL.NtCreateNamedPipeFile(
                    base + HANDLE_AT,
                    SYNCHRONIZE,
                    base + ATTRIBUTES,
                    base + STATUS_BLOCK,
                    sharing(openMode),
                    FILE_OPEN,
                    0,
                    pipeType(pipeMode),
                    0,
                    0,
                    NO_LIMIT,
                    0,
                    0,
                    base + TIMEOUT_AT);
        } finally {
            Reference.reachabilityFence(memory);
        }
        return status >= 0 ? buffer.getLong(HANDLE_AT) : -NTDLL.RtlNtStatusToDosError(status);
    }

    /** The access of a client is what the pipe lets it share. */
    private static int sharing(int openMode) {
        return ((openMode & Win32Constants.PIPE_ACCESS_INBOUND) != 0 ? FILE_SHARE_WRITE : 0)
                | ((openMode & Win32Constants.PIPE_ACCESS_OUTBOUND) != 0 ? FILE_SHARE_READ : 0);
    }

    private static int pipeType(int pipeMode) {
        return ((pipeMode & Win32Constants.PIPE_TYPE_MESSAGE) != 0 ? FILE_PIPE_MESSAGE_TYPE : 0)
                | ((pipeMode & Win32Constants.PIPE_REJECT_REMOTE_CLIENTS) != 0 ? FILE_PIPE_REJECT_REMOTE_CLIENTS : 0);
    }
}
