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

import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_FLAG_FIRST_PIPE_INSTANCE;
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_FLAG_OVERLAPPED;
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_WRITE_ATTRIBUTES;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_READ;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_WRITE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_DUPLEX;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_INBOUND;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_OUTBOUND;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_READMODE_MESSAGE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_TYPE_MESSAGE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_UNLIMITED_INSTANCES;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;

/** The names of the pipe file system. Creates instances and opens clients. Called with the kernel's lock held. */
final class SimulatedNames {
    private static final int MAX_PATH_LENGTH = 256;
    // WRITE_DAC, WRITE_OWNER (the same bit as FILE_FLAG_FIRST_PIPE_INSTANCE), ACCESS_SYSTEM_SECURITY, WRITE_THROUGH.
    private static final int OPEN_MODE_BITS = PIPE_ACCESS_DUPLEX
            | FILE_FLAG_FIRST_PIPE_INSTANCE
            | FILE_FLAG_OVERLAPPED
            | 0x4_0000
            | 0x100_0000
            | 0x8000_0000;
    private static final int PIPE_MODE_BITS =
            PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE | Win32Constants.PIPE_REJECT_REMOTE_CLIENTS;
    private static final int FILE_READ_DATA = 0x1;
    private static final int FILE_WRITE_DATA = 0x2;
    private static final int SYNCHRONIZE = 0x10_0000;
    /** The rights that CreateFile adds. */
    private static final int SYNCHRONIZE_AND_READ_ATTRIBUTES = SYNCHRONIZE | 0x80;

    private final SimulatedPipeEnd.Listener listener;
    private final Map<String, SimulatedPipe> pipes = new HashMap<>();
    private final Set<String> hosts = new HashSet<>();

    SimulatedNames(SimulatedPipeEnd.Listener listener) {
        this.listener = listener;
    }

    /** Makes a host another name of this computer. */
    void addHost(String host) {
        hosts.add(host.toUpperCase(Locale.ROOT));
    }

    /** Creates an instance, or fails with the code of Windows. */
    SimulatedPipeEnd create(
            String path,
            int openMode,
            int pipeMode,
            int maxInstances,
            int outQuota,
            int inQuota,
            SimulatedAcl acl,
            SimulatedProcess subject) {
        String name = localName(path);
        int direction = openMode & PIPE_ACCESS_DUPLEX;
        boolean messageType = (pipeMode & PIPE_TYPE_MESSAGE) != 0;
        boolean messageReads = (pipeMode & PIPE_READMODE_MESSAGE) != 0;
        if (direction == 0
                || (openMode & ~OPEN_MODE_BITS) != 0
                || (pipeMode & ~PIPE_MODE_BITS) != 0
                || maxInstances < 1
                || maxInstances > PIPE_UNLIMITED_INSTANCES
                || (messageReads && !messageType)) {
            throw new SimulatedFailure(Win32Error.ERROR_INVALID_PARAMETER);
        }
        SimulatedPipe pipe = pipes.get(name);
        if (pipe == null) {
            checkNoPrefix(name);
            acl.checkCreator(subject);
            pipe = new SimulatedPipe(path, messageType, direction, maxInstances, acl);
            pipes.put(name, pipe);
        } else {
            checkFurtherInstance(pipe, openMode, direction, rightsOfServer(direction), subject);
        }
        boolean overlapped = (openMode & FILE_FLAG_OVERLAPPED) != 0;
        // Only GENERIC_WRITE contains the right to write attributes.
        boolean setsState = (direction & PIPE_ACCESS_OUTBOUND) != 0;
        // The server end stores the quota of the client that will connect to it.
        SimulatedPipeEnd server =
                new SimulatedPipeEnd(pipe, true, overlapped, direction, setsState, inQuota, outQuota, listener);
        server.setReadsByMessage(messageReads);
        pipe.add(server);
        return server;
    }

    /**
     * Creates an instance of a name that exists, without the right to read or write. It is in the state DISCONNECTED: no
     * client can join it. Source: go-winio, which holds its names so. On Wine the instance listens.
     */
    SimulatedPipeEnd hold(String path, int openMode, SimulatedProcess subject) {
        SimulatedPipe pipe = pipes.get(localName(path));
        if (pipe == null) {
            throw new SimulatedFailure(Win32Error.ERROR_FILE_NOT_FOUND);
        }
        int direction = openMode & PIPE_ACCESS_DUPLEX;
        int rights = SimulatedAcl.FILE_CREATE_PIPE_INSTANCE | SYNCHRONIZE;
        checkFurtherInstance(pipe, openMode, direction, rights, subject);
        SimulatedPipeEnd server = new SimulatedPipeEnd(pipe, true, true, 0, false, 0, 0, listener);
        server.disconnect();
        pipe.add(server);
        return server;
    }

    /**
     * Fails if a part of the name that ends before a backslash is the name of a pipe. Source: ReactOS npfs create.c, NpFsdCreate
     * and NpFsdCreateNamedPipe, the prefix that is a pipe; Wine accepts the name.
     */
    private void checkNoPrefix(String name) {
        for (int end = name.indexOf('\\'); end >= 0; end = name.indexOf('\\', end + 1)) {
            if (pipes.containsKey(name.substring(0, end))) {
                throw new SimulatedFailure(Win32Error.ERROR_INVALID_NAME);
            }
        }
    }

