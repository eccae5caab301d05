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

import static org.assertj.core.api.Assertions.assertThat;
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_FLAG_OVERLAPPED;
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_SKIP_COMPLETION_PORT_ON_SUCCESS;
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_SKIP_SET_EVENT_ON_HANDLE;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_READ;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_WRITE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_DUPLEX;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_READMODE_MESSAGE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_TYPE_MESSAGE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_UNLIMITED_INSTANCES;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_IO_PENDING;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_MORE_DATA;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_CONNECTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;

import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.OverlappedEntry;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * A completion port, a unique pipe name, and operations on its ends. Their memory stays reachable as long as the kernel owns
 * it. {@link #close()} closes every handle and fails if a packet is missing.
 */
final class PipeFixture implements AutoCloseable {
    static final int SERVER_KEY = 1;
    static final int CLIENT_KEY = 2;
    static final int QUOTA = 4096;
    static final int MESSAGE = PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE;
    /** An invalid handle. A closed one is not: a thread of the JVM may get a handle of the same number at once. */
    static final long NO_HANDLE = 0x7FFF_FFF0;

    private static final int PATIENCE_MILLIS = 600_000;
    private static final int CAPACITY = 16;
    private static final long SENTINEL_KEY = 0x5E47;
    private static final AtomicInteger NAMES = new AtomicInteger();

    final Kernel kernel;
    final String path;
    final long port;

    private final Memory entries = new Memory((long) CAPACITY * OverlappedEntry.SIZE);
    private final Set<Long> handles = new LinkedHashSet<>();
    private final Set<Long> associated = new HashSet<>();
    private final Set<Long> skipping = new HashSet<>();
    private final Map<Long, Io> inFlight = new LinkedHashMap<>();
    /** The operations without a packet, whose memory stays reachable to the end of the test. */
    private final List<Io> withoutPort = new ArrayList<>();

    /** The two ends of a connected pipe. */
    record Pair(long server, long client) {}

    PipeFixture(Kernel kernel) {
        this.kernel = kernel;
        path = "\\\\.\\pipe\\contract-" + ProcessHandle.current().pid() + '-' + NAMES.incrementAndGet();
        port = own(kernel.createIoCompletionPort());
    }

    // ---- handles

    /** Checks that a handle is not an error. {@link #close()} closes it. */
    long own(long handle) {
        assertThat(handle).as("handle or negated error").isPositive();
        handles.add(handle);
        return handle;
    }

    void closeHandle(long handle) {
        handles.remove(handle);
        associated.remove(handle);
        skipping.remove(handle);
        assertThat(kernel.closeHandle(handle)).isEqualTo(ERROR_SUCCESS);
    }

    /** Creates an instance. Returns its handle or the negated error code. */
    long tryServer(int openMode, int pipeMode, int maxInstances, int quota) {
        long handle = kernel.createNamedPipe(
                path, openMode | FILE_FLAG_OVERLAPPED, pipeMode, maxInstances, quota, quota, 0, 0);
        return Win32Error.isError(handle) ? handle : own(handle);
    }

    /** Creates a duplex instance, not associated with the port. */
    long server(int pipeMode) {
        return own(tryServer(PIPE_ACCESS_DUPLEX, pipeMode, PIPE_UNLIMITED_INSTANCES, QUOTA));
    }

    /** Creates a duplex instance of byte type, associated with the port, in skip mode. */
    long listener() {
        return skip(associate(server(0), SERVER_KEY));
    }

    long tryClient(int access) {
        long handle = kernel.createFile(path, access, FILE_FLAG_OVERLAPPED);
        return Win32Error.isError(handle) ? handle : own(handle);
    }

    long client() {
        return own(tryClient(GENERIC_READ | GENERIC_WRITE));
    }

    long associate(long handle, long key) {
        assertThat(kernel.associate(handle, port, key)).isEqualTo(ERROR_SUCCESS);
        associated.add(handle);
        return handle;
    }

    long skip(long handle) {
        int modes = FILE_SKIP_COMPLETION_PORT_ON_SUCCESS | FILE_SKIP_SET_EVENT_ON_HANDLE;
        assertThat(kernel.setFileCompletionNotificationModes(handle, modes)).isEqualTo(ERROR_SUCCESS);
        skipping.add(handle);
        return handle;
    }

    /** Creates a connected pipe of byte type with both ends in skip mode. */
    Pair bytes() {
        return bytes(QUOTA);
    }

    Pair bytes(int quota) {
        Pair pair = pair(0, quota);
        skip(pair.server);
        skip(pair.client);
        return pair;
    }

    /** Creates a connected pipe of message type. Its ends read messages, and are not in skip mode. */
    Pair messages() {
        Pair pair = pair(MESSAGE, QUOTA);
        assertThat(kernel.setNamedPipeHandleState(pair.client, PIPE_READMODE_MESSAGE))
                .isEqualTo(ERROR_SUCCESS);
        return pair;
    }

    /** Creates a connected pipe with both ends on the port. */
    Pair pair(int pipeMode, int quota) {
        long server = own(tryServer(PIPE_ACCESS_DUPLEX, pipeMode, PIPE_UNLIMITED_INSTANCES, quota));
        long client = client();
        connect(associate(server, SERVER_KEY)).returns(ERROR_PIPE_CONNECTED);
        return new Pair(server, associate(client, CLIENT_KEY));
    }

    // ---- operations

    Io connect(long handle) {
        Io io = new Io("ConnectNamedPipe", 0);
        return issued(io, handle, kernel.connectNamedPipe(handle, io.address()));
    }

    /** Connects on a handle without port. The end sets {@code event} instead of posting a packet. */
    Io connect(long handle, long event) {
        Io io = new Io("ConnectNamedPipe", 0);
        io.overlapped.setLong(Overlapped.EVENT, event);
        withoutPort.add(io);
        return issued(io, handle, kernel.connectNamedPipe(handle, io.address()));
    }

    Io read(long handle, int length) {
        Io io = new Io("ReadFile", length);
        return issued(io, handle, kernel.readFile(handle, Io.address(io.buffer), length, io.address()));
    }

    Io write(long handle, String text) {
        return write(handle, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Io write(long handle, byte[] bytes) {
        Io io = new Io("WriteFile", bytes.length);
        io.buffer.write(0, bytes, 0, bytes.length);
        return issued(io, handle, kernel.writeFile(handle, Io.address(io.buffer), bytes.length, io.address()));
    }

    private Io issued(Io io, long handle, int code) {
        io.returned(code);
        boolean posts = code == ERROR_IO_PENDING
                || ((code == ERROR_SUCCESS || code == ERROR_MORE_DATA) && !skipping.contains(handle));
        if (posts && associated.contains(handle)) {
            inFlight.put(io.address(), io);
        }
        return io;
    }

    /** Reads, waits for the packet if there is one, and returns the text. */
    String readText(long handle, int length) {
        Io io = read(handle, length);
        if (inFlight.containsKey(io.address())) {
            assertThat(await(io).status()).isEqualTo(Packet.STATUS_SUCCESS);
        } else {
            io.succeeds();
        }
        return io.text();
    }

    int available(long handle) {
        return PipeQuery.available(kernel, handle);
    }

    // ---- packets

    /** Waits for the next packet. */
    Packet await() {
        int n = kernel.getQueuedCompletionStatusEx(port, Io.address(entries), 1, PATIENCE_MILLIS);
        assertThat(n).as("packets dequeued").isEqualTo(1);
        Packet packet = Packet.at(entries);
        if (packet.key() != SENTINEL_KEY) {
            assertThat(inFlight.remove(packet.overlapped()))
                    .as("operation of %s", packet)
                    .isNotNull();
        }
        return packet;
    }

    /** Waits for the next packet, which must be that of no operation. */
    Packet awaitPosted() {
        assertThat(kernel.getQueuedCompletionStatusEx(port, Io.address(entries), 1, PATIENCE_MILLIS))
                .as("packets dequeued")
                .isEqualTo(1);
        return Packet.at(entries);
    }

    /** Waits for the next packet, which must be that of this operation. */
    Packet await(Io io) {
        Packet packet = await();
        assertThat(packet.overlapped()).as("%s, packet of %s", packet, io.what).isEqualTo(io.address());
        assertThat(packet.status()).as("status in packet and OVERLAPPED").isEqualTo(io.status());
        return packet;
    }

    /** Fails if a packet is queued. Posts a packet, which must be dequeued first. */
    void assertNoPacket() {
        assertThat(kernel.postQueuedCompletionStatus(port, 0, SENTINEL_KEY, 0)).isEqualTo(ERROR_SUCCESS);
        assertThat(await().key()).as("key of the first packet").isEqualTo(SENTINEL_KEY);
    }

    /** Returns the queued packets. */
    List<Packet> drain() {
        assertThat(kernel.postQueuedCompletionStatus(port, 0, SENTINEL_KEY, 0)).isEqualTo(ERROR_SUCCESS);
        List<Packet> packets = new ArrayList<>();
        for (Packet packet = await(); packet.key() != SENTINEL_KEY; packet = await()) {
            packets.add(packet);
        }
        return packets;
    }

    /** Returns the number of operations whose packets are not dequeued. */
    int inFlight() {
        return inFlight.size();
    }

    @Override
    public void close() {
        for (long handle : Set.copyOf(handles)) {
            if (handle != port) {
                closeHandle(handle);
            }
        }
        while (!inFlight.isEmpty()) {
            await();
        }
        assertNoPacket();
        closeHandle(port);
    }
}
