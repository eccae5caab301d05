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

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The unread data of one end of a pipe, and its pending reads. A write enters the queue when it is called, and completes when
 * the queue up to its last byte fits the quota.
 */
final class SimulatedQueue {
    /** The bytes of one call, and its operation while it pends. */
    private static final class Entry {
        final byte[] bytes;
        int position;

        @Nullable
        SimulatedOperation write;

        Entry(byte[] bytes, SimulatedOperation write) {
            this.bytes = bytes;
            this.write = write;
        }

        int remaining() {
            return bytes.length - position;
        }

        void endWrite(int status) {
            SimulatedOperation ended = write;
            write = null;
            if (ended != null) {
                ended.end(status, status == SimulatedStatus.SUCCESS ? bytes.length : 0);
            }
        }
    }

    private final int quota;
    private final Runnable whenEmpty;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Deque<SimulatedOperation> reads = new ArrayDeque<>();
    private boolean byMessage;

    /**
     * @param quota the number of bytes that can be written ahead of the reads
     * @param whenEmpty called when the queue becomes empty
     */
    SimulatedQueue(int quota, Runnable whenEmpty) {
        this.quota = quota;
        this.whenEmpty = whenEmpty;
    }

    void setReadsByMessage(boolean byMessage) {
        this.byMessage = byMessage;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int available() {
        return entries.stream().mapToInt(Entry::remaining).sum();
    }

    /** Returns the free part of the quota. As in NPFS, pending reads use it as unread bytes do. */
    int quotaAvailable() {
        int used =
                entries.isEmpty() ? reads.stream().mapToInt(read -> read.length).sum() : available();
        return Math.max(0, quota - used);
    }

    int quota() {
        return quota;
    }

    void read(SimulatedOperation read) {
        reads.add(read);
        transfer();
    }

    void write(SimulatedOperation write, byte[] bytes) {
        write.queuedAt(this);
        entries.add(new Entry(bytes, write));
        transfer();
    }

    /** Ends a pending operation, and removes the bytes of a write. */
    void abort(SimulatedOperation operation, int status) {
        reads.remove(operation);
        entries.removeIf(entry -> entry.write == operation);
        operation.end(status, 0);
        endWritesWithinQuota();
    }

    void endReads(int status) {
        for (SimulatedOperation read = reads.poll(); read != null; read = reads.poll()) {
            read.end(status, 0);
        }
    }

    /** Ends the pending writes, and removes their bytes. */
    void endWrites(int status) {
        for (Entry entry : entries.toArray(new Entry[0])) {
            if (entry.write != null) {
                entries.remove(entry);
                entry.endWrite(status);
            }
        }
    }

    /** Ends the pending writes, and removes all data. */
    void discard(int status) {
        endWrites(status);
        entries.clear();
    }

    private void transfer() {
        while (!entries.isEmpty() && !reads.isEmpty()) {
            serve(reads.remove());
        }
        endWritesWithinQuota();
    }

    private void serve(SimulatedOperation read) {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        boolean more = byMessage && entries.element().remaining() > read.length;
        do {
            take(taken, read.length);
        } while (!byMessage && !entries.isEmpty() && taken.size() < read.length);
        read.endRead(more ? SimulatedStatus.BUFFER_OVERFLOW : SimulatedStatus.SUCCESS, taken.toByteArray());
    }

    private void take(ByteArrayOutputStream taken, int capacity) {
        Entry entry = entries.element();
        int n = Math.min(capacity - taken.size(), entry.remaining());
        taken.write(entry.bytes, entry.position, n);
        entry.position += n;
        if (entry.remaining() == 0) {
            entries.remove();
            entry.endWrite(SimulatedStatus.SUCCESS);
        }
    }

    private void endWritesWithinQuota() {
        long queued = 0;
        for (Entry entry : entries) {
            queued += entry.remaining();
            if (queued <= quota || entry.bytes.length == 0) {
                entry.endWrite(SimulatedStatus.SUCCESS);
            }
        }
        if (entries.isEmpty()) {
            whenEmpty.run();
        }
    }
}
