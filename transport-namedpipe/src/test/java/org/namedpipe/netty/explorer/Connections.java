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

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The open connections, by the handles of both ends. The calls that open and close handles maintain them. */
final class Connections {
    /** One end of a connection: its handle, and its channel, if it has one. */
    static final class End {
        final int connection;
        final long handle;
        private final End peer;
        private ExpectedStream outgoing = new ExpectedStream();

        private @Nullable Endpoint endpoint;
        boolean closed;

        /** Creates both ends of a connection; this is the client's. */
        private End(int connection, long clientHandle, long serverHandle) {
            this.connection = connection;
            handle = clientHandle;
            peer = new End(this, serverHandle);
        }

        private End(End client, long serverHandle) {
            connection = client.connection;
            handle = serverHandle;
            peer = client;
        }

        End peer() {
            return peer;
        }

        ExpectedStream outgoing() {
            return outgoing;
        }

        ExpectedStream incoming() {
            return peer.outgoing;
        }

        void setEndpoint(Endpoint endpoint) {
            this.endpoint = endpoint;
            outgoing = endpoint.output().stream();
        }

        @Nullable
        Endpoint endpoint() {
            return endpoint;
        }
    }

    private final Map<Long, End> open = new HashMap<>();
    private int opened;

    /** Adds the connection of a client that was opened. */
    void opened(long client, LongUnaryOperator peerOf) {
        End end = new End(++opened, client, peerOf.applyAsLong(client));
        open.put(end.handle, end);
        open.put(end.peer.handle, end.peer);
    }

    /** Removes an end before its handle is closed. Ignores other handles. */
    void closing(long handle) {
        End end = open.remove(handle);
        if (end != null) {
            end.closed = true;
        }
    }

    /** Returns the end with this handle, or {@code null}. */
    @Nullable
    End end(long handle) {
        return open.get(handle);
    }

    /** Returns the number of clients that were opened in the run. */
    int opened() {
        return opened;
    }
}
