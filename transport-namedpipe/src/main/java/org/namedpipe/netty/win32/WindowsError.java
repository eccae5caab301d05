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
package org.namedpipe.netty.win32;

import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * Win32 error codes that a program may want to handle, by their names in {@code winerror.h}. Other codes can occur, too.
 *
 * @see WindowsException#code()
 * @see <a href="https://learn.microsoft.com/windows/win32/debug/system-error-codes">System Error Codes</a>
 */
public final class WindowsError {
    /** The pipe does not exist. */
    public static final int ERROR_FILE_NOT_FOUND = Win32Error.ERROR_FILE_NOT_FOUND;

    /** The security descriptor or the access mode does not allow the call. */
    public static final int ERROR_ACCESS_DENIED = Win32Error.ERROR_ACCESS_DENIED;

    /** The computer of a remote pipe was not found. */
    public static final int ERROR_BAD_NETPATH = Win32Error.ERROR_BAD_NETPATH;

    /** The computer of a remote pipe does not offer its pipes. */
    public static final int ERROR_BAD_NET_NAME = Win32Error.ERROR_BAD_NET_NAME;

    /** An argument is invalid, for example {@code MESSAGE} mode for a pipe in byte mode. */
    public static final int ERROR_INVALID_PARAMETER = Win32Error.ERROR_INVALID_PARAMETER;

    /** The peer has closed its end. */
    public static final int ERROR_BROKEN_PIPE = Win32Error.ERROR_BROKEN_PIPE;

    /** The computer of a remote pipe did not answer in time. */
    public static final int ERROR_SEM_TIMEOUT = Win32Error.ERROR_SEM_TIMEOUT;

    /** The name of the pipe is invalid. */
    public static final int ERROR_INVALID_NAME = Win32Error.ERROR_INVALID_NAME;

    /** All instances of the pipe are taken. */
    public static final int ERROR_PIPE_BUSY = Win32Error.ERROR_PIPE_BUSY;

    /** The peer is closing its end. */
    public static final int ERROR_NO_DATA = Win32Error.ERROR_NO_DATA;

    /** The server has disconnected the client. */
    public static final int ERROR_PIPE_NOT_CONNECTED = Win32Error.ERROR_PIPE_NOT_CONNECTED;

    /** The operation was cancelled, because the channel was closed. */
    public static final int ERROR_OPERATION_ABORTED = Win32Error.ERROR_OPERATION_ABORTED;

    /** The computer of a remote pipe cannot be reached. */
    public static final int ERROR_HOST_UNREACHABLE = Win32Error.ERROR_HOST_UNREACHABLE;

    /** The process has no logon session. */
    public static final int ERROR_NO_SUCH_LOGON_SESSION = Win32Error.ERROR_NO_SUCH_LOGON_SESSION;

    /** The client does not allow the server to act in its name. */
    public static final int ERROR_BAD_IMPERSONATION_LEVEL = Win32Error.ERROR_BAD_IMPERSONATION_LEVEL;

    /** The client does not let the server identify it. */
    public static final int ERROR_CANT_OPEN_ANONYMOUS = Win32Error.ERROR_CANT_OPEN_ANONYMOUS;

    /** Nothing was read from the client yet. */
    public static final int ERROR_CANNOT_IMPERSONATE = Win32Error.ERROR_CANNOT_IMPERSONATE;

    /** Windows lacks the memory for the call. */
    public static final int ERROR_NO_SYSTEM_RESOURCES = Win32Error.ERROR_NO_SYSTEM_RESOURCES;

    private WindowsError() {}
}
