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
package org.namedpipe.netty.testing;

import java.nio.charset.StandardCharsets;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.NativeMemory;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;

/** A client that calls the kernel without Netty, for peers that misbehave. */
public final class RawClient implements AutoCloseable {
    private final Kernel kernel;
    private final long handle;

    private RawClient(Kernel kernel, long handle) {
        this.kernel = kernel;
        this.handle = handle;
    }

    /** Opens {@code path}, and tries again while all instances are busy. */
    public static RawClient open(Kernel kernel, String path) {
        while (true) {
            long handle = kernel.createFile(
                    path,
                    Win32Constants.GENERIC_READ | Win32Constants.GENERIC_WRITE,
                    Win32Constants.FILE_FLAG_OVERLAPPED);
            if (!Win32Error.isError(handle)) {
                return new RawClient(kernel, handle);
            }
            if (Win32Error.codeOf(handle) != Win32Error.ERROR_PIPE_BUSY) {
                throw new AssertionError("CreateFile(" + path + "): " + Win32Error.codeOf(handle));
            }
            Thread.onSpinWait();
        }
    }

    /** Writes a text for which the pipe has room, so that the write does not pend. */
    public void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        NativeMemory memory = new NativeMemory(Overlapped.SIZE + bytes.length);
        memory.buffer().put(Overlapped.SIZE, bytes);
        int code = kernel.writeFile(handle, memory.address() + Overlapped.SIZE, bytes.length, memory.address());
        if (code != Win32Error.ERROR_SUCCESS) {
            throw new AssertionError("WriteFile: " + code);
        }
    }

    @Override
    public void close() {
        kernel.closeHandle(handle);
    }
}
