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

import java.util.concurrent.Callable;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.TokenInformation;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/**
 * Acts for the client of a pipe, on the calling thread, which must not be an event loop's. Has a handle of its own to the
 * pipe: the channel may close its own meanwhile, and Windows give the number to another pipe.
 */
final class ClientImpersonation implements AutoCloseable {
    private final Kernel kernel;
    private final String pipe;
    private final InstanceHandles handles;
    private final long handle;

    /** For a channel that is open; on its event loop. */
    ClientImpersonation(Kernel kernel, String pipe, InstanceHandles handles, long channelHandle)
            throws WindowsException {
        this.kernel = kernel;
        this.pipe = pipe;
        this.handles = handles;
        long duplicate = handles.duplicate(kernel, channelHandle);
        if (Win32Error.isError(duplicate)) {
            throw new WindowsException("DuplicateHandle", pipe, Win32Error.codeOf(duplicate));
        }
        handle = duplicate;
    }

    /** Returns the facts of the client's token. */
    TokenInformation token() throws Exception {
        long[] token = {-Win32Error.ERROR_NO_TOKEN};
        try {
            asClient(() -> token[0] = kernel.openThreadToken());
            if (Win32Error.isError(token[0])) {
                throw new WindowsException("OpenThreadToken", pipe, Win32Error.codeOf(token[0]));
            }
            return kernel.tokenInformation(token[0]);
        } finally {
            if (!Win32Error.isError(token[0])) {
                kernel.closeHandle(token[0]);
            }
        }
    }

    /**
     * Runs something in the client's name, if the client allows it.
     *
     * <p>One that only identifies itself is turned away before: under its token not even a class could be loaded, and one
     * that fails to load stays broken for everybody.
     */
    <V> V call(Callable<V> task) throws Exception {
        if (token().impersonationLevel() < TokenInformation.IMPERSONATION) {
            throw new WindowsException("ImpersonateNamedPipeClient", pipe, Win32Error.ERROR_BAD_IMPERSONATION_LEVEL);
        }
        return asClient(task);
    }

    /** @throws NamedPipeRevertToSelfError to be let through, so that it ends the thread */
    private <V> V asClient(Callable<V> task) throws Exception {
        int code = kernel.impersonateNamedPipeClient(handle);
        if (code != Win32Error.ERROR_SUCCESS) {
            throw new WindowsException("ImpersonateNamedPipeClient", pipe, code);
        }
        try {
            return task.call();
        } finally {
            revert();
        }
    }

    private void revert() {
        int code = kernel.revertToSelf();
        if (code != Win32Error.ERROR_SUCCESS) {
            throw new NamedPipeRevertToSelfError(new WindowsException("RevertToSelf", pipe, code));
        }
    }

    @Override
    public void close() {
        handles.close(kernel, handle);
    }
}
