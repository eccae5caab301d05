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
package org.namedpipe.netty.win32;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** A name in the pipe file system, from its first instance to the end of its last. */
final class SimulatedPipe {
    final String path;
    final boolean messageType;
    final int direction;
    final int maxInstances;
    /** Of the first instance. */
    final SimulatedAcl acl;

    /** Server ends that take the next client, oldest first. */
    final Deque<SimulatedPipeEnd> listening = new ArrayDeque<>();

    private final Set<SimulatedPipeEnd> servers = new HashSet<>();
    /** Client ends that outlive their server: they keep the instance, hence the name, but nobody can open it. */
    private final Set<SimulatedPipeEnd> orphans = new HashSet<>();

    SimulatedPipe(String path, boolean messageType, int direction, int maxInstances, SimulatedAcl acl) {
        this.path = path;
        this.messageType = messageType;
        this.direction = direction;
        this.maxInstances = maxInstances;
        this.acl = acl;
    }

    void add(SimulatedPipeEnd server) {
        servers.add(server);
        listening.add(server);
    }

    /** An end is closed; its peer, if any, is left alone with the instance. */
    void closed(SimulatedPipeEnd end) {
        listening.remove(end);
        orphans.remove(end);
        SimulatedPipeEnd peer = end.peer();
        if (servers.remove(end) && peer != null) {
            orphans.add(peer);
        }
    }

    boolean isFull() {
        return maxInstances != Win32Constants.PIPE_UNLIMITED_INSTANCES && instances() >= maxInstances;
    }

    boolean hasServer() {
        return !servers.isEmpty();
    }

    boolean isGone() {
        return instances() == 0;
    }

    private int instances() {
        return servers.size() + orphans.size();
    }
}
