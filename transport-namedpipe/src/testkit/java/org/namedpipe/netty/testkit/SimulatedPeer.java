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

import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_FLAG_OVERLAPPED;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_READ;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_WRITE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_DUPLEX;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_READMODE_MESSAGE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_UNLIMITED_INSTANCES;

import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * The other end of a pipe of a {@link SimulatedKernel}, used directly by a test: no port, no event loop. Closing it closes
 * its handle; its operations then end.
 *
 * <pre>{@code
 * SimulatedPeer client = SimulatedPeer.open(kernel, path);
 * client.write("ping").succeeds();
 * assertThat(client.read(64).await().text()).isEqualTo("pong");
 * }</pre>
 */
public final class SimulatedPeer implements AutoCloseable {
    private static final int QUOTA = 65_536;

    private final SimulatedKernel kernel;
    private final long handle;
    /** Keeps the memory of operations reachable while the kernel has it. */
    private final List<Operation> operations = new ArrayList<>();

    private SimulatedPeer(SimulatedKernel kernel, long handle) {
        this.kernel = kernel;
        this.handle = handle;
        kernel.keep(this);
    }

    /** Opens a client end for reading and writing. */
    public static SimulatedPeer open(SimulatedKernel kernel, String path) {
        return open(kernel, path, GENERIC_READ | GENERIC_WRITE);
    }

    /** Opens a client end with {@code GENERIC_*} rights. */
    public static SimulatedPeer open(SimulatedKernel kernel, String path, int desiredAccess) {
        long handle = kernel.createFile(path, desiredAccess, FILE_FLAG_OVERLAPPED);
        checkOpened(handle, "client of " + path);
        return new SimulatedPeer(kernel, handle);
    }

    /** Creates a duplex instance that listens; a client may open it at once. */
    public static SimulatedPeer listen(SimulatedKernel kernel, String path) {
        return listen(kernel, path, 0, QUOTA);
    }

    /**
     * Creates a duplex instance of some type.
     *
     * @param pipeMode {@code PIPE_TYPE_*} and {@code PIPE_READMODE_*} bits
     * @param quota bytes that either side may write ahead; 0 has every write wait for its reader
     */
    public static SimulatedPeer listen(SimulatedKernel kernel, String path, int pipeMode, int quota) {
        return listen(kernel, path, PIPE_ACCESS_DUPLEX, pipeMode, quota);
    }

    /** Creates an instance of byte type that goes one way, {@code PIPE_ACCESS_INBOUND} or {@code PIPE_ACCESS_OUTBOUND}. */
    public static SimulatedPeer listenOneWay(SimulatedKernel kernel, String path, int access) {
        return listen(kernel, path, access, 0, QUOTA);
    }

    private static SimulatedPeer listen(SimulatedKernel kernel, String path, int access, int pipeMode, int quota) {
        long handle = kernel.createNamedPipe(
                path, access | FILE_FLAG_OVERLAPPED, pipeMode, PIPE_UNLIMITED_INSTANCES, quota, quota, 0, 0);
        checkOpened(handle, "instance of " + path);
        return new SimulatedPeer(kernel, handle);
    }

    private static void checkOpened(long handle, String what) {
        if (Win32Error.isError(handle)) {
            throw new AssertionError(what + ": " + Win32Error.describe(Win32Error.codeOf(handle)));
        }
    }

    private static void check(String call, int code) {
        if (code != Win32Error.ERROR_SUCCESS) {
            throw new AssertionError(call + " failed: " + Win32Error.describe(code));
        }
    }

    public long handle() {
        return handle;
    }

    /** Waits for a client; {@code ERROR_PIPE_CONNECTED} if there is one. */
    public Operation connect() {
        Operation operation = new Operation("ConnectNamedPipe", 0);
        operation.io.returned(kernel.connectNamedPipe(handle, operation.io.address()));
        return operation;
    }

    /** Cuts the client off. */
    public void disconnect() {
        check("DisconnectNamedPipe", kernel.disconnectNamedPipe(handle));
    }

    /** Reads messages from now on. */
    public SimulatedPeer readMessages() {
        check("SetNamedPipeHandleState", kernel.setNamedPipeHandleState(handle, PIPE_READMODE_MESSAGE));
        return this;
    }

    public Operation write(String text) {
        return write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Operation write(byte[] bytes) {
        Operation operation = new Operation("WriteFile", bytes.length);
        Memory buffer = operation.io.buffer;
        buffer.write(0, bytes, 0, bytes.length);
        operation.io.returned(kernel.writeFile(handle, Io.address(buffer), bytes.length, operation.io.address()));
        return operation;
    }

    public Operation read(int length) {
        Operation operation = new Operation("ReadFile", length);
        long buffer = Io.address(operation.io.buffer);
        operation.io.returned(kernel.readFile(handle, buffer, length, operation.io.address()));
        return operation;
    }

    /** Reads exactly so many bytes, waiting for them. */
    public byte[] readFully(int length) {
        byte[] bytes = new byte[length];
        int n = 0;
        while (n < length) {
            Operation read = read(length - n).await().succeeds();
            read.io.buffer.read(0, bytes, n, read.bytes());
            n += read.bytes();
        }
        return bytes;
    }

    /** How many bytes could be read now, or a negated error code. */
    public int available() {
        return PipeQuery.available(kernel, handle);
    }

    @Override
    public void close() {
        check("CloseHandle", kernel.closeHandle(handle));
    }

    /** A connect, read or write of the peer. */
    public final class Operation {
        private final Io io;

        private Operation(String what, int length) {
            io = new Io(what, length);
            operations.removeIf(operation -> !operation.isPending());
            operations.add(this);
        }

        /** The Win32 code of the call, or, once it has ended, of how it ended. */
        public int code() {
            boolean ended = io.code() == Win32Error.ERROR_IO_PENDING && !isPending();
            return ended ? SimulatedStatus.toWin32(io.status()) : io.code();
        }

        public boolean isPending() {
            return io.code() == Win32Error.ERROR_IO_PENDING && io.status() == Overlapped.STATUS_PENDING;
        }

        /** Waits until it has ended. */
        public Operation await() {
            kernel.await(io.what + " has ended", () -> !isPending());
            return this;
        }

        /** Fails unless the code is this. */
        public Operation is(int expected) {
            io.check(code(), expected);
            return this;
        }

        /** Fails unless it has ended with success. */
        public Operation succeeds() {
            return is(Win32Error.ERROR_SUCCESS);
        }

        /** How many bytes were moved. */
        public int bytes() {
            return io.bytes();
        }

        /** What was read, as Latin-1. */
        public String text() {
            return io.text();
        }

        /** Asks for it to end early. */
        public Operation cancel() {
            check("CancelIoEx", kernel.cancelIoEx(handle, io.address()));
            return this;
        }
    }
}
