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
package org.namedpipe.netty;

import java.util.HashSet;
import java.util.Set;

/** The accepted instances of a server that Windows still has: each holds the name. Any thread. */
final class AcceptedInstances {
    private final Set<InstanceHandles> instances = new HashSet<>();

    /** Adds an instance; {@code ended} is run when Windows has it no more, and it does not count any more. */
    synchronized InstanceHandles add(Runnable ended) {
        InstanceHandles[] added = new InstanceHandles[1];
        added[0] = new InstanceHandles(() -> {
            remove(added[0]);
            ended.run();
        });
        instances.add(added[0]);
        return added[0];
    }

    private synchronized void remove(InstanceHandles instance) {
        instances.remove(instance);
    }

    /** Returns how many there are, those that are just being closed included. */
    synchronized int count() {
        return instances.size();
    }

    /** Returns whether one of them exists for certain at this moment. */
    synchronized boolean hold() {
        return instances.stream().anyMatch(InstanceHandles::isOpen);
    }
}
