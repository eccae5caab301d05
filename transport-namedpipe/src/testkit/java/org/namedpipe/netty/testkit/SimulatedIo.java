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

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * Passes operations from the call to the file system, and their results to the caller's memory, event and port, as the I/O
 * manager of Windows does. Called with the kernel's lock held.
 */
final class SimulatedIo implements SimulatedPipeEnd.Listener {
    private final SimulatedHandles handles;
    private final MemoryGuard memory;
    private final Scheduler scheduler;
    /** The operations whose results are not delivered yet, oldest first. */
    private final Set<SimulatedOperation> undelivered = new LinkedHashSet<>();

    boolean moreDataByPacket;

    SimulatedIo(SimulatedHandles handles, MemoryGuard memory, Scheduler scheduler) {
        this.handles = handles;
        this.memory = memory;
        this.scheduler = scheduler;
    }

    int undelivered() {
        return undelivered.size();
    }

    int connect(SimulatedPipeEnd end, long overlapped) {
        return submit(OperationKind.CONNECT, end, overlapped, 0, 0, end::connect);
    }

    int read(SimulatedPipeEnd end, long buffer, int length, long overlapped) {
        if (!end.canRead) {
            return Win32Error.ERROR_ACCESS_DENIED;
        }
        return submit(OperationKind.READ, end, overlapped, buffer, length, end::read);
    }

    int write(SimulatedPipeEnd end, long buffer, int length, long overlapped) {
        if (!end.canWrite) {
            return Win32Error.ERROR_ACCESS_DENIED;
        }
        return submit(OperationKind.WRITE, end, overlapped, buffer, length, operation -> {
            return end.write(operation, RawMemory.read(buffer, length));
        });
    }

    private int submit(
            OperationKind kind,
            SimulatedPipeEnd end,
            long overlapped,
            long buffer,
            int length,
            ToIntFunction<SimulatedOperation> start) {
        memory.check(kind, overlapped, buffer, length);
        if (!end.overlapped) {
            throw memory.fail(kind + " on a handle without FILE_FLAG_OVERLAPPED would block: " + end);
        }
        SimulatedEvent event = event(end, overlapped);
        if (event != null) {
            event.reset();
        }
        SimulatedOperation operation = new SimulatedOperation(kind, end, overlapped, buffer, length, event);
        RawMemory.putLong(overlapped + Overlapped.INTERNAL, SimulatedStatus.PENDING);
        int status = start.applyAsInt(operation);
        if (SimulatedStatus.isError(status)) {
            return SimulatedStatus.toWin32(status);
        }
        return operation.hasEnded() && !pendsAllTheSame(operation) ? endedAtOnce(operation) : pends(operation);
    }

    private @Nullable SimulatedEvent event(SimulatedPipeEnd end, long overlapped) {
        long handle = RawMemory.getLong(overlapped + Overlapped.EVENT);
        if (handle == 0) {
            return null;
        }
        if (end.port() != null) {
            throw memory.fail("an operation on a port carries an event: " + end);
        }
        return handles.get(handle, SimulatedEvent.class);
    }

    private boolean pendsAllTheSame(SimulatedOperation operation) {
        return (operation.status == SimulatedStatus.BUFFER_OVERFLOW && moreDataByPacket)
                || scheduler.pends(operation.view());
    }

    private int pends(SimulatedOperation operation) {
        memory.lend(operation);
        undelivered.add(operation);
        if (operation.hasEnded()) {
            ended(operation);
        } else {
            operation.phase = SimulatedOperation.Phase.PENDING;
        }
        return Win32Error.ERROR_IO_PENDING;
    }

    private int endedAtOnce(SimulatedOperation operation) {
        writeResults(operation);
        if (operation.end.port() != null && !operation.end.skipsPackets()) {
            memory.lendOverlapped(operation);
            undelivered.add(operation);
            ended(operation);
        } else if (operation.event != null) {
            operation.event.set();
        }
        return SimulatedStatus.toWin32(operation.status);
    }

    @Override
    public void ended(SimulatedOperation operation) {
        operation.phase = SimulatedOperation.Phase.ENDED;
        scheduler.ended(operation);
    }

    /** Writes the results, posts the packet, and signals the event. */
    void deliver(SimulatedOperation operation) {
        undelivered.remove(operation);
        if (!operation.written) {
            memory.verify(operation);
            writeResults(operation);
        }
        operation.phase = SimulatedOperation.Phase.DELIVERED;
        SimulatedPort port = operation.withoutPort ? null : operation.end.port();
        if (port == null) {
            memory.giveBack(operation);
        } else {
            port.post(packetOf(operation), operation);
        }
        if (operation.event != null) {
            operation.event.set();
        }
    }

    private void writeResults(SimulatedOperation operation) {
        if (operation.kind == OperationKind.READ) {
            RawMemory.write(operation.buffer, operation.data, operation.bytes);
            operation.end.opener.noteRead();
        }
        RawMemory.putLong(operation.overlapped + Overlapped.INTERNAL_HIGH, operation.bytes);
        RawMemory.putLong(operation.overlapped + Overlapped.INTERNAL, Integer.toUnsignedLong(operation.status));
        operation.written = true;
        memory.written(operation);
    }

    private static Packet packetOf(SimulatedOperation operation) {
        return new Packet(operation.end.key(), operation.overlapped, operation.status, operation.bytes);
    }

    // ---- cancelling

    /** @param overlapped the operation, or 0 for all operations of the end */
    int cancel(SimulatedPipeEnd end, long overlapped) {
        List<SimulatedOperation> found =
                pending(op -> op.end == end && (overlapped == 0 || op.overlapped == overlapped));
        if (found.isEmpty()) {
            return Win32Error.ERROR_NOT_FOUND;
        }
        // The newest first, as Wine does; Windows promises no order.
        Collections.reverse(found);
        found.forEach(operation -> operation.end.abort(operation, SimulatedStatus.CANCELLED));
        return Win32Error.ERROR_SUCCESS;
    }

    void threadExited(Thread thread) {
        pending(op -> op.withoutPort && op.issuer == thread)
                .forEach(operation -> operation.end.abort(operation, SimulatedStatus.CANCELLED));
    }

    /** Ends the oldest operation of a kind that pends on a handle. Returns false if there is none. */
    boolean abortOldest(OperationKind kind, long handle, int status) {
        List<SimulatedOperation> found = pending(op -> op.kind == kind && op.handle == handle);
        if (!found.isEmpty()) {
            SimulatedOperation operation = found.get(0);
            operation.end.abort(operation, status);
        }
        return !found.isEmpty();
    }

    List<SimulatedOperation> pending(Predicate<SimulatedOperation> which) {
        List<SimulatedOperation> found = new ArrayList<>();
        for (SimulatedOperation operation : undelivered) {
            if (operation.phase == SimulatedOperation.Phase.PENDING && which.test(operation)) {
                found.add(operation);
            }
        }
        return found;
    }

    void associate(SimulatedPipeEnd end, SimulatedPort port, long key) {
        if (end.port() != null || !end.overlapped) {
            throw new SimulatedFailure(Win32Error.ERROR_INVALID_PARAMETER);
        }
        if (!pending(op -> op.end == end).isEmpty()) {
            throw memory.fail("a handle joins a port while an operation is pending on it: " + end);
        }
        end.associate(port, key);
    }
}
