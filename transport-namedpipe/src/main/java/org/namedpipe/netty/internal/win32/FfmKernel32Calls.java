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

/**
 * {@link Kernel32Calls}, as downcalls of {@code java.lang.foreign}. Reading and writing call their handles themselves, which saves a
 * frame on the paths whose depth is limited.
 */
final class FfmKernel32Calls implements Kernel32Calls {
    private static final FfmLibrary DLL = FfmLibrary.load("kernel32", Kernel32Calls.class);

    private static final MethodHandle CREATE_IO_COMPLETION_PORT = DLL.function("CreateIoCompletionPort");
    private static final MethodHandle SET_FILE_COMPLETION_NOTIFICATION_MODES =
            DLL.function("SetFileCompletionNotificationModes");
    private static final MethodHandle GET_QUEUED_COMPLETION_STATUS_EX = DLL.function("GetQueuedCompletionStatusEx");
    private static final MethodHandle POST_QUEUED_COMPLETION_STATUS = DLL.function("PostQueuedCompletionStatus");
    private static final MethodHandle CREATE_NAMED_PIPE_W = DLL.function("CreateNamedPipeW");
    private static final MethodHandle CONNECT_NAMED_PIPE = DLL.function("ConnectNamedPipe");
    private static final MethodHandle DISCONNECT_NAMED_PIPE = DLL.function("DisconnectNamedPipe");
    private static final MethodHandle CREATE_FILE_W = DLL.function("CreateFileW");
    private static final MethodHandle SET_NAMED_PIPE_HANDLE_STATE = DLL.function("SetNamedPipeHandleState");
    private static final MethodHandle READ_FILE = DLL.function("ReadFile");
    private static final MethodHandle WRITE_FILE = DLL.function("WriteFile");
    private static final MethodHandle FLUSH_FILE_BUFFERS = DLL.function("FlushFileBuffers");
    private static final MethodHandle CANCEL_IO_EX = DLL.function("CancelIoEx");
    private static final MethodHandle GET_CURRENT_THREAD_ID = DLL.function("GetCurrentThreadId");
    private static final MethodHandle OPEN_THREAD = DLL.function("OpenThread");
    private static final MethodHandle CANCEL_SYNCHRONOUS_IO = DLL.function("CancelSynchronousIo");
    private static final MethodHandle CLOSE_HANDLE = DLL.function("CloseHandle");
    private static final MethodHandle CREATE_EVENT_W = DLL.function("CreateEventW");
    private static final MethodHandle SET_EVENT = DLL.function("SetEvent");
    private static final MethodHandle CREATE_WAITABLE_TIMER_EX_W = DLL.function("CreateWaitableTimerExW");
    private static final MethodHandle SET_WAITABLE_TIMER = DLL.function("SetWaitableTimer");
    private static final MethodHandle WAIT_FOR_MULTIPLE_OBJECTS = DLL.function("WaitForMultipleObjects");
    private static final MethodHandle LOCAL_FREE = DLL.function("LocalFree");
    private static final MethodHandle LSTRLEN_W = DLL.function("lstrlenW");

    @Override
    public long CreateIoCompletionPort(long file, long existingPort, long key, int concurrentThreads) {
        return Downcall.call(CREATE_IO_COMPLETION_PORT, file, existingPort, key, concurrentThreads);
    }

    @Override
    public int SetFileCompletionNotificationModes(long file, byte flags) {
        return (int) Downcall.call(SET_FILE_COMPLETION_NOTIFICATION_MODES, file, flags);
    }

    @Override
    public int GetQueuedCompletionStatusEx(
            long port, long entries, int count, long removed, int timeoutMillis, int alertable) {
        return (int)
                Downcall.call(GET_QUEUED_COMPLETION_STATUS_EX, port, entries, count, removed, timeoutMillis, alertable);
    }

    @Override
    public int PostQueuedCompletionStatus(long port, int bytes, long key, long overlapped) {
        return (int) Downcall.call(POST_QUEUED_COMPLETION_STATUS, port, bytes, key, overlapped);
    }

