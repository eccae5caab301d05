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
package org.namedpipe.netty.microbench.harness;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/** Clients that consist of a handle only, so that all measured memory belongs to the server's connections. */
final class IdleClients implements AutoCloseable {
    private static final int CONNECT_SECONDS = 60;
    private static final long RETRY_NANOS = 100_000;

    private final Kernel kernel;
    private final long[] handles;
    private int open;

    /** Opens {@code count} clients. */
    IdleClients(Kernel kernel, NamedPipeAddress address, int count) throws WindowsException {
        this.kernel = kernel;
        handles = new long[count];
        while (open < count) {
            handles[open] = connect(address.path());
            open++;
        }
    }

    int count() {
        return open;
    }

    private long connect(String path) throws WindowsException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONNECT_SECONDS);
        while (true) {
            long handle = kernel.createFile(
                    path,
                    Win32Constants.GENERIC_READ | Win32Constants.GENERIC_WRITE,
                    Win32Constants.FILE_FLAG_OVERLAPPED);
            if (!Win32Error.isError(handle)) {
                return handle;
            }
            if (Win32Error.codeOf(handle) != Win32Error.ERROR_PIPE_BUSY || System.nanoTime() > deadline) {
                throw new WindowsException("CreateFile", path, Win32Error.codeOf(handle));
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < open; i++) {
            kernel.closeHandle(handles[i]);
        }
    }
}