    /** Checks the parameters of an instance that is not the first. As on Windows, its type may differ. */
    private static void checkFurtherInstance(
            SimulatedPipe pipe, int openMode, int direction, int rights, SimulatedProcess subject) {
        if (!pipe.acl.allows(subject, rights)) {
            throw SimulatedFailure.ofStatus(SimulatedStatus.ACCESS_DENIED);
        }
        if (pipe.isFull()) {
            throw SimulatedFailure.ofStatus(SimulatedStatus.INSTANCE_NOT_AVAILABLE);
        }
        if ((openMode & FILE_FLAG_FIRST_PIPE_INSTANCE) != 0 || pipe.direction != direction) {
            throw SimulatedFailure.ofStatus(SimulatedStatus.ACCESS_DENIED);
        }
    }

    private static int rightsOfServer(int direction) {
        return SimulatedAcl.FILE_CREATE_PIPE_INSTANCE
                | SimulatedAcl.mapped((direction & PIPE_ACCESS_INBOUND) != 0 ? GENERIC_READ : 0)
                | SimulatedAcl.mapped((direction & PIPE_ACCESS_OUTBOUND) != 0 ? GENERIC_WRITE : 0);
    }

    /** Opens a client end, or fails with the code of Windows. */
    SimulatedPipeEnd open(String path, int desiredAccess, int flags, boolean denied, SimulatedProcess subject) {
        String name = clientName(path);
        SimulatedPipe pipe = pipes.get(name);
        if (pipe == null) {
            checkNoPrefix(name);
            throw new SimulatedFailure(Win32Error.ERROR_FILE_NOT_FOUND);
        }
        boolean reads = (desiredAccess & (GENERIC_READ | FILE_READ_DATA)) != 0;
        boolean writes = (desiredAccess & (GENERIC_WRITE | FILE_WRITE_DATA)) != 0;
        // A client does not need the right to create instances, although GENERIC_WRITE contains it.
        int rights = SimulatedAcl.mapped(desiredAccess) & ~SimulatedAcl.FILE_CREATE_PIPE_INSTANCE;
        if (denied
                || !pipe.acl.allows(subject, rights | SYNCHRONIZE_AND_READ_ATTRIBUTES)
                || (reads && (pipe.direction & PIPE_ACCESS_OUTBOUND) == 0)
                || (writes && (pipe.direction & PIPE_ACCESS_INBOUND) == 0)) {
            throw SimulatedFailure.ofStatus(SimulatedStatus.ACCESS_DENIED);
        }
        SimulatedPipeEnd server = pipe.listening.poll();
        if (server == null) {
            throw SimulatedFailure.ofStatus(SimulatedStatus.PIPE_NOT_AVAILABLE);
        }
        int access = (reads ? PIPE_ACCESS_INBOUND : 0) | (writes ? PIPE_ACCESS_OUTBOUND : 0);
        boolean setsState = (desiredAccess & (GENERIC_WRITE | FILE_WRITE_ATTRIBUTES)) != 0;
        boolean overlapped = (flags & FILE_FLAG_OVERLAPPED) != 0;
        SimulatedPipeEnd client = new SimulatedPipeEnd(
                pipe, false, overlapped, access, setsState, server.clientQuota(), server.clientQuota(), listener);
        server.join(client);
        return client;
    }

    /** Removes the name of a pipe whose last instance is closed. */
    void closed(SimulatedPipeEnd end) {
        if (end.pipe.isGone()) {
            pipes.values().remove(end.pipe);
        }
    }

    private static String localName(String path) {
        if (path.isEmpty()) {
            throw new SimulatedFailure(Win32Error.ERROR_PATH_NOT_FOUND);
        }
        String[] parts = split(path);
        if (parts == null || !(parts[0].equals(".") || parts[0].equals("?"))) {
            throw new SimulatedFailure(Win32Error.ERROR_INVALID_NAME);
        }
        return parts[1];
    }

    private String clientName(String path) {
        String[] parts = split(path);
        if (parts == null) {
            throw new SimulatedFailure(Win32Error.ERROR_FILE_NOT_FOUND);
        }
        if (!parts[0].equals(".") && !parts[0].equals("?") && !hosts.contains(parts[0])) {
            throw new SimulatedFailure(Win32Error.ERROR_BAD_NETPATH);
        }
        return parts[1];
    }

    /** Returns host and name in capitals, or {@code null} if the path is not that of a pipe. */
    private static String @Nullable [] split(String path) {
        if (path.length() > MAX_PATH_LENGTH) {
            throw new SimulatedFailure(Win32Error.ERROR_FILENAME_EXCED_RANGE);
        }
        String upper = path.toUpperCase(Locale.ROOT);
        int hostEnd = upper.indexOf("\\PIPE\\");
        boolean valid = upper.startsWith("\\\\") && hostEnd > 2 && upper.indexOf('\\', 2) == hostEnd;
        String name = valid ? upper.substring(hostEnd + 6) : "";
        return name.isEmpty() ? null : new String[] {upper.substring(2, hostEnd), name};
    }
}
