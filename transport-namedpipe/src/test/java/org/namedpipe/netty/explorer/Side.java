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
package org.namedpipe.netty.explorer;

import org.jspecify.annotations.Nullable;

/** One end of a connection: its handle, and who uses it, if that is a channel. */
final class Side {
    final int connection;
    final long handle;
    private final Side peer;
    /** What this side sends. */
    private ByteStream outgoing = new ByteStream();

    private @Nullable Endpoint endpoint;
    boolean closed;

    /** Two ends of a new connection; this is the client's. */
    Side(int connection, long clientHandle, long serverHandle) {
        this.connection = connection;
        handle = clientHandle;
        peer = new Side(this, serverHandle);
    }

    private Side(Side client, long serverHandle) {
        connection = client.connection;
        handle = serverHandle;
        peer = client;
    }

    Side peer() {
        return peer;
    }

    ByteStream outgoing() {
        return outgoing;
    }

    ByteStream incoming() {
        return peer.outgoing;
    }

    void usedBy(Endpoint endpoint) {
        this.endpoint = endpoint;
        outgoing = endpoint.outgoing();
    }

    @Nullable
    Endpoint endpoint() {
        return endpoint;
    }
}
