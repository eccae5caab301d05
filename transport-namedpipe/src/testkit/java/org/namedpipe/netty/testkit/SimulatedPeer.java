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
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_UNLIMITED_INSTANCES;

import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * One end of a pipe of a {@link SimulatedKernel}, which a test uses without an event loop. It is the peer of the channel under
 * test.
 *
 * <pre>{@code
 * SimulatedPeer client = SimulatedPeer.open(kernel, path);
 * client.write("ping").succeeds();
 * assertThat(client.read(64).await().text()).isEqualTo("pong");
 * }</pre>
 *
 * <p>A method throws an {@link AssertionError} if its call fails. The methods that return an {@link Operation} do not:
 * {@link Operation#code()} returns the result.
 */
public final class SimulatedPeer implements AutoCloseable {
    private static final int QUOTA = 65_536;

    private final SimulatedKernel kernel;
    private final long handle;
    /** Keeps the memory of pending operations reachable. */
    private final List<Operation> operations = new ArrayList<>();

    private SimulatedPeer(SimulatedKernel kernel, long handle) {
        this.kernel = kernel;
        this.handle = handle;
        kernel.keep(this);
    }

    /** Opens a client end that can read and write. */
    public static SimulatedPeer open(SimulatedKernel kernel, String path) {
        return open(kernel, path, GENERIC_READ | GENERIC_WRITE);
    }

    /**
     * Opens a client end.
     *
     * @param desiredAccess {@code GENERIC_*} bits, as in {@code CreateFile}
     */
    public static SimulatedPeer open(SimulatedKernel kernel, String path, int desiredAccess) {
        long handle = kernel.createFile(path, desiredAccess, FILE_FLAG_OVERLAPPED);
        checkOpened(handle, "client of " + path);
        return new SimulatedPeer(kernel, handle);
    }

    /** Creates a duplex instance of byte type, which a client can open at once. */
    public static SimulatedPeer listen(SimulatedKernel kernel, String path) {
        return listen(kernel, path, 0, QUOTA);
    }

    /**
     * Creates a duplex instance.
     *
     * @param pipeMode {@code PIPE_TYPE_*} and {@code PIPE_READMODE_*} bits
     * @param quota the number of bytes that each end can write before the other end reads them; with 0 each write pends until
     *     it is read
     */
    public static SimulatedPeer listen(SimulatedKernel kernel, String path, int pipeMode, int quota) {
        return listen(kernel, path, PIPE_ACCESS_DUPLEX, pipeMode, quota);
    }

    /**
     * Creates an instance of byte type for one direction.
     *
     * @param access {@code PIPE_ACCESS_INBOUND} if the client writes, {@code PIPE_ACCESS_OUTBOUND} if it reads
     */
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

    /** Returns the handle of this end. */
    public long handle() {
        return handle;
    }

    /** Begins to wait for a client. The code is {@code ERROR_PIPE_CONNECTED} if a client is connected already. */
    public Operation connect() {
        Operation operation = new Operation("ConnectNamedPipe", 0);
        operation.io.returned(kernel.connectNamedPipe(handle, operation.io.address()));
        return operation;
    }

    /** Disconnects the client. Unread data is lost. */
    public void disconnect() {
        check("DisconnectNamedPipe", kernel.disconnectNamedPipe(handle));
    }

    /** Writes a text as ISO-8859-1. */
    public Operation write(String text) {
        return write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes a copy of some bytes. */
    public Operation write(byte[] bytes) {
        Operation operation = new Operation("WriteFile", bytes.length);
        Memory buffer = operation.io.buffer;
        buffer.write(0, bytes, 0, bytes.length);
        operation.io.returned(kernel.writeFile(handle, Io.address(buffer), bytes.length, operation.io.address()));
        return operation;
    }

    /** Reads at most {@code length} bytes. */
    public Operation read(int length) {
        Operation operation = new Operation("ReadFile", length);
        long buffer = Io.address(operation.io.buffer);
        operation.io.returned(kernel.readFile(handle, buffer, length, operation.io.address()));
        return operation;
    }

    /**
     * Waits for {@code length} bytes and returns them.
     *
     * @throws AssertionError if a read fails, or pends for 600 seconds
     */
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

    /**
     * Returns the number of bytes that can be read now, or a negated error code: {@code ERROR_BROKEN_PIPE} if the peer has
     * closed and everything is read, {@code ERROR_BAD_PIPE} if a server end has no client, {@code ERROR_PIPE_NOT_CONNECTED} if
     * the server has disconnected this client end.
     */
    public int available() {
        return PipeQuery.available(kernel, handle);
    }

    /** Closes the handle. Pending operations end with {@code ERROR_BROKEN_PIPE}. */
    @Override
    public void close() {
        check("CloseHandle", kernel.closeHandle(handle));
    }

    /** Represents a connect, read or write of the peer. */
    public final class Operation {
        private final Io io;

        private Operation(String what, int length) {
            io = new Io(what, length);
            operations.removeIf(operation -> !operation.isPending());
            operations.add(this);
        }

        /** Returns the Win32 code of the call, or of the completion if the operation pended and has completed. */
        public int code() {
            boolean ended = io.code() == Win32Error.ERROR_IO_PENDING && !isPending();
            return ended ? SimulatedStatus.toWin32(io.status()) : io.code();
        }

        /** Returns true if the operation has not completed. */
        public boolean isPending() {
            return io.code() == Win32Error.ERROR_IO_PENDING && io.status() == Overlapped.STATUS_PENDING;
        }

        /**
         * Waits at most 600 seconds until the operation has completed.
         *
         * @throws AssertionError after this time
         */
        public Operation await() {
            kernel.await(io.what + " has completed", () -> !isPending());
            return this;
        }

        /**
         * Checks {@link #code()}.
         *
         * @throws AssertionError if it is another code
         */
        public Operation hasCode(int expected) {
            io.check(code(), expected);
            return this;
        }

        /**
         * Checks that the operation has completed successfully.
         *
         * @throws AssertionError if it is pending or has failed
         */
        public Operation succeeds() {
            return hasCode(Win32Error.ERROR_SUCCESS);
        }

        /** Returns the number of transferred bytes. */
        public int bytes() {
            return io.bytes();
        }

        /** Returns the bytes that were read as an ISO-8859-1 text. */
        public String text() {
            return io.text();
        }

        /** Cancels the operation, which must be pending. */
        public Operation cancel() {
            check("CancelIoEx", kernel.cancelIoEx(handle, io.address()));
            return this;
        }
    }
}
