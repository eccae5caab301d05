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

import org.jspecify.annotations.Nullable;

/** A connect, read or write, from its call to its packet. */
final class SimulatedOperation {
    /** The progress of an operation. */
    enum Phase {
        /** The call has not returned. An operation that ends now completes synchronously. */
        CALLED,
        /** The operation is pending in the file system. */
        PENDING,
        /** The operation has ended in the file system. Its result is not delivered. */
        ENDED,
        /** The result is written, and the packet posted, if there is one. */
        DELIVERED
    }

    final OperationKind kind;
    final SimulatedPipeEnd end;
    final long handle;
    final long overlapped;
    final long buffer;
    final int length;
    final Thread issuer = Thread.currentThread();
    /** True if the handle had no port at the call. */
    final boolean withoutPort;

    final @Nullable SimulatedEvent event;

    Phase phase = Phase.CALLED;
    /** True if the result is written to the OVERLAPPED and the buffer. */
    boolean written;

    int status = SimulatedStatus.PENDING;
    int bytes;
    /** The queue with the bytes of a write. */
    private @Nullable SimulatedQueue queuedAt;

    /** The bytes of a read before they are written to its buffer. */
    byte[] data = {};

    SimulatedOperation(
            OperationKind kind,
            SimulatedPipeEnd end,
            long overlapped,
            long buffer,
            int length,
            @Nullable SimulatedEvent event) {
        this.kind = kind;
        this.end = end;
        this.handle = end.handle();
        this.overlapped = overlapped;
        this.buffer = buffer;
        this.length = length;
        this.event = event;
        withoutPort = end.port() == null;
    }

    /** Ends the operation in the file system. */
    void end(int status, int bytes) {
        assert this.status == SimulatedStatus.PENDING : this + " ends twice";
        this.status = status;
        this.bytes = bytes;
        if (phase == Phase.PENDING) {
            end.ended(this);
        }
    }

    void endRead(int status, byte[] data) {
        this.data = data;
        end(status, data.length);
    }

    void queuedAt(SimulatedQueue queue) {
        queuedAt = queue;
    }

    @Nullable
    SimulatedQueue queuedAt() {
        return queuedAt;
    }

    boolean hasEnded() {
        return status != SimulatedStatus.PENDING;
    }

    Completion view() {
        return new Completion(kind, end.pipe.path, end.server, handle, overlapped, status, bytes);
    }

    @Override
    public String toString() {
        return kind + " of " + length + " on " + end + ", OVERLAPPED 0x" + Long.toHexString(overlapped);
    }
}
