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

import com.sun.jna.Native;

/** Calls of {@code kernel32.dll} about peers and handles, direct-mapped. All supported Windows have them, and so does Wine. */
final class PipePeerCalls {
    static {
        Native.register(PipePeerCalls.class, "kernel32");
    }

    private PipePeerCalls() {}

    static native int GetNamedPipeClientProcessId(long pipe, long processId);

    static native int GetNamedPipeServerProcessId(long pipe, long processId);

    static native int GetNamedPipeClientSessionId(long pipe, long sessionId);

    static native int GetNamedPipeServerSessionId(long pipe, long sessionId);

    static native long OpenProcess(int desiredAccess, int inheritHandle, int processId);

    static native int GetProcessTimes(long process, long created, long exited, long kernel, long user);

    static native void GetSystemTimePreciseAsFileTime(long time);

    static native int DuplicateHandle(
            long fromProcess, long handle, long toProcess, long newHandle, int access, int inheritHandle, int options);
}