    @Override
    public long CreateNamedPipeW(
            long name,
            int openMode,
            int pipeMode,
            int maxInstances,
            int outBufferSize,
            int inBufferSize,
            int defaultTimeoutMillis,
            long securityAttributes) {
        return Downcall.call(
                CREATE_NAMED_PIPE_W,
                name,
                openMode,
                pipeMode,
                maxInstances,
                outBufferSize,
                inBufferSize,
                defaultTimeoutMillis,
                securityAttributes);
    }

    @Override
    public int ConnectNamedPipe(long pipe, long overlapped) {
        return (int) Downcall.call(CONNECT_NAMED_PIPE, pipe, overlapped);
    }

    @Override
    public int DisconnectNamedPipe(long pipe) {
        return (int) Downcall.call(DISCONNECT_NAMED_PIPE, pipe);
    }

    @Override
    public long CreateFileW(
            long name,
            int desiredAccess,
            int shareMode,
            long securityAttributes,
            int creationDisposition,
            int flagsAndAttributes,
            long templateFile) {
        return Downcall.call(
                CREATE_FILE_W,
                name,
                desiredAccess,
                shareMode,
                securityAttributes,
                creationDisposition,
                flagsAndAttributes,
                templateFile);
    }

    @Override
    public int SetNamedPipeHandleState(long pipe, long mode, long maxCollectionCount, long collectDataTimeout) {
        return (int) Downcall.call(SET_NAMED_PIPE_HANDLE_STATE, pipe, mode, maxCollectionCount, collectDataTimeout);
    }

    @Override
    public int ReadFile(long file, long buffer, int length, long bytesRead, long overlapped) {
        try {
            return (int) (long) READ_FILE.invokeExact(
                    CapturedError.segmentOfThread(), file, buffer, (long) length, bytesRead, overlapped);
        } catch (Throwable t) {
            throw Downcall.unexpected(t);
        }
    }

    @Override
    public int WriteFile(long file, long buffer, int length, long bytesWritten, long overlapped) {
        try {
            return (int) (long) WRITE_FILE.invokeExact(
                    CapturedError.segmentOfThread(), file, buffer, (long) length, bytesWritten, overlapped);
        } catch (Throwable t) {
            throw Downcall.unexpected(t);
        }
    }

    @Override
    public int FlushFileBuffers(long file) {
        return (int) Downcall.call(FLUSH_FILE_BUFFERS, file);
    }

    @Override
    public int CancelIoEx(long file, long overlapped) {
        return (int) Downcall.call(CANCEL_IO_EX, file, overlapped);
    }

    @Override
    public int GetCurrentThreadId() {
        return (int) Downcall.call(GET_CURRENT_THREAD_ID);
    }

    @Override
    public long OpenThread(int desiredAccess, int inheritHandle, int threadId) {
        return Downcall.call(OPEN_THREAD, desiredAccess, inheritHandle, threadId);
    }

    @Override
    public int CancelSynchronousIo(long thread) {
        return (int) Downcall.call(CANCEL_SYNCHRONOUS_IO, thread);
    }

    @Override
    public int CloseHandle(long handle) {
        return (int) Downcall.call(CLOSE_HANDLE, handle);
    }

    @Override
    public long CreateEventW(long securityAttributes, int manualReset, int initialState, long name) {
        return Downcall.call(CREATE_EVENT_W, securityAttributes, manualReset, initialState, name);
    }

    @Override
    public int SetEvent(long event) {
        return (int) Downcall.call(SET_EVENT, event);
    }

    @Override
    public long CreateWaitableTimerExW(long attributes, long name, int flags, int desiredAccess) {
        return Downcall.call(CREATE_WAITABLE_TIMER_EX_W, attributes, name, flags, desiredAccess);
    }

    @Override
    public int SetWaitableTimer(
            long timer, long dueTime, int periodMillis, long routine, long routineArgument, int resume) {
        return (int) Downcall.call(SET_WAITABLE_TIMER, timer, dueTime, periodMillis, routine, routineArgument, resume);
    }

    @Override
    public int WaitForMultipleObjects(int count, long handles, int waitAll, int timeoutMillis) {
        return (int) Downcall.call(WAIT_FOR_MULTIPLE_OBJECTS, count, handles, waitAll, timeoutMillis);
    }

    @Override
    public long LocalFree(long memory) {
        return Downcall.call(LOCAL_FREE, memory);
    }

    @Override
    public int lstrlenW(long text) {
        return (int) Downcall.call(LSTRLEN_W, text);
    }
}
