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
package org.namedpipe.netty.testkit;

import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.PipeLocalInformation;
import org.namedpipe.netty.internal.win32.Win32Error;

/** Queries the state of a pipe end. */
public final class PipeQuery {
    private PipeQuery() {}

    /** Returns the information about a pipe end. Throws an AssertionError if the query fails. */
    static PipeLocalInformation of(Kernel kernel, long handle) {
        PipeLocalInformation information = new PipeLocalInformation();
        int code = information.query(kernel, handle);
        if (code != Win32Error.ERROR_SUCCESS) {
            throw new AssertionError("NtQueryInformationFile of " + handle + ": " + Win32Error.describe(code));
        }
        return information;
    }

    /**
     * Returns the number of bytes that can be read now, or a negated error code: {@code ERROR_BROKEN_PIPE} if the peer has
     * closed and everything is read, {@code ERROR_BAD_PIPE} if a server end has no client, {@code ERROR_PIPE_NOT_CONNECTED} if
     * the server has disconnected this client end.
     */
    public static int available(Kernel kernel, long handle) {
        PipeLocalInformation information = new PipeLocalInformation();
        int code = information.query(kernel, handle);
        if (code != Win32Error.ERROR_SUCCESS) {
            return -code;
        }
        int available = information.readDataAvailable();
        return switch (information.state()) {
            case PipeLocalInformation.CONNECTED -> available;
            case PipeLocalInformation.CLOSING -> available == 0 ? -Win32Error.ERROR_BROKEN_PIPE : available;
            default -> -Win32Error.ERROR_BAD_PIPE;
        };
    }
}
