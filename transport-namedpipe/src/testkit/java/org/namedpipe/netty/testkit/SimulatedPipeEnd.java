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
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Win32Constants;

/**
 * One end of a pipe: its state, its unread data, and its pending operations. A write enters the queue of the reading end when
 * it is called. It completes when the queue up to its last byte fits the reader's quota.
 */
final class SimulatedPipeEnd extends SimulatedFile {
    enum State {
        LISTENING,
        CONNECTED,
        CLOSING,
        DISCONNECTED
    }

    /** Receives the operations that complete after they pended. */
    interface Listener {
        void ended(SimulatedOperation operation);
    }

    final SimulatedPipe pipe;
    final boolean server;
    final boolean canRead;
    final boolean canWrite;
    final boolean canSetState;
    final SimulatedOpener opener = new SimulatedOpener();

    private final Listener listener;
    private final SimulatedQueue incoming;
    private final int clientQuota;
    private final Deque<SimulatedOperation> connects = new ArrayDeque<>();
    private final SimulatedFlushes flushes = new SimulatedFlushes();

    private State state;
    private @Nullable SimulatedPipeEnd peer;
    /** The peer, also after it closed: Windows knows its process until the server disconnects. */
    private @Nullable SimulatedPipeEnd lastPeer;

    /**
     * @param access PIPE_ACCESS_INBOUND if this end may read, PIPE_ACCESS_OUTBOUND if it may write, also for a client
     * @param quota the number of bytes that the peer may write ahead of the reads of this end
     * @param clientQuota the quota of the client that will connect to this end
     */
    SimulatedPipeEnd(
            SimulatedPipe pipe,
            boolean server,
            boolean overlapped,
            int access,
            boolean canSetState,
            int quota,
            int clientQuota,
            Listener listener) {
        super(overlapped);
        this.pipe = pipe;
        this.server = server;
        this.canRead = (access & Win32Constants.PIPE_ACCESS_INBOUND) != 0;
        this.canWrite = (access & Win32Constants.PIPE_ACCESS_OUTBOUND) != 0;
        this.canSetState = canSetState;
        incoming = new SimulatedQueue(quota, this::emptied);
        this.clientQuota = clientQuota;
        this.listener = listener;
        state = server ? State.LISTENING : State.CONNECTED;
    }

    // ---- state

    State state() {
        return state;
    }

    @Nullable
    SimulatedPipeEnd peer() {
        return peer;
    }

    /** Returns the peer, also after it closed. {@code null} before a client connects and after a disconnect. */
    @Nullable
    SimulatedPipeEnd lastPeer() {
        return lastPeer;
    }

    boolean isDisconnected() {
        return state == State.DISCONNECTED;
    }

    boolean isListening() {
        return state == State.LISTENING;
    }

    int clientQuota() {
        return clientQuota;
    }

    void setReadsByMessage(boolean byMessage) {
        incoming.setReadsByMessage(byMessage);
    }

    /** Connects a client to this listening instance. */
    void join(SimulatedPipeEnd client) {
        state = State.CONNECTED;
        peer = client;
        lastPeer = client;
        client.peer = this;
        client.lastPeer = this;
        endConnects(SimulatedStatus.SUCCESS);
    }

    int connect(SimulatedOperation operation) {
        if (!server) {
            return SimulatedStatus.ILLEGAL_FUNCTION;
        }
        if (state == State.CONNECTED) {
            return SimulatedStatus.PIPE_CONNECTED;
        }
        if (state == State.CLOSING) {
            return SimulatedStatus.PIPE_CLOSING;
        }
        if (state == State.DISCONNECTED) {
            state = State.LISTENING;
            pipe.listening.add(this);
        }
        connects.add(operation);
        return SimulatedStatus.PENDING;
    }

    int disconnect() {
        if (!server) {
            return SimulatedStatus.ILLEGAL_FUNCTION;
        }
        if (state == State.DISCONNECTED) {
            return SimulatedStatus.PIPE_DISCONNECTED;
        }
        pipe.listening.remove(this);
        endConnects(SimulatedStatus.PIPE_DISCONNECTED);
        SimulatedPipeEnd client = peer;
        cutOff();
        if (client != null) {
            client.cutOff();
        }
        return SimulatedStatus.SUCCESS;
    }

