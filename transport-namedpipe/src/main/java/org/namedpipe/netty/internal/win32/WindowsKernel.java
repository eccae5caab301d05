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

import static org.namedpipe.netty.internal.win32.Win32.KERNEL32;
import static org.namedpipe.netty.internal.win32.Win32.NTDLL;
import static org.namedpipe.netty.internal.win32.Win32.lastError;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;

import java.lang.invoke.MethodHandles;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The Windows of this process, called through a {@link Binding}. Needs 64-bit Windows, and loads nothing before
 * {@link #instance()} is called.
 */
public final class WindowsKernel extends WindowsTimerKernel implements Kernel {
    private static final long INVALID_HANDLE_VALUE = -1;
    private static final int OPEN_EXISTING = 3;
    private static final int THREAD_TERMINATE = 0x1;
    /** {@code FilePipeLocalInformation} of {@code FILE_INFORMATION_CLASS}. */
    private static final int FILE_PIPE_LOCAL_INFORMATION = 24;

    /** Tried once, when first asked for; remembers why it failed. */
    private static final class Loaded {
        static final @Nullable WindowsKernel KERNEL;
        static final @Nullable Throwable FAILURE;

        static {
            WindowsKernel kernel = null;
            Throwable failure = null;
            try {
                kernel = load();
            } catch (Throwable t) {
                // JNA throws a plain Error if its native library is of another version.
                failure = t;
            }
            KERNEL = kernel;
            FAILURE = failure;
        }
    }

    private WindowsKernel() {}

    /**
     * The one instance.
     *
     * @throws UnsatisfiedLinkError if this is not 64-bit Windows, or the binding cannot be used; its cause says why
     */
    public static WindowsKernel instance() {
        WindowsKernel kernel = Loaded.KERNEL;
        if (kernel == null) {
            UnsatisfiedLinkError error =
                    new UnsatisfiedLinkError("the Windows API cannot be called: " + Loaded.FAILURE);
            error.initCause(Loaded.FAILURE);
            throw error;
        }
        return kernel;
    }

    private static WindowsKernel load() throws IllegalAccessException {
        // Before the binding is touched: JNA would unpack its own library first.
        String os = System.getProperty("os.name", "");
        if (!os.toLowerCase(Locale.ROOT).startsWith("windows")) {
            throw new UnsupportedOperationException("needs Windows, and this is " + os);
        }
        if (Binding.CHOSEN.pointerSize() != Long.BYTES) {
            throw new UnsupportedOperationException("needs a 64-bit JVM");
        }
        // Now rather than at the first call, so that NamedPipe.isAvailable() returns the truth.
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        lookup.ensureInitialized(Win32.class);
        // These too, so that no thread that acts for a client loads them from files.
        lookup.ensureInitialized(Tokens.class);
        lookup.ensureInitialized(Sids.class);
        lookup.ensureInitialized(Accounts.class);
        lookup.ensureInitialized(WideText.class);
        lookup.ensureInitialized(TokenInformation.class);
        return new WindowsKernel();
    }

    private static int code(int succeeded) {
        return succeeded != 0 ? ERROR_SUCCESS : lastError();
    }

    private static long handle(long handleOrNull) {
        return handleOrNull != 0 ? handleOrNull : -lastError();
    }

    // ---- completion ports

    @Override
    public long createIoCompletionPort() {
        return handle(KERNEL32.CreateIoCompletionPort(INVALID_HANDLE_VALUE, 0, 0, 1));
    }

    @Override
    public int associate(long handle, long port, long key) {
        return KERNEL32.CreateIoCompletionPort(handle, port, key, 0) != 0 ? ERROR_SUCCESS : lastError();
    }

    @Override
    public int setFileCompletionNotificationModes(long handle, int modes) {
        return code(KERNEL32.SetFileCompletionNotificationModes(handle, (byte) modes));
    }

    @Override
    public int getQueuedCompletionStatusEx(long port, long entries, int capacity, int timeoutMillis) {
        Scratch scratch = Scratch.ofThread();
        if (KERNEL32.GetQueuedCompletionStatusEx(port, entries, capacity, scratch.address(), timeoutMillis, 0) != 0) {
            return scratch.getInt();
        }
        int error = lastError();
        return error == Win32Error.WAIT_TIMEOUT ? 0 : -error;
    }

    @Override
    public int postQueuedCompletionStatus(long port, int bytes, long key, long overlapped) {
        return code(KERNEL32.PostQueuedCompletionStatus(port, bytes, key, overlapped));
    }

    // ---- pipes

    @Override
    public long createNamedPipe(
            String path,
            int openMode,
            int pipeMode,
            int maxInstances,
            int outQuota,
            int inQuota,
            int defaultTimeoutMillis,
            long securityDescriptor) {
        Scratch scratch = Scratch.ofThread();
        long attributes = securityDescriptor == 0
                ? 0
                : scratch.putSecurityAttributes(securityDescriptor).address();
        long handle = KERNEL32.CreateNamedPipeW(
                scratch.path(path),
                openMode,
                pipeMode,
                maxInstances,
                outQuota,
                inQuota,
                defaultTimeoutMillis,
                attributes);
        return handle != INVALID_HANDLE_VALUE ? handle : -lastError();
    }

    @Override
    public long holdNamedPipe(String path, int openMode, int pipeMode) {
        return PipeHold.hold(path, openMode, pipeMode);
    }

    @Override
    public int connectNamedPipe(long handle, long overlapped) {
        return code(KERNEL32.ConnectNamedPipe(handle, overlapped));
    }

    @Override
    public int disconnectNamedPipe(long handle) {
        return code(KERNEL32.DisconnectNamedPipe(handle));
    }

    @Override
    public long createFile(String path, int desiredAccess, int flags) {
        long handle = KERNEL32.CreateFileW(Scratch.ofThread().path(path), desiredAccess, 0, 0, OPEN_EXISTING, flags, 0);
        return handle != INVALID_HANDLE_VALUE ? handle : -lastError();
    }

    @Override
    public int setNamedPipeHandleState(long handle, int mode) {
        Scratch scratch = Scratch.ofThread().putInt(mode);
        return code(KERNEL32.SetNamedPipeHandleState(handle, scratch.address(), 0, 0));
    }

    @Override
    public int queryPipe(long handle, long information) {
        long status = Scratch.ofThread().address();
        return ntStatusToWin32(NTDLL.NtQueryInformationFile(
                handle, status, information, PipeLocalInformation.SIZE, FILE_PIPE_LOCAL_INFORMATION));
    }

    @Override
    public int readFile(long handle, long buffer, int length, long overlapped) {
        return code(KERNEL32.ReadFile(handle, buffer, length, 0, overlapped));
    }

    @Override
    public int writeFile(long handle, long buffer, int length, long overlapped) {
        return code(KERNEL32.WriteFile(handle, buffer, length, 0, overlapped));
    }

    @Override
    public int flushFileBuffers(long handle) {
        return code(KERNEL32.FlushFileBuffers(handle));
    }

    @Override
    public int cancelIoEx(long handle, long overlapped) {
        return code(KERNEL32.CancelIoEx(handle, overlapped));
    }

    @Override
    public long openCurrentThread() {
        return handle(KERNEL32.OpenThread(THREAD_TERMINATE, 0, KERNEL32.GetCurrentThreadId()));
    }

    @Override
    public int cancelSynchronousIo(long thread) {
        return code(KERNEL32.CancelSynchronousIo(thread));
    }

    @Override
    public int closeHandle(long handle) {
        return code(KERNEL32.CloseHandle(handle));
    }

    // ---- events

    @Override
    public long createEvent() {
        return handle(KERNEL32.CreateEventW(0, 0, 0, 0));
    }

    @Override
    public long registerWait(long event, WaitListener listener) {
        return WindowsWaits.pool().register(event, listener);
    }

    @Override
    public int unregisterWait(long wait) {
        return WindowsWaits.pool().unregister(wait);
    }

    // ---- errors

    @Override
    public int ntStatusToWin32(int status) {
        return NTDLL.RtlNtStatusToDosError(status);
    }
}
