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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.OverlappedEntry;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;

/** A completion port. Called with the kernel's lock held. */
final class SimulatedPort {
    /** A packet, its operation, {@code null} for a packet of another origin, and the action of its removal from the port. */
    record Queued(Packet packet, @Nullable SimulatedOperation operation, Runnable whenDequeued) {}

    /** The source of delayed completions. */
    interface Source {
        /** Called by a poll, before it looks for packets. */
        void polled();

        /** Delivers a delayed completion before a wait blocks. Returns false if there is none. */
        boolean deliverLate();

        /** Expires the timers that are due by the clock. @return the nanoseconds until the next one */
        long expireDueTimers();

        /** Called when a packet is dequeued. */
        void dequeued(Queued queued);
    }

    private final Source source;
    private final Condition changed;
    private final Deque<Queued> packets = new ArrayDeque<>();
    private boolean closed;
    private int waiting;

    SimulatedPort(Lock lock, Source source) {
        this.source = source;
        changed = lock.newCondition();
    }

    void post(Packet packet, @Nullable SimulatedOperation operation) {
        packets.add(new Queued(packet, operation, () -> {}));
        changed.signal();
    }

    /** Queues a packet that can be removed again. */
    Queued postRemovable(Packet packet, Runnable whenDequeued) {
        Queued queued = new Queued(packet, null, whenDequeued);
        packets.add(queued);
        changed.signal();
        return queued;
    }

    void remove(Queued queued) {
        packets.remove(queued);
    }

    /** Makes waiting threads look for delayed completions again. */
    void wake() {
        changed.signalAll();
    }

    void close() {
        closed = true;
        changed.signalAll();
    }

    int size() {
        return packets.size();
    }

    int waiting() {
        return waiting;
    }

    int dequeue(long entries, int capacity, int timeoutMillis) {
        if (capacity <= 0) {
            throw new SimulatedFailure(Win32Error.ERROR_INVALID_PARAMETER);
        }
        if (timeoutMillis == 0) {
            source.polled();
        } else {
            awaitPacket(timeoutMillis);
        }
        int n = 0;
        while (n < capacity && !packets.isEmpty()) {
            Queued queued = packets.remove();
            source.dequeued(queued);
            write(queued.packet, entries + (long) n * OverlappedEntry.SIZE);
            n++;
        }
        return n;
    }

    private void awaitPacket(int timeoutMillis) {
        boolean forEver = timeoutMillis == Win32Constants.INFINITE;
        // The time-out is an unsigned number of milliseconds, up to 49 days.
        long left = TimeUnit.MILLISECONDS.toNanos(Integer.toUnsignedLong(timeoutMillis));
        boolean interrupted = false;
        waiting++;
        while (packets.isEmpty() && (forEver || left > 0)) {
            if (source.deliverLate()) {
                continue;
            }
            long toTimer = source.expireDueTimers();
            if (!packets.isEmpty()) {
                continue;
            }
            long wait = Math.min(toTimer, forEver ? Long.MAX_VALUE : left);
            try {
                long notWaited = changed.awaitNanos(wait);
                left -= forEver ? 0 : wait - notWaited;
            } catch (InterruptedException e) {
                // The call of Windows is not interrupted.
                interrupted = true;
            }
            if (closed) {
                waiting--;
                throw new SimulatedFailure(Win32Error.ERROR_ABANDONED_WAIT_0);
            }
        }
        waiting--;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Packet packet, long entry) {
        RawMemory.putLong(entry + OverlappedEntry.KEY, packet.key());
        RawMemory.putLong(entry + OverlappedEntry.OVERLAPPED, packet.overlapped());
        RawMemory.putLong(entry + OverlappedEntry.INTERNAL, Integer.toUnsignedLong(packet.status()));
        RawMemory.putInt(entry + OverlappedEntry.BYTES, packet.bytes());
    }

    @Override
    public String toString() {
        return "port with " + packets.size() + " packets";
    }
}
