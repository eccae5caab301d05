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

/** Flags of the Windows headers that this transport uses, under their own names. */
public final class Win32Constants {
    // CreateNamedPipe, open mode
    public static final int PIPE_ACCESS_INBOUND = 0x1;
    public static final int PIPE_ACCESS_OUTBOUND = 0x2;
    public static final int PIPE_ACCESS_DUPLEX = 0x3;
    public static final int FILE_FLAG_FIRST_PIPE_INSTANCE = 0x0008_0000;
    public static final int FILE_FLAG_OVERLAPPED = 0x4000_0000;

    // CreateNamedPipe, pipe mode
    public static final int PIPE_TYPE_BYTE = 0x0;
    public static final int PIPE_TYPE_MESSAGE = 0x4;
    public static final int PIPE_READMODE_BYTE = 0x0;
    public static final int PIPE_READMODE_MESSAGE = 0x2;
    public static final int PIPE_REJECT_REMOTE_CLIENTS = 0x8;
    public static final int PIPE_UNLIMITED_INSTANCES = 255;

    // CreateFile
    public static final int GENERIC_READ = 0x8000_0000;
    public static final int GENERIC_WRITE = 0x4000_0000;
    public static final int FILE_WRITE_ATTRIBUTES = 0x100;
    public static final int SECURITY_SQOS_PRESENT = 0x0010_0000;
    public static final int SECURITY_ANONYMOUS = 0x0;
    public static final int SECURITY_IDENTIFICATION = 0x0001_0000;
    public static final int SECURITY_IMPERSONATION = 0x0002_0000;
    public static final int SECURITY_DELEGATION = 0x0003_0000;
    public static final int SECURITY_CONTEXT_TRACKING = 0x0004_0000;

    // SetFileCompletionNotificationModes
    public static final int FILE_SKIP_COMPLETION_PORT_ON_SUCCESS = 0x1;
    public static final int FILE_SKIP_SET_EVENT_ON_HANDLE = 0x2;

    // GetQueuedCompletionStatusEx
    public static final int INFINITE = -1;

    private Win32Constants() {}
}
