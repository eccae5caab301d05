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

/**
 * Says what a client does when the pipe cannot be opened at once. Clients of one event loop that wait for one pipe are served
 * in the order in which they came; one of them calls {@code CreateFile} for all, after pauses that grow from 1 ms to 32 ms
 * while all instances are busy, and to 250 ms while there is no such pipe. On Windows a pause lasts at least one tick of the
 * system's timer, which is 15.6 ms unless a process has changed it.
 *
 * <p>Waiting ends with {@code CONNECT_TIMEOUT_MILLIS}; with 0 it does not end by itself.
 *
 * @see NamedPipeChannelOption#CONNECT_POLICY
 */
public enum NamedPipeConnectPolicy {
    /** Fails, also if all instances are busy. Does not overtake clients that wait. */
    FAIL_FAST,

    /**
     * Waits while all instances are busy; fails if there is no such pipe. But a client that has seen the pipe busy, or whose
     * event loop has seen it within the last second, waits for it to come back: a server at {@code MAX_INSTANCES} has no
     * instance between two clients.
     */
    WAIT_WHILE_BUSY,

    /** Waits while all instances are busy, and while there is no such pipe. */
    WAIT_FOR_SERVER
}
