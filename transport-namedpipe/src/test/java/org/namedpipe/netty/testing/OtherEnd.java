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
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.NativeMemory;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.SecurityDescriptor;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.win32.WindowsException;

/**
 * The main class of a {@link TestProcess}. It runs one command for each line, directly with the Windows API, and answers
 * {@code done}, a result, or {@code failed} and the error code. Its handles stay open until it ends.
 *
 * <pre>
 * connect PATH FLAGS          opens a pipe for reading and writing, with SECURITY_ flags
 * connect PATH FLAGS RIGHTS   opens a pipe with rights, a number
 * write                       writes "x" to the pipe that was opened last
 * read                        answers the next byte of that pipe, as a number
 * server                      answers the process id of its server
 * descriptor                  answers its security descriptor
 * create PATH SDDL            creates an instance; "-" for the default descriptor
 * create PATH SDDL ACCESS     creates an instance with a PIPE_ACCESS_ number
 * nothing                     answers "done"
 * </pre>
 */
public final class OtherEnd {
    private static final String NO_DESCRIPTOR = "-";

    private final Kernel kernel = WindowsKernel.instance();
    private long opened;

    private OtherEnd() {}

    /** Starts a process with this main class. */
    public static TestProcess start() throws IOException {
        return TestProcess.start(OtherEnd.class);
    }

    public static void main(String[] arguments) throws IOException {
        OtherEnd end = new OtherEnd();
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream output = System.out;
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            output.println(end.run(line.split(" ", -1)));
        }
        Runtime.getRuntime().halt(0);
    }

    private String run(String[] command) {
        try {
            return switch (command[0]) {
                case "connect" ->
                    connect(
                            command[1],
                            Integer.parseInt(command[2]),
                            number(command, 3, Win32Constants.GENERIC_READ | Win32Constants.GENERIC_WRITE));
                case "write" -> done(write());
                case "read" -> read();
                case "server" -> Long.toString(kernel.getNamedPipeServerProcessId(opened));
                case "descriptor" -> kernel.securityDescriptorOf(opened);
                case "create" -> create(command[1], command[2], number(command, 3, Win32Constants.PIPE_ACCESS_DUPLEX));
                case "nothing" -> done(Win32Error.ERROR_SUCCESS);
                default -> throw new IllegalArgumentException(String.join(" ", command));
            };
        } catch (WindowsException e) {
            return done(e.code());
        }
    }

    private static int number(String[] command, int index, int otherwise) {
        return index < command.length ? Integer.parseInt(command[index]) : otherwise;
    }

    private static String done(int code) {
        return code == Win32Error.ERROR_SUCCESS ? "done" : "failed " + code;
    }

    private String opened(long handle) {
        if (Win32Error.isError(handle)) {
            return done(Win32Error.codeOf(handle));
        }
        opened = handle;
        return done(Win32Error.ERROR_SUCCESS);
    }

    private String connect(String path, int flags, int rights) {
        return opened(kernel.createFile(path, rights, Win32Constants.FILE_FLAG_OVERLAPPED | flags));
    }

    private String read() {
        NativeMemory memory = new NativeMemory(Overlapped.SIZE + 1);
        int code = kernel.readFile(opened, memory.address() + Overlapped.SIZE, 1, memory.address());
        return code == Win32Error.ERROR_SUCCESS ? Byte.toString(memory.buffer().get(Overlapped.SIZE)) : done(code);
    }

    private int write() {
        NativeMemory memory = new NativeMemory(Overlapped.SIZE + 1);
        memory.buffer().put(Overlapped.SIZE, (byte) 'x');
        return kernel.writeFile(opened, memory.address() + Overlapped.SIZE, 1, memory.address());
    }

    private String create(String path, String sddl, int access) {
        if (sddl.equals(NO_DESCRIPTOR)) {
            return create(path, 0, access);
        }
        try (SecurityDescriptor descriptor = SecurityDescriptor.of(kernel, sddl)) {
            return create(path, descriptor.address(), access);
        }
    }

    private String create(String path, long descriptor, int access) {
        return opened(kernel.createNamedPipe(
                path,
                access | Win32Constants.FILE_FLAG_OVERLAPPED,
                Win32Constants.PIPE_REJECT_REMOTE_CLIENTS,
                Win32Constants.PIPE_UNLIMITED_INSTANCES,
                512,
                512,
                0,
                descriptor));
    }
}
