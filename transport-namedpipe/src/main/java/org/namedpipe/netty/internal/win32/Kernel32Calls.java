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
 * The functions of {@code kernel32.dll} that this transport calls. Handles and addresses are {@code long}, so that a call
 * converts nothing and allocates nothing. JNA fails for the whole interface if an export is missing, so only functions that
 * every supported Windows has stand here.
 *
 * <p>{@code GetLastError} must not be declared: a binding keeps the error of the last call, see {@link Binding#lastError()}.
 */
interface Kernel32Calls {
    long CreateIoCompletionPort(long file, long existingPort, long key, int concurrentThreads);

    int SetFileCompletionNotificationModes(long file, byte flags);

    int GetQueuedCompletionStatusEx(long port, long entries, int count, long removed, int timeoutMillis, int alertable);

    int PostQueuedCompletionStatus(long port, int bytes, long key, long overlapped);

    long CreateNamedPipeW(
            long name,
            int openMode,
            int pipeMode,
            int maxInstances,
            int outBufferSize,
            int inBufferSize,
            int defaultTimeoutMillis,
            long securityAttributes);

    int ConnectNamedPipe(long pipe, long overlapped);

    int DisconnectNamedPipe(long pipe);

    long CreateFileW(
            long name,
            int desiredAccess,
            int shareMode,
            long securityAttributes,
            int creationDisposition,
            int flagsAndAttributes,
            long templateFile);

    int SetNamedPipeHandleState(long pipe, long mode, long maxCollectionCount, long collectDataTimeout);

    int ReadFile(long file, long buffer, int length, long bytesRead, long overlapped);

    int WriteFile(long file, long buffer, int length, long bytesWritten, long overlapped);

    int FlushFileBuffers(long file);

    int CancelIoEx(long file, long overlapped);

    int GetCurrentThreadId();

    long OpenThread(int desiredAccess, int inheritHandle, int threadId);

    int CancelSynchronousIo(long thread);

    int CloseHandle(long handle);

    long CreateEventW(long securityAttributes, int manualReset, int initialState, long name);

    int SetEvent(long event);

    long CreateWaitableTimerExW(long attributes, long name, int flags, int desiredAccess);

    int SetWaitableTimer(long timer, long dueTime, int periodMillis, long routine, long routineArgument, int resume);

    int WaitForMultipleObjects(int count, long handles, int waitAll, int timeoutMillis);

    long LocalFree(long memory);

    int lstrlenW(long text);
}
