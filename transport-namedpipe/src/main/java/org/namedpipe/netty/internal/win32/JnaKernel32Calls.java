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

/** {@link Kernel32Calls}, direct-mapped by JNA. */
final class JnaKernel32Calls implements Kernel32Calls {
    static {
        Native.register(JnaKernel32Calls.class, "kernel32");
    }

    @Override
    public native long CreateIoCompletionPort(long file, long existingPort, long key, int concurrentThreads);

    @Override
    public native int SetFileCompletionNotificationModes(long file, byte flags);

    @Override
    public native int GetQueuedCompletionStatusEx(
            long port, long entries, int count, long removed, int timeoutMillis, int alertable);

    @Override
    public native int PostQueuedCompletionStatus(long port, int bytes, long key, long overlapped);

    @Override
    public native long CreateNamedPipeW(
            long name,
            int openMode,
            int pipeMode,
            int maxInstances,
            int outBufferSize,
            int inBufferSize,
            int defaultTimeoutMillis,
            long securityAttributes);

    @Override
    public native int ConnectNamedPipe(long pipe, long overlapped);

    @Override
    public native int DisconnectNamedPipe(long pipe);

    @Override
    public native long CreateFileW(
            long name,
            int desiredAccess,
            int shareMode,
            long securityAttributes,
            int creationDisposition,
            int flagsAndAttributes,
            long templateFile);

    @Override
    public native int SetNamedPipeHandleState(long pipe, long mode, long maxCollectionCount, long collectDataTimeout);

    @Override
    public native int ReadFile(long file, long buffer, int length, long bytesRead, long overlapped);

    @Override
    public native int WriteFile(long file, long buffer, int length, long bytesWritten, long overlapped);

    @Override
    public native int FlushFileBuffers(long file);

    @Override
    public native int CancelIoEx(long file, long overlapped);

    @Override
    public native int GetCurrentThreadId();

    @Override
    public native long OpenThread(int desiredAccess, int inheritHandle, int threadId);

    @Override
    public native int CancelSynchronousIo(long thread);

    @Override
    public native int CloseHandle(long handle);

    @Override
    public native long CreateEventW(long securityAttributes, int manualReset, int initialState, long name);

    @Override
    public native int SetEvent(long event);

    @Override
    public native long CreateWaitableTimerExW(long attributes, long name, int flags, int desiredAccess);

    @Override
    public native int SetWaitableTimer(
            long timer, long dueTime, int periodMillis, long routine, long routineArgument, int resume);

    @Override
    public native int WaitForMultipleObjects(int count, long handles, int waitAll, int timeoutMillis);

    @Override
    public native long LocalFree(long memory);

    @Override
    public native int lstrlenW(long text);
}
