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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.namedpipe.netty.internal.win32.Win32Constants;

/** A name in the pipe file system, which exists as long as it has a server end. */
final class SimulatedPipe {
    final String path;
    final boolean messageType;
    final int direction;
    final int maxInstances;
    /** The security descriptor of the first instance. */
    final SimulatedAcl acl;

    /** The server ends that listen, oldest first. */
    final Deque<SimulatedPipeEnd> listening = new ArrayDeque<>();

    private final Set<SimulatedPipeEnd> servers = new HashSet<>();

    SimulatedPipe(String path, boolean messageType, int direction, int maxInstances, SimulatedAcl acl) {
        this.path = path;
        this.messageType = messageType;
        this.direction = direction;
        this.maxInstances = maxInstances;
        this.acl = acl;
    }

    void add(SimulatedPipeEnd server) {
        servers.add(server);
        if (server.isListening()) {
            listening.add(server);
        }
    }

    /** Removes a closed end. An instance ends with its server end, even if its client is open. */
    void closed(SimulatedPipeEnd end) {
        listening.remove(end);
        servers.remove(end);
    }

    boolean isFull() {
        return maxInstances != Win32Constants.PIPE_UNLIMITED_INSTANCES && servers.size() >= maxInstances;
    }

    boolean isGone() {
        return servers.isEmpty();
    }
}
