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

import java.lang.invoke.MethodHandle;

/** {@link PipePeerCalls}, as downcalls of {@code java.lang.foreign}. */
final class FfmPipePeerCalls implements PipePeerCalls {
    private static final FfmLibrary DLL = FfmLibrary.load("kernel32", PipePeerCalls.class);

    private static final MethodHandle GET_NAMED_PIPE_CLIENT_PROCESS_ID = DLL.function("GetNamedPipeClientProcessId");
    private static final MethodHandle GET_NAMED_PIPE_SERVER_PROCESS_ID = DLL.function("GetNamedPipeServerProcessId");
    private static final MethodHandle GET_NAMED_PIPE_CLIENT_SESSION_ID = DLL.function("GetNamedPipeClientSessionId");
    private static final MethodHandle GET_NAMED_PIPE_SERVER_SESSION_ID = DLL.function("GetNamedPipeServerSessionId");
    private static final MethodHandle OPEN_PROCESS = DLL.function("OpenProcess");
    private static final MethodHandle GET_PROCESS_TIMES = DLL.function("GetProcessTimes");
    private static final MethodHandle GET_SYSTEM_TIME_PRECISE_AS_FILE_TIME =
            DLL.function("GetSystemTimePreciseAsFileTime");
    private static final MethodHandle DUPLICATE_HANDLE = DLL.function("DuplicateHandle");

    @Override
    public int GetNamedPipeClientProcessId(long pipe, long processId) {
        return (int) Downcall.call(GET_NAMED_PIPE_CLIENT_PROCESS_ID, pipe, processId);
    }

    @Override
    public int GetNamedPipeServerProcessId(long pipe, long processId) {
        return (int) Downcall.call(GET_NAMED_PIPE_SERVER_PROCESS_ID, pipe, processId);
    }

    @Override
    public int GetNamedPipeClientSessionId(long pipe, long sessionId) {
        return (int) Downcall.call(GET_NAMED_PIPE_CLIENT_SESSION_ID, pipe, sessionId);
    }

    @Override
    public int GetNamedPipeServerSessionId(long pipe, long sessionId) {
        return (int) Downcall.call(GET_NAMED_PIPE_SERVER_SESSION_ID, pipe, sessionId);
    }

    @Override
    public long OpenProcess(int desiredAccess, int inheritHandle, int processId) {
        return Downcall.call(OPEN_PROCESS, desiredAccess, inheritHandle, processId);
    }

    @Override
    public int GetProcessTimes(long process, long created, long exited, long kernel, long user) {
        return (int) Downcall.call(GET_PROCESS_TIMES, process, created, exited, kernel, user);
    }

    @Override
    public void GetSystemTimePreciseAsFileTime(long time) {
        Downcall.call(GET_SYSTEM_TIME_PRECISE_AS_FILE_TIME, time);
    }

    @Override
    public int DuplicateHandle(
            long fromProcess, long handle, long toProcess, long newHandle, int access, int inheritHandle, int options) {
        return (int) Downcall.call(
                DUPLICATE_HANDLE, fromProcess, handle, toProcess, newHandle, access, inheritHandle, options);
    }
}
