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

/**
 * The functions of {@code kernel32.dll}, direct-mapped: handles and addresses are {@code long}, so that a call converts
 * nothing and allocates nothing. One missing export would fail the whole class, so only functions that every supported
 * Windows has stand here.
 *
 * <p>{@code GetLastError} must not be declared: JNA keeps the error of the last call for {@link Native#getLastError()}.
 */
final class Kernel32Calls {
    static {
        Native.register(Kernel32Calls.class, "kernel32");
    }

    private Kernel32Calls() {}

    static native long CreateIoCompletionPort(long file, long existingPort, long key, int concurrentThreads);

    static native int SetFileCompletionNotificationModes(long file, byte flags);

    static native int GetQueuedCompletionStatusEx(
            long port, long entries, int count, long removed, int timeoutMillis, int alertable);

    static native int PostQueuedCompletionStatus(long port, int bytes, long key, long overlapped);

    static native long CreateNamedPipeW(
            char[] name,
            int openMode,
            int pipeMode,
            int maxInstances,
            int outBufferSize,
            int inBufferSize,
            int defaultTimeoutMillis,
            long securityAttributes);

    static native int ConnectNamedPipe(long pipe, long overlapped);

    static native int DisconnectNamedPipe(long pipe);

    static native long CreateFileW(
            char[] name,
            int desiredAccess,
            int shareMode,
            long securityAttributes,
            int creationDisposition,
            int flagsAndAttributes,
            long templateFile);

    static native int SetNamedPipeHandleState(long pipe, long mode, long maxCollectionCount, long collectDataTimeout);

    static native int ReadFile(long file, long buffer, int length, long bytesRead, long overlapped);

    static native int WriteFile(long file, long buffer, int length, long bytesWritten, long overlapped);

    static native int FlushFileBuffers(long file);

    static native int CancelIoEx(long file, long overlapped);

    static native int GetCurrentThreadId();

    static native long OpenThread(int desiredAccess, int inheritHandle, int threadId);

    static native int CancelSynchronousIo(long thread);

    static native int CloseHandle(long handle);

    static native long CreateEventW(long securityAttributes, int manualReset, int initialState, long name);

    static native int SetEvent(long event);

    static native long CreateWaitableTimerExW(long attributes, long name, int flags, int desiredAccess);

    static native int SetWaitableTimer(
            long timer, long dueTime, int periodMillis, long routine, long routineArgument, int resume);

    static native int WaitForMultipleObjects(int count, long handles, int waitAll, int timeoutMillis);

    static native long LocalFree(long memory);
}
