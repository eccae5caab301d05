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

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Overlapped;

/**
 * Detects changes of the memory of an operation from its call until its packet is dequeued. During that time the memory is lent
 * to the kernel. Called with the kernel's lock held.
 */
final class MemoryGuard {
    /** The memory of one operation. */
    private static final class Loan {
        final SimulatedOperation operation;
        final long event;
        /** The length of the buffer, or 0 if only the OVERLAPPED is lent. */
        final int bufferLength;

        long checksum;

        Loan(SimulatedOperation operation, int bufferLength) {
            this.operation = operation;
            this.bufferLength = bufferLength;
            event = RawMemory.getLong(operation.overlapped + Overlapped.EVENT);
            checksum = RawMemory.checksum(operation.buffer, bufferLength);
        }
    }

    // A set, since each check finds the same violation again.
    private final Set<String> violations = new LinkedHashSet<>();
    private final Map<Long, Loan> byOverlapped = new HashMap<>();
    /** The buffers of pending reads by address. No other buffer may overlap them. */
    private final TreeMap<Long, Loan> readBuffers = new TreeMap<>();

    void add(String violation) {
        violations.add(violation);
    }

    /** Records a violation and returns an error to throw. */
    AssertionError fail(String violation) {
        violations.add(violation);
        return new AssertionError(violation);
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    /** Returns the number of OVERLAPPED structures that are lent. */
    int loans() {
        return byOverlapped.size();
    }

    /** Checks the memory of an operation before it begins. */
    void check(OperationKind kind, long overlapped, long buffer, int length) {
        if (overlapped == 0 || (overlapped & 7) != 0) {
            throw fail(kind + " with a null or misaligned OVERLAPPED at 0x" + Long.toHexString(overlapped));
        }
        Loan loan = byOverlapped.get(overlapped);
        if (loan != null) {
            throw fail(kind + " with an OVERLAPPED that is in use by " + loan.operation);
        }
        if (length < 0 || (length > 0 && buffer == 0)) {
            throw fail(kind + " of " + length + " bytes at 0x" + Long.toHexString(buffer));
        }
        SimulatedOperation other = length == 0 ? null : overlapping(kind, buffer, length);
        if (other != null) {
            throw fail(kind + " with a buffer that is in use by " + other);
        }
    }

    private @Nullable SimulatedOperation overlapping(OperationKind kind, long buffer, int length) {
        Map.Entry<Long, Loan> below = readBuffers.lowerEntry(buffer + length);
        if (below != null && below.getKey() + below.getValue().bufferLength > buffer) {
            return below.getValue().operation;
        }
        if (kind == OperationKind.READ) {
            for (Loan loan : byOverlapped.values()) {
                long start = loan.operation.buffer;
                if (loan.bufferLength > 0 && start < buffer + length && start + loan.bufferLength > buffer) {
                    return loan.operation;
                }
            }
        }
        return null;
    }

    /** Lends the OVERLAPPED and the buffer of an operation that pends. */
    void lend(SimulatedOperation operation) {
        Loan loan = new Loan(operation, operation.length);
        byOverlapped.put(operation.overlapped, loan);
        if (operation.kind == OperationKind.READ && operation.length > 0) {
            readBuffers.put(operation.buffer, loan);
        }
    }

    /** Lends the OVERLAPPED of an operation that completed synchronously and posts a packet. */
    void lendOverlapped(SimulatedOperation operation) {
        byOverlapped.put(operation.overlapped, new Loan(operation, 0));
    }

    /** Checks all memory that is lent. */
    void verifyAll() {
        for (Loan loan : byOverlapped.values()) {
            verify(loan);
        }
    }

    /** Checks the memory of an operation before its results are written. */
    void verify(SimulatedOperation operation) {
        Loan loan = byOverlapped.get(operation.overlapped);
        if (loan != null) {
            verify(loan);
        }
    }

    private void verify(Loan loan) {
        SimulatedOperation operation = loan.operation;
        int expected = operation.written ? operation.status : SimulatedStatus.PENDING;
        int status = (int) RawMemory.getLong(operation.overlapped + Overlapped.INTERNAL);
        if (status != expected) {
            add("the OVERLAPPED was changed to status 0x" + Integer.toHexString(status) + " under " + operation);
        }
        if (RawMemory.getLong(operation.overlapped + Overlapped.EVENT) != loan.event) {
            add("the event in the OVERLAPPED was changed under " + operation);
        }
        if (RawMemory.checksum(operation.buffer, loan.bufferLength) != loan.checksum) {
            add("the buffer was changed under " + operation);
        }
    }

    /** Accepts the memory of an operation after its results are written. */
    void written(SimulatedOperation operation) {
        Loan loan = byOverlapped.get(operation.overlapped);
        if (loan != null) {
            loan.checksum = RawMemory.checksum(operation.buffer, loan.bufferLength);
        }
    }

    /** Returns the memory of an operation to the caller, when its packet is dequeued or it completes without a port. */
    void giveBack(SimulatedOperation operation) {
        Loan loan = byOverlapped.remove(operation.overlapped);
        if (loan != null) {
            verify(loan);
            readBuffers.remove(operation.buffer, loan);
        }
    }
}
