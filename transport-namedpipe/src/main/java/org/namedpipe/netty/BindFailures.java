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

import java.net.BindException;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/** Says why an instance could not be created, and what to do about it. */
final class BindFailures {
    private static final String TAKEN =
            "the name is taken, by another server or by channels that an earlier server accepted and that are still open";
    private static final String NOT_ALLOWED =
            ", or this process may not create it (a protected prefix, an app container, "
                    + "or an owner or label in SECURITY)";
    private static final String REFUSED = "the name exists, and its servers have another PIPE_ACCESS, or its "
            + "descriptor does not let this process create instances (FILE_CREATE_PIPE_INSTANCE), or this process may not "
            + "create the name";
    private static final String BEHIND_A_PIPE =
            "the part of the name before a backslash may be the name of another pipe; choose another name";
    private static final String NO_FURTHER =
            "the descriptor does not let this process create further instances; in SECURITY, "
                    + "grant its user FILE_CREATE_PIPE_INSTANCE, as full access (FA) does, or set MAX_INSTANCES to 1";

    private BindFailures() {}

    /** Windows has refused {@code FILE_FLAG_FIRST_PIPE_INSTANCE}. */
    static BindException first(WindowsException cause) {
        return failed(cause, cause.code() == Win32Error.ERROR_ACCESS_DENIED ? TAKEN + NOT_ALLOWED : TAKEN);
    }

    /** Windows has refused an instance of a name that may be another server's. */
    static BindException joining(WindowsException cause) {
        return failed(cause, REFUSED);
    }

    /** Windows has refused an instance of a name of our own. */
    static BindException further(WindowsException cause) {
        return failed(cause, NO_FURTHER);
    }

    /** There is no place for an instance of ours. */
    static BindException full(WindowsException cause) {
        return failed(cause, "other servers of the name have all the instances it may have (MAX_INSTANCES)");
    }

    /** Any other failure of {@code bind}. */
    static BindException other(WindowsException cause) {
        return switch (cause.code()) {
            case Win32Error.ERROR_PIPE_BUSY -> full(cause);
            case Win32Error.ERROR_INVALID_NAME -> failed(cause, BEHIND_A_PIPE);
            default -> exception(cause, cause.getMessage());
        };
    }

    private static BindException failed(WindowsException cause, String hint) {
        return exception(cause, cause.getMessage() + ": " + hint);
    }

    private static BindException exception(WindowsException cause, @Nullable String message) {
        BindException exception = new BindException(message);
        exception.initCause(cause);
        return exception;
    }
}
