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

/** {@link PipePeerCalls}, direct-mapped by JNA. */
final class JnaPipePeerCalls implements PipePeerCalls {
    static {
        Native.register(JnaPipePeerCalls.class, "kernel32");
    }

    @Override
    public native int GetNamedPipeClientProcessId(long pipe, long processId);

    @Override
    public native int GetNamedPipeServerProcessId(long pipe, long processId);

    @Override
    public native int GetNamedPipeClientSessionId(long pipe, long sessionId);

    @Override
    public native int GetNamedPipeServerSessionId(long pipe, long sessionId);

    @Override
    public native long OpenProcess(int desiredAccess, int inheritHandle, int processId);

    @Override
    public native int GetProcessTimes(long process, long created, long exited, long kernel, long user);

    @Override
    public native void GetSystemTimePreciseAsFileTime(long time);

    @Override
    public native int DuplicateHandle(
            long fromProcess, long handle, long toProcess, long newHandle, int access, int inheritHandle, int options);
}
