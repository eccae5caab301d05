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

import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * Opens the token of the process at the other end of a local pipe, if it is certain to be that process. The kernel noted a
 * number when the pipe was opened, and gives the number to another process when that one has ended.
 */
final class PeerProcess {
    /** No token, as a negated error code. */
    static final long NO_TOKEN = -Win32Error.ERROR_NO_TOKEN;

    private PeerProcess() {}

    /**
     * Opens the token. On the loop.
     *
     * @return a handle, or a negated error code if Windows does not give it or anything was not proved
     */
    static long openToken(PipeHandle pipe, long processId) {
        Kernel kernel = pipe.kernel();
        // As long as this handle is open the number cannot pass to another process.
        long process = kernel.openProcess(processId);
        if (Win32Error.isError(process)) {
            return process;
        }
        try {
            return isPeer(pipe, process) ? verifiedToken(pipe, process) : NO_TOKEN;
        } finally {
            kernel.closeHandle(process);
        }
    }

    /** A process that was there before the pipe was connected, and still is, had its number all the time. */
    private static boolean isPeer(PipeHandle pipe, long process) {
        long created = pipe.kernel().processCreationTime(process);
        return !Win32Error.isError(created)
                && pipe.connectedAt().isPreceded(created, ConnectionTime.now(pipe.kernel()));
    }

    private static long verifiedToken(PipeHandle pipe, long process) {
        long token = pipe.kernel().openProcessToken(process);
        if (!Win32Error.isError(token) && !pipe.isConnected()) {
            pipe.kernel().closeHandle(token);
            return -Win32Error.ERROR_PIPE_NOT_CONNECTED;
        }
        return token;
    }
}
