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

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * Opens the client's end of a pipe: {@code CreateFile}, the check of the server, {@code SetNamedPipeHandleState}. Any thread;
 * for a pipe of another computer each of these may wait for the network.
 */
record PipeOpen(Kernel kernel, NamedPipeAddress server, PipeEndMode shape, int flags, NamedPipeServerTrust trust) {

    /** Makes the calls that may block. */
    interface Caller {
        /** Returns what {@code call} returns, or a negated error code. */
        long call(LongSupplier call);
    }

    /** The result: an open handle, or a call that failed with a code, or what else went wrong. */
    record Outcome(
            String call, long handleOrError, @Nullable Throwable failure) {
        boolean isOpen() {
            return !Win32Error.isError(handleOrError);
        }

        /** The Win32 error code. */
        int code() {
            return isOpen() ? Win32Error.ERROR_SUCCESS : Win32Error.codeOf(handleOrError);
        }
    }

    /** Returns whether a code of {@code CreateFile} concerns the pipe, not one client. */
    static boolean concernsName(int code) {
        return code == Win32Error.ERROR_PIPE_BUSY || code == Win32Error.ERROR_FILE_NOT_FOUND;
    }

    /** Opens the pipe on this thread. */
    Outcome run() {
        return run(LongSupplier::getAsLong);
    }

    /** Opens the pipe on this thread, with {@code caller} to make the calls that may wait for the network. */
    Outcome run(Caller caller) {
        long handle = Win32Error.ERROR_SUCCESS;
        try {
            int access = shape.desiredAccess();
            handle = caller.call(() -> kernel.createFile(server.path(), access, flags));
            return Win32Error.isError(handle) ? new Outcome("CreateFile", handle, null) : prepared(caller, handle);
        } catch (Throwable t) {
            if (handle > 0) {
                kernel.closeHandle(handle);
            }
            return new Outcome("CreateFile", -Win32Error.ERROR_GEN_FAILURE, t);
        }
    }

    /** Checks the server and sets the read mode. Closes the handle if either fails. */
    private Outcome prepared(Caller caller, long handle) {
        NamedPipeUntrustedServerException distrust = trust.check(kernel, handle, server);
        long code = Win32Error.ERROR_SUCCESS;
        if (distrust != null) {
            code = -Win32Error.ERROR_ACCESS_DENIED;
        } else if (shape.needsReadMode()) {
            int mode = shape.mode().readMode();
            code = caller.call(() -> -kernel.setNamedPipeHandleState(handle, mode));
        }
        if (code == Win32Error.ERROR_SUCCESS) {
            return new Outcome("CreateFile", handle, null);
        }
        // Made first: if it cannot be, the caller closes the handle, which must not be closed twice.
        Outcome failed = new Outcome("SetNamedPipeHandleState", code, distrust);
        kernel.closeHandle(handle);
        return failed;
    }
}
