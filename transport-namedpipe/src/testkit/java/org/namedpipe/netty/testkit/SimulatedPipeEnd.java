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
import org.namedpipe.netty.internal.win32.PipeLocalInformation;
import org.namedpipe.netty.internal.win32.Win32Constants;

/**
 * One end of a pipe: its state, what it has yet to read, and what waits on it. A write is an entry in the queue of the
 * reading end from the moment it is called; it ends once the queue up to it fits the reader's quota.
 */
final class SimulatedPipeEnd {
    enum State {
        LISTENING,
        CONNECTED,
        CLOSING,
        DISCONNECTED
    }

    /** The listener for the end of an operation that pended. */
    interface Listener {
        void ended(SimulatedOperation operation);
    }

    final SimulatedPipe pipe;
    final boolean server;
    final boolean overlapped;
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
    /** The peer, also after it has closed: Windows remembers whose it was until the server disconnects. */
    private @Nullable SimulatedPipeEnd lastPeer;

    private long handle;
    private int handles = 1;
    private @Nullable SimulatedPort port;
    private long key;
    private boolean skipsPackets;

    /**
     * @param access which of reading and writing this end may do, as PIPE_ACCESS_INBOUND and PIPE_ACCESS_OUTBOUND would
     *     say of a server
     * @param quota how many bytes the peer may write ahead of this end's reads
     * @param clientQuota the same for the client that will join this end
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
        this.pipe = pipe;
        this.server = server;
        this.overlapped = overlapped;
        this.canRead = (access & Win32Constants.PIPE_ACCESS_INBOUND) != 0;
        this.canWrite = (access & Win32Constants.PIPE_ACCESS_OUTBOUND) != 0;
        this.canSetState = canSetState;
        incoming = new SimulatedQueue(quota, this::emptied);
        this.clientQuota = clientQuota;
        this.listener = listener;
        state = server ? State.LISTENING : State.CONNECTED;
    }

    // ---- the handle

    void opened(long handle) {
        this.handle = handle;
    }

    long handle() {
        return handle;
    }

    @Nullable
    SimulatedPort port() {
        return port;
    }

    long key() {
        return key;
    }

    boolean skipsPackets() {
        return skipsPackets;
    }

    void associate(SimulatedPort port, long key) {
        this.port = port;
        this.key = key;
    }

    void skipPackets() {
        skipsPackets = true;
    }

    void addHandle() {
        handles++;
    }

    boolean isLastHandle() {
        return handles == 1;
    }

    void dropHandle() {
        handles--;
    }

    // ---- state

    @Nullable
    SimulatedPipeEnd peer() {
        return peer;
    }

    /** The peer, or the one that has closed; {@code null} before there was one and after a disconnect. */
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

    /** A client opens the other end of this listening instance. */
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

    /** @param keepWrites whether this end's pending writes stay with the peer until it reads them or closes */
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

    /** Answers NtQueryInformationFile(FilePipeLocalInformation) at an address; returns a status. */
    int query(long information) {
        if (server && !canRead) {
            // The handle has GENERIC_WRITE only, which does not include FILE_READ_ATTRIBUTES.
            return SimulatedStatus.ACCESS_DENIED;
        }
        if (state == State.DISCONNECTED && !server) {
            return SimulatedStatus.PIPE_DISCONNECTED;
        }
        int quota = peer == null ? clientQuota : peer.incoming.quota();
        RawMemory.putInt(information + PipeLocalInformation.TYPE, pipe.messageType ? 1 : 0);
        RawMemory.putInt(information + PipeLocalInformation.INBOUND_QUOTA, server ? incoming.quota() : quota);
        RawMemory.putInt(information + PipeLocalInformation.OUTBOUND_QUOTA, server ? quota : incoming.quota());
        RawMemory.putInt(information + PipeLocalInformation.READ_DATA_AVAILABLE, incoming.available());
        int left = peer == null ? quota : peer.incoming.quotaAvailable();
        RawMemory.putInt(information + PipeLocalInformation.WRITE_QUOTA_AVAILABLE, left);
        RawMemory.putInt(information + PipeLocalInformation.STATE, stateNumber());
        RawMemory.putInt(information + PipeLocalInformation.END, server ? PipeLocalInformation.SERVER_END : 0);
        return SimulatedStatus.SUCCESS;
    }

    private int stateNumber() {
        return switch (state) {
            case DISCONNECTED -> PipeLocalInformation.DISCONNECTED;
            case LISTENING -> PipeLocalInformation.LISTENING;
            case CONNECTED -> PipeLocalInformation.CONNECTED;
            case CLOSING -> PipeLocalInformation.CLOSING;
        };
    }

    /** Waits until the peer has read everything, if there is a peer that has not; {@code awaitChange} waits for a change. */
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

    /** Nothing is left for this end to read: the peer need not wait any longer. */
    private void emptied() {
        if (peer != null) {
            peer.flushes.end(SimulatedStatus.SUCCESS);
        }
    }

    /** Ends the flushes under way; returns true if there were any. */
    boolean abortFlushes() {
        return flushes.end(SimulatedStatus.CANCELLED);
    }

    /** Ends the flush of a thread; returns true if there was one. */
    boolean abortFlush(Thread caller) {
        return flushes.end(caller, SimulatedStatus.CANCELLED);
    }

    /** Takes a pending operation of this end out of the file system and ends it. */
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
        return (server ? "server " : "client ") + handle + " of " + pipe.path + ' ' + state;
    }
}
