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
 * The Windows calls this transport makes, as one interface of primitives, so that a model of the kernel can stand in for
 * Windows in tests.
 *
 * <p>Handles and addresses travel as {@code long}. A method that returns a <em>code</em> returns
 * {@link Win32Error#ERROR_SUCCESS} or the Win32 error code of the call. A method that returns a <em>value</em> returns
 * it as a number that is not negative, or the <em>negated</em> Win32 error code; {@link Win32Error#isError(long)}
 * returns which. No method throws for a call that fails, and reading and writing do not allocate.
 *
 * <p>All methods may be called from any thread. The layer above decides which thread calls what, and when
 * memory that belongs to the kernel may be used again.
 */
public interface Kernel extends SecurityKernel, TimerKernel {

    // ---- completion ports

    /**
     * Creates a completion port for one concurrent thread.
     *
     * @return the port's handle, or a negated error code
     * @see <a href="https://learn.microsoft.com/windows/win32/fileio/createiocompletionport">CreateIoCompletionPort</a>
     */
    long createIoCompletionPort();

    /**
     * Associates a handle with a port, for the life of the handle. {@code ERROR_INVALID_PARAMETER} if it already belongs
     * to a port.
     *
     * @return a code
     * @see <a href="https://learn.microsoft.com/windows/win32/fileio/createiocompletionport">CreateIoCompletionPort</a>
     */
    int associate(long handle, long port, long key);

    /**
     * Sets {@link Win32Constants#FILE_SKIP_COMPLETION_PORT_ON_SUCCESS} and its sibling on a handle.
     *
     * @return a code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-setfilecompletionnotificationmodes">SetFileCompletionNotificationModes</a>
     */
    int setFileCompletionNotificationModes(long handle, int modes);

    /**
     * Waits for packets. Blocks for at most {@code timeoutMillis}; {@code 0} polls and {@code -1} waits for ever.
     *
     * @param entries address of {@code capacity} entries laid out as {@link OverlappedEntry} says
     * @return the number of packets written to {@code entries}, {@code 0} when the time ran out, or a negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/fileio/getqueuedcompletionstatusex-func">GetQueuedCompletionStatusEx</a>
     */
    int getQueuedCompletionStatusEx(long port, long entries, int capacity, int timeoutMillis);

    /**
     * Queues a packet of our own.
     *
     * @return a code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/fileio/postqueuedcompletionstatus">PostQueuedCompletionStatus</a>
     */
    int postQueuedCompletionStatus(long port, int bytes, long key, long overlapped);

    // ---- pipes

    /**
     * Creates one instance of a named pipe.
     *
     * @param path the full name, {@code \\.\pipe\name}
     * @param openMode {@code PIPE_ACCESS_*} and {@code FILE_FLAG_*} bits
     * @param pipeMode {@code PIPE_TYPE_*}, {@code PIPE_READMODE_*} and {@code PIPE_*_REMOTE_CLIENTS} bits
     * @param maxInstances 1 to 254, or {@link Win32Constants#PIPE_UNLIMITED_INSTANCES}
     * @param outQuota bytes a server may write ahead of the client's reads
     * @param inQuota bytes a client may write ahead of the server's reads
     * @param defaultTimeoutMillis what {@code WaitNamedPipe} waits by default; 0 means 50 ms
     * @param securityDescriptor address of a self-relative security descriptor, or 0 for the system's default
     * @return the instance's handle, not inheritable, or a negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/namedpipeapi/nf-namedpipeapi-createnamedpipew">CreateNamedPipeW</a>
     */
    long createNamedPipe(
            String path,
            int openMode,
            int pipeMode,
            int maxInstances,
            int outQuota,
            int inQuota,
            int defaultTimeoutMillis,
            long securityDescriptor);

    /**
     * Creates one more instance of a local pipe that exists, without the right to read or write, to own its name by:
     * {@code FILE_OPEN} and {@code SYNCHRONIZE}. The caller needs {@code FILE_CREATE_PIPE_INSTANCE} on the pipe. On Windows no
     * client can connect to the instance: {@link #disconnectNamedPipe} then returns {@code ERROR_PIPE_NOT_CONNECTED}. Under
     * Wine a client can, and it returns {@code ERROR_PIPE_LISTENING}.
     *
     * @param path the full name, {@code \\.\pipe\name}
     * @param openMode the {@code PIPE_ACCESS_*} bits of the other instances
     * @param pipeMode the {@code PIPE_TYPE_*} and {@code PIPE_*_REMOTE_CLIENTS} bits of the other instances
     * @return the instance's handle, not inheritable, or a negated error code; on Windows {@code ERROR_FILE_NOT_FOUND} if
     *     there is no such pipe
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/devnotes/nt-create-named-pipe-file">NtCreateNamedPipeFile</a>
     */
    long holdNamedPipe(String path, int openMode, int pipeMode);

    /**
     * Starts to wait for a client on a server end. The usual outcomes are {@code ERROR_IO_PENDING},
     * {@code ERROR_PIPE_CONNECTED} (a client is there already) and {@code ERROR_NO_DATA} (one came and went).
     *
     * @return a code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/namedpipeapi/nf-namedpipeapi-connectnamedpipe">ConnectNamedPipe</a>
     */
    int connectNamedPipe(long handle, long overlapped);

    /**
     * Cuts the client off and destroys what it has not read.
     *
     * @return a code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/namedpipeapi/nf-namedpipeapi-disconnectnamedpipe">DisconnectNamedPipe</a>
     */
    int disconnectNamedPipe(long handle);

    /**
     * Opens the client end of a pipe with {@code OPEN_EXISTING} and no sharing.
     *
     * @param path the full name, {@code \\.\pipe\name} or {@code \\host\pipe\name}; the latter may block in the network
     * @param flags {@code FILE_FLAG_OVERLAPPED}, {@code SECURITY_SQOS_PRESENT} and its levels
     * @return the handle, not inheritable, or a negated error code
     * @see <a href="https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-createfilew">CreateFileW</a>
     */
    long createFile(String path, int desiredAccess, int flags);

    /**
     * Sets the read mode of a pipe end.
     *
     * @return a code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/namedpipeapi/nf-namedpipeapi-setnamedpipehandlestate">SetNamedPipeHandleState</a>
     */
    int setNamedPipeHandleState(long handle, int mode);

    /**
     * Asks one end of a local pipe for its state and its quotas. Windows answers at once, and waits neither on the handle nor
     * for the peer. The handle needs {@code FILE_READ_ATTRIBUTES}, which all have but a server's for {@code
     * PIPE_ACCESS_OUTBOUND}; that gets {@code ERROR_ACCESS_DENIED}. A disconnected client gets {@code
     * ERROR_PIPE_NOT_CONNECTED}. A pipe of another computer is asked over the network.
     *
     * @param information address of {@link PipeLocalInformation#SIZE} bytes for the answer
     * @return a code
     * @see <a
     *     href="https://learn.microsoft.com/windows-hardware/drivers/ddi/ntifs/nf-ntifs-ntqueryinformationfile">NtQueryInformationFile</a>
     */
    int queryPipe(long handle, long information);

    /**
     * Starts a read. The number of bytes of a read that ended at once is in {@link Overlapped#INTERNAL_HIGH}.
     *
     * @return a code; only {@code ERROR_IO_PENDING} leaves {@code buffer} and {@code overlapped} with the kernel, unless
     *     the handle posts packets on success too
     * @see <a href="https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-readfile">ReadFile</a>
     */
    int readFile(long handle, long buffer, int length, long overlapped);

    /**
     * Starts a write; otherwise as {@link #readFile}.
     *
     * @return a code
     * @see <a href="https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-writefile">WriteFile</a>
     */
    int writeFile(long handle, long buffer, int length, long overlapped);

    /**
     * Waits until the peer has read everything that was written. Blocks for as long as that takes, also on an overlapped
     * handle; a broken pipe, {@link #cancelIoEx} and {@link #cancelSynchronousIo} end it.
     *
     * @return a code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-flushfilebuffers">FlushFileBuffers</a>
     */
    int flushFileBuffers(long handle);

    /**
     * Asks for an operation to end early. Its memory stays with the kernel until its packet is dequeued, whatever this
     * returns.
     *
     * @param overlapped the operation's, or 0 for all of the handle's, a flush among them
     * @return a code; {@code ERROR_NOT_FOUND} if the operation has already ended
     * @see <a href="https://learn.microsoft.com/windows/win32/fileio/cancelioex-func">CancelIoEx</a>
     */
    int cancelIoEx(long handle, long overlapped);

    /**
     * Opens the calling thread, for {@link #cancelSynchronousIo}.
     *
     * @return a handle, or a negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-openthread">OpenThread</a>
     */
    long openCurrentThread();

    /**
     * Asks for the call that a thread blocks in to end early, with {@code ERROR_OPERATION_ABORTED}. Does not wait for that.
     *
     * @param thread from {@link #openCurrentThread}
     * @return a code; {@code ERROR_NOT_FOUND} if the thread is in no call that can be cancelled
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/fileio/cancelsynchronousio-func">CancelSynchronousIo</a>
     */
    int cancelSynchronousIo(long thread);

    /**
     * Closes any handle. Operations outstanding on it end with an error, and their packets still come.
     *
     * @return a code
     * @see <a href="https://learn.microsoft.com/windows/win32/api/handleapi/nf-handleapi-closehandle">CloseHandle</a>
     */
    int closeHandle(long handle);

    // ---- events

    /**
     * Creates an auto-reset event that is not signalled.
     *
     * @return the event's handle, or a negated error code
     * @see <a href="https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-createeventw">CreateEventW</a>
     */
    long createEvent();

    /**
     * Calls {@link WaitListener#signalled()}, on a thread that belongs to the kernel, once each time an event becomes
     * signalled, until {@link #unregisterWait}, or until {@link WaitListener#failed(int)} says that the wait has ended
     * early. The event must stay open until {@link #unregisterWait}.
     *
     * @return a handle of the wait, or a negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-waitformultipleobjects">WaitForMultipleObjects</a>
     */
    long registerWait(long event, WaitListener listener);

    /**
     * Ends a wait. When this returns no call of its listener is running and none will start. Must not be called from the
     * listener.
     *
     * @return a code
     */
    int unregisterWait(long wait);

    // ---- errors

    /**
     * The Win32 error code of the status a packet carries.
     *
     * @return a code, {@code ERROR_SUCCESS} for {@code STATUS_SUCCESS}
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/winternl/nf-winternl-rtlntstatustodoserror">RtlNtStatusToDosError</a>
     */
    int ntStatusToWin32(int status);
}
