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
package org.namedpipe.netty;

import java.net.ConnectException;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/** Signals that a pipe could not be opened. The message says what to do; the subclasses are the causes that a client may handle. */
public class NamedPipeConnectException extends ConnectException {
    private static final long serialVersionUID = 1L;

    private final int code;

    NamedPipeConnectException(WindowsException cause, String advice) {
        super(cause.getMessage() + advice);
        initCause(cause);
        code = cause.code();
    }

    /** Returns the Win32 error code, see {@link org.namedpipe.netty.win32.WindowsError}. */
    public final int code() {
        return code;
    }

    /** Makes the exception for a call that failed when a client wanted to open a pipe as {@code wanted}. */
    static NamedPipeConnectException of(WindowsException cause, PipeEndMode wanted) {
        String advice = advice(cause, wanted);
        return switch (cause.code()) {
            case Win32Error.ERROR_PIPE_BUSY -> new Busy(cause, advice);
            case Win32Error.ERROR_FILE_NOT_FOUND -> new NotFound(cause, advice);
            case Win32Error.ERROR_ACCESS_DENIED -> new AccessDenied(cause, advice);
            case Win32Error.ERROR_BAD_NETPATH,
                    Win32Error.ERROR_BAD_NET_NAME,
                    Win32Error.ERROR_NETNAME_DELETED,
                    Win32Error.ERROR_NETWORK_UNREACHABLE,
                    Win32Error.ERROR_HOST_UNREACHABLE,
                    Win32Error.ERROR_SEM_TIMEOUT -> new HostUnreachable(cause, advice);
            default -> new NamedPipeConnectException(cause, advice);
        };
    }

    /** Says what to do. */
    private static String advice(WindowsException cause, PipeEndMode wanted) {
        return switch (cause.code()) {
            case Win32Error.ERROR_PIPE_BUSY ->
                "; all instances of the pipe are taken: connect later, or set CONNECT_POLICY to WAIT_WHILE_BUSY";
            case Win32Error.ERROR_FILE_NOT_FOUND ->
                "; no server has this name: start it first, or set CONNECT_POLICY to WAIT_FOR_SERVER";
            case Win32Error.ERROR_ACCESS_DENIED -> adviceOnAccess(wanted);
            case Win32Error.ERROR_INVALID_NAME ->
                "; the part of the name before a backslash may be the name of another pipe: check the name";
            case Win32Error.ERROR_INVALID_PARAMETER -> {
                boolean byteType = cause.operation().equals("SetNamedPipeHandleState");
                yield byteType ? "; the pipe is in byte mode: set PIPE_MODE to BYTE" : "";
            }
            case Win32Error.ERROR_BAD_NETPATH,
                    Win32Error.ERROR_BAD_NET_NAME,
                    Win32Error.ERROR_NETNAME_DELETED,
                    Win32Error.ERROR_NETWORK_UNREACHABLE,
                    Win32Error.ERROR_HOST_UNREACHABLE,
                    Win32Error.ERROR_SEM_TIMEOUT ->
                "; check the computer's name, the network, and that its firewall lets file sharing (SMB) through";
            default -> "";
        };
    }

    private static String adviceOnAccess(PipeEndMode wanted) {
        String oneWay = switch (wanted.access()) {
            case DUPLEX ->
                "the pipe goes one way: set PIPE_ACCESS to OUTBOUND if the server only writes, to INBOUND if it only reads";
            case INBOUND -> "the server does not read: PIPE_ACCESS is INBOUND here, and must be that of the server";
            case OUTBOUND -> "the server does not write: PIPE_ACCESS is OUTBOUND here, and must be that of the server";
        };
        String mode = wanted.access() == NamedPipeAccess.OUTBOUND && wanted.needsReadMode()
                ? ", or it does not grant FILE_WRITE_ATTRIBUTES, which only PIPE_MODE MESSAGE needs"
                : "";
        return "; either the pipe's security descriptor does not admit this user" + mode + ", or " + oneWay;
    }

    /** Signals that all instances of the pipe are taken, and the client does not wait: {@code ERROR_PIPE_BUSY}. */
    public static final class Busy extends NamedPipeConnectException {
        private static final long serialVersionUID = 1L;

        Busy(WindowsException cause, String advice) {
            super(cause, advice);
        }
    }

    /** Signals that the pipe does not exist: {@code ERROR_FILE_NOT_FOUND}. */
    public static final class NotFound extends NamedPipeConnectException {
        private static final long serialVersionUID = 1L;

        NotFound(WindowsException cause, String advice) {
            super(cause, advice);
        }
    }

    /** Signals that the pipe's security or its access mode does not allow what the client asked for: {@code ERROR_ACCESS_DENIED}. */
    public static final class AccessDenied extends NamedPipeConnectException {
        private static final long serialVersionUID = 1L;

        AccessDenied(WindowsException cause, String advice) {
            super(cause, advice);
        }
    }

    /** Signals that the computer of a remote pipe cannot be reached: {@code ERROR_BAD_NETPATH} and its like. */
    public static final class HostUnreachable extends NamedPipeConnectException {
        private static final long serialVersionUID = 1L;

        HostUnreachable(WindowsException cause, String advice) {
            super(cause, advice);
        }
    }
}
