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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.namedpipe.netty.win32.JnaKernel;
import org.namedpipe.netty.win32.Kernel;
import org.namedpipe.netty.win32.NativeMemory;
import org.namedpipe.netty.win32.Overlapped;
import org.namedpipe.netty.win32.SecurityDescriptor;
import org.namedpipe.netty.win32.Win32Constants;
import org.namedpipe.netty.win32.Win32Error;

/**
 * The main class of a {@link TestProcess}: does each thing it is told by a line with the Windows API itself, and answers
 * {@code done} or {@code failed} and the error code. What it has opened stays open until it ends.
 *
 * <pre>
 * connect PATH FLAGS   opens a pipe, with SECURITY_ flags
 * write                writes "x" to the pipe it has opened last
 * create PATH SDDL     creates an instance; "-" for the descriptor of the system
 * nothing
 * </pre>
 */
public final class OtherEnd {
    private static final String NO_DESCRIPTOR = "-";

    private final Kernel kernel = JnaKernel.instance();
    private long opened;

    private OtherEnd() {}

    /** Starts such a process. */
    public static TestProcess start() throws IOException {
        return TestProcess.start(OtherEnd.class);
    }

    public static void main(String[] arguments) throws IOException {
        OtherEnd end = new OtherEnd();
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream output = System.out;
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            int code = end.run(line.split(" ", -1));
            output.println(code == Win32Error.ERROR_SUCCESS ? "done" : "failed " + code);
        }
        Runtime.getRuntime().halt(0);
    }

    private int run(String[] command) {
        return switch (command[0]) {
            case "connect" -> connect(command[1], Integer.parseInt(command[2]));
            case "write" -> write();
            case "create" -> create(command[1], command[2]);
            case "nothing" -> Win32Error.ERROR_SUCCESS;
            default -> throw new IllegalArgumentException(String.join(" ", command));
        };
    }

    private int connect(String path, int flags) {
        long handle = kernel.createFile(
                path,
                Win32Constants.GENERIC_READ | Win32Constants.GENERIC_WRITE,
                Win32Constants.FILE_FLAG_OVERLAPPED | flags);
        if (Win32Error.isError(handle)) {
            return Win32Error.codeOf(handle);
        }
        opened = handle;
        return Win32Error.ERROR_SUCCESS;
    }

    private int write() {
        NativeMemory memory = new NativeMemory(Overlapped.SIZE + 1);
        memory.buffer().put(Overlapped.SIZE, (byte) 'x');
        return kernel.writeFile(opened, memory.address() + Overlapped.SIZE, 1, memory.address());
    }

    private int create(String path, String sddl) {
        if (sddl.equals(NO_DESCRIPTOR)) {
            return create(path, 0);
        }
        try (SecurityDescriptor descriptor = SecurityDescriptor.of(kernel, sddl)) {
            return create(path, descriptor.address());
        }
    }

    private int create(String path, long descriptor) {
        long handle = kernel.createNamedPipe(
                path,
                Win32Constants.PIPE_ACCESS_DUPLEX | Win32Constants.FILE_FLAG_OVERLAPPED,
                Win32Constants.PIPE_REJECT_REMOTE_CLIENTS,
                Win32Constants.PIPE_UNLIMITED_INSTANCES,
                512,
                512,
                0,
                descriptor);
        return Win32Error.isError(handle) ? Win32Error.codeOf(handle) : Win32Error.ERROR_SUCCESS;
    }
}
