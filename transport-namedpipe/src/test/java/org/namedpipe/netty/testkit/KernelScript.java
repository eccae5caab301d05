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

import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_READ;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_WRITE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_DUPLEX;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_BAD_PIPE;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_IO_PENDING;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_MORE_DATA;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Constants;

/**
 * A random sequence of calls on the instances and clients of one name, and their results, as text. Two kernels with the same
 * behaviour give the same text for a seed. The script makes only calls on which Windows and Wine agree.
 */
final class KernelScript implements AutoCloseable {
    private static final int MAX_ENDS = 6;
    private static final long CLOSED = 0;

    private final Random random;
    private final PipeFixture pipes;
    private final List<String> transcript = new ArrayList<>();
    private final int pipeMode;
    /** 0 or large: with a quota between, file systems may differ in when a write pends. */
    private final int quota;

    private final List<Long> servers = new ArrayList<>();
    private final List<Long> clients = new ArrayList<>();
    private final List<Io> issued = new ArrayList<>();
    /** The handles of the operations, {@link #CLOSED} after their end: another thread may get a handle of the same number. */
    private final List<Long> issuedOn = new ArrayList<>();

    private final Map<Long, Integer> pending = new HashMap<>();

    private KernelScript(Kernel kernel, long seed) {
        random = new Random(seed);
        pipes = new PipeFixture(kernel);
        pipeMode = random.nextBoolean() ? 0 : PipeFixture.MESSAGE;
        quota = random.nextBoolean() ? 0 : 1 << 20;
    }

    /** Runs a script, and returns its text. */
    static List<String> run(Kernel kernel, long seed, int steps) {
        try (KernelScript script = new KernelScript(kernel, seed)) {
            for (int i = 0; i < steps; i++) {
                script.step();
                script.drain();
            }
            return script.transcript;
        }
    }

    @Override
    public void close() {
        pipes.close();
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0 -> createInstance();
            case 1, 2 -> openClient();
            case 3, 4 -> connect();
            case 5 -> disconnect();
            case 6 -> closeAnEnd();
            case 7 -> cancel();
            case 8 -> peek();
            case 9, 10, 11, 12, 13 -> read();
            default -> write();
        }
    }

    private void createInstance() {
        long handle = servers.size() + clients.size() < MAX_ENDS
                ? pipes.tryServer(PIPE_ACCESS_DUPLEX, pipeMode, Win32Constants.PIPE_UNLIMITED_INSTANCES, quota)
                : 0;
        log("CreateNamedPipe " + opened(handle, servers));
    }

    private void openClient() {
        long handle = servers.size() + clients.size() < MAX_ENDS ? pipes.tryClient(GENERIC_READ | GENERIC_WRITE) : 0;
        log("CreateFile " + opened(handle, clients));
        if (handle > 0 && random.nextBoolean()) {
            log("SetNamedPipeHandleState "
                    + pipes.kernel.setNamedPipeHandleState(handle, Win32Constants.PIPE_READMODE_MESSAGE));
        }
    }

    private String opened(long handle, List<Long> ends) {
        if (handle <= 0) {
            return handle == 0 ? "enough" : Long.toString(handle);
        }
        ends.add(handle);
        pipes.associate(handle, 0);
        return "ok";
    }

    private void connect() {
        if (!servers.isEmpty()) {
            long server = anyOf(servers);
            issued("ConnectNamedPipe", server, pipes.connect(server));
        }
    }

    private void disconnect() {
        // Wine, unlike Windows, refuses while the instance listens.
        if (!servers.isEmpty()) {
            long server = anyOf(servers);
            if (pipes.available(server) != -ERROR_BAD_PIPE) {
                log("DisconnectNamedPipe " + pipes.kernel.disconnectNamedPipe(server));
            }
        }
    }

    private void closeAnEnd() {
        List<Long> ends = random.nextInt(3) == 0 ? servers : clients;
        if (ends.isEmpty()) {
            return;
        }
        long end = anyOf(ends);
        // The end of a pending write or connect differs between Windows and Wine.
        boolean settled = pending.values().stream()
                .noneMatch(i -> issuedOn.get(i) == end && !issued.get(i).what.equals("ReadFile"));
        if (settled) {
            ends.remove(end);
            issuedOn.replaceAll(handle -> handle == end ? CLOSED : handle);
            pipes.closeHandle(end);
            log("CloseHandle");
        }
    }

    private void cancel() {
        if (!issued.isEmpty()) {
            int i = random.nextInt(issued.size());
            if (issuedOn.get(i) != CLOSED) {
                log("CancelIoEx " + i + ' '
                        + pipes.kernel.cancelIoEx(issuedOn.get(i), issued.get(i).address()));
            }
        }
    }

    private void peek() {
        List<Long> ends = ends();
        if (!ends.isEmpty()) {
            log("available " + pipes.available(anyOf(ends)));
        }
    }

    private void read() {
        List<Long> ends = ends();
        if (!ends.isEmpty()) {
            long end = anyOf(ends);
            issued("ReadFile", end, pipes.read(end, random.nextInt(12)));
        }
    }

    private void write() {
        List<Long> ends = ends();
        if (!ends.isEmpty()) {
            long end = anyOf(ends);
            String text = "abcdefghijklmnopqrst".substring(random.nextInt(20));
            issued("WriteFile", end, pipes.write(end, random.nextInt(8) == 0 ? "" : text));
        }
    }

    private void issued(String call, long handle, Io io) {
        int number = issued.size();
        issued.add(io);
        issuedOn.add(handle);
        int code = io.code();
        if (code == ERROR_IO_PENDING || code == ERROR_SUCCESS || code == ERROR_MORE_DATA) {
            pending.put(io.address(), number);
        }
        // A read of a message that is too long may return PENDING or MORE_DATA. Its packet is the same.
        log(number + " " + call + ' ' + (code == ERROR_MORE_DATA ? ERROR_IO_PENDING : code));
    }

    /** Logs the packets of this step, in the order of their operations. */
    private void drain() {
        pipes.drain().stream()
                .map(packet -> pending.remove(packet.overlapped()))
                .sorted()
                .forEach(this::logEnd);
    }

    private void logEnd(int number) {
        Io io = issued.get(number);
        String text = io.what.equals("ReadFile") ? " '" + io.text() + '\'' : "";
        log("  " + number + " ended 0x" + Integer.toHexString(io.status()) + ' ' + io.bytes() + text);
    }

    private List<Long> ends() {
        List<Long> ends = new ArrayList<>(servers);
        ends.addAll(clients);
        return ends;
    }

    private long anyOf(List<Long> ends) {
        return ends.get(random.nextInt(ends.size()));
    }

    private void log(String line) {
        transcript.add(line);
    }
}
