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

/** Functions of {@code kernel32.dll} about peers and handles. All supported Windows have them, and so does Wine. */
interface PipePeerCalls {
    int GetNamedPipeClientProcessId(long pipe, long processId);

    int GetNamedPipeServerProcessId(long pipe, long processId);

    int GetNamedPipeClientSessionId(long pipe, long sessionId);

    int GetNamedPipeServerSessionId(long pipe, long sessionId);

    long OpenProcess(int desiredAccess, int inheritHandle, int processId);

    int GetProcessTimes(long process, long created, long exited, long kernel, long user);

    void GetSystemTimePreciseAsFileTime(long time);

    int DuplicateHandle(
            long fromProcess, long handle, long toProcess, long newHandle, int access, int inheritHandle, int options);
}