    private void cutOff() {
        state = State.DISCONNECTED;
        peer = null;
        lastPeer = null;
        opener.disconnected();
        flushes.end(SimulatedStatus.PIPE_DISCONNECTED);
        incoming.endReads(SimulatedStatus.PIPE_DISCONNECTED);
        incoming.discard(SimulatedStatus.PIPE_DISCONNECTED);
    }

    /** @param keepWrites true if the pending writes of this end pend on until the peer reads them or closes */
    void close(boolean keepWrites) {
        SimulatedPipeEnd other = peer;
        pipe.closed(this);
        endConnects(SimulatedStatus.PIPE_BROKEN);
        state = State.CLOSING;
        peer = null;
        flushes.end(SimulatedStatus.PIPE_BROKEN);
        incoming.endReads(SimulatedStatus.PIPE_BROKEN);
        incoming.discard(SimulatedStatus.PIPE_BROKEN);
        if (other != null) {
            other.state = State.CLOSING;
            other.peer = null;
            other.flushes.end(SimulatedStatus.PIPE_BROKEN);
            other.incoming.endReads(SimulatedStatus.PIPE_BROKEN);
            if (!keepWrites) {
                other.incoming.endWrites(SimulatedStatus.PIPE_BROKEN);
            }
        }
    }

    private void endConnects(int status) {
        for (SimulatedOperation connect = connects.poll(); connect != null; connect = connects.poll()) {
            connect.end(status, 0);
        }
    }

    // ---- data

    SimulatedQueue incoming() {
        return incoming;
    }

    int read(SimulatedOperation operation) {
        if (state == State.LISTENING) {
            return SimulatedStatus.PIPE_LISTENING;
        }
        if (state == State.DISCONNECTED) {
            return SimulatedStatus.PIPE_DISCONNECTED;
        }
        if (state == State.CLOSING && incoming.isEmpty()) {
            return SimulatedStatus.PIPE_BROKEN;
        }
        incoming.read(operation);
        return SimulatedStatus.PENDING;
    }

    int write(SimulatedOperation operation, byte[] bytes) {
        SimulatedPipeEnd reader = peer;
        if (state != State.CONNECTED || reader == null) {
            return switch (state) {
                case LISTENING -> SimulatedStatus.PIPE_LISTENING;
                case DISCONNECTED -> SimulatedStatus.PIPE_DISCONNECTED;
                case CLOSING, CONNECTED -> SimulatedStatus.PIPE_CLOSING;
            };
        }
        if (bytes.length == 0 && !pipe.messageType) {
            operation.end(SimulatedStatus.SUCCESS, 0);
        } else {
            reader.incoming.write(operation, bytes);
        }
        return SimulatedStatus.PENDING;
    }

    /** Waits until a connected peer has read everything. {@code awaitChange} returns when the state may have changed. */
    int flush(Runnable awaitChange) {
        if (flushWouldBlock()) {
            return flushes.await(awaitChange);
        }
        return state == State.DISCONNECTED && !server ? SimulatedStatus.PIPE_DISCONNECTED : SimulatedStatus.SUCCESS;
    }

    boolean flushWouldBlock() {
        return state == State.CONNECTED && peer != null && !peer.incoming.isEmpty();
    }

    int waitingFlushes() {
        return flushes.size();
    }

    /** Ends the flushes of the peer, since this end has read everything. */
    private void emptied() {
        if (peer != null) {
            peer.flushes.end(SimulatedStatus.SUCCESS);
        }
    }

    /** Cancels the flushes that wait. Returns false if there are none. */
    boolean abortFlushes() {
        return flushes.end(SimulatedStatus.CANCELLED);
    }

    /** Cancels the flush of a thread. Returns false if there is none. */
    boolean abortFlush(Thread caller) {
        return flushes.end(caller, SimulatedStatus.CANCELLED);
    }

    /** Removes a pending operation of this end from its queue, and ends it. */
    void abort(SimulatedOperation operation, int status) {
        SimulatedQueue queue = operation.kind == OperationKind.READ ? incoming : operation.queuedAt();
        if (queue != null) {
            queue.abort(operation, status);
        } else {
            connects.remove(operation);
            operation.end(status, 0);
        }
    }

    void ended(SimulatedOperation operation) {
        listener.ended(operation);
    }

    @Override
    public String toString() {
        return (server ? "server " : "client ") + handle() + " of " + pipe.path + ' ' + state;
    }
}
