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
import org.namedpipe.netty.win32.Win32Error;
import org.namedpipe.netty.win32.Win32Exception;

/** A pipe could not be opened; the subclasses tell why, where a client may want to know. */
public class PipeConnectException extends ConnectException {
    private static final long serialVersionUID = 1L;

    private final int code;

    PipeConnectException(Win32Exception cause) {
        super(cause.getMessage());
        initCause(cause);
        code = cause.code();
    }

    /** The Win32 error code. */
    public final int code() {
        return code;
    }

    static PipeConnectException of(Win32Exception cause) {
        return switch (cause.code()) {
            case Win32Error.ERROR_PIPE_BUSY -> new Busy(cause);
            case Win32Error.ERROR_FILE_NOT_FOUND -> new NotFound(cause);
            case Win32Error.ERROR_ACCESS_DENIED -> new AccessDenied(cause);
            case Win32Error.ERROR_BAD_NETPATH,
                    Win32Error.ERROR_BAD_NET_NAME,
                    Win32Error.ERROR_NETNAME_DELETED,
                    Win32Error.ERROR_NETWORK_UNREACHABLE,
                    Win32Error.ERROR_HOST_UNREACHABLE,
                    Win32Error.ERROR_SEM_TIMEOUT -> new HostUnreachable(cause);
            default -> new PipeConnectException(cause);
        };
    }

    /** All instances of the pipe are taken, and the client does not wait: {@code ERROR_PIPE_BUSY}. */
    public static final class Busy extends PipeConnectException {
        private static final long serialVersionUID = 1L;

        Busy(Win32Exception cause) {
            super(cause);
        }
    }

    /** There is no such pipe: {@code ERROR_FILE_NOT_FOUND}. */
    public static final class NotFound extends PipeConnectException {
        private static final long serialVersionUID = 1L;

        NotFound(Win32Exception cause) {
            super(cause);
        }
    }

    /** The pipe's security, or its access mode, does not allow what the client asked for: {@code ERROR_ACCESS_DENIED}. */
    public static final class AccessDenied extends PipeConnectException {
        private static final long serialVersionUID = 1L;

        AccessDenied(Win32Exception cause) {
            super(cause);
        }
    }

    /** The computer that a remote pipe is on cannot be reached: {@code ERROR_BAD_NETPATH} and its like. */
    public static final class HostUnreachable extends PipeConnectException {
        private static final long serialVersionUID = 1L;

        HostUnreachable(Win32Exception cause) {
            super(cause);
        }
    }
}
