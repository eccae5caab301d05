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

import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.util.ArrayList;
import java.util.List;
import org.namedpipe.netty.explorer.Connections.End;
import org.namedpipe.netty.internal.win32.NativeMemory;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testkit.Faults;
import org.namedpipe.netty.testkit.PipeQuery;

/** Clients without a channel. They open the pipe, write and close, also between two calls of the transport. */
final class RawClients {
    private static final int MAX_CLIENTS = 6;
    /** The calls before which a client may act; the first is twice as likely. */
    private static final List<String> INTERRUPTIBLE_CALLS = List.of(
            "ConnectNamedPipe",
            "ConnectNamedPipe",
            "CreateNamedPipe",
            "ReadFile",
            "WriteFile",
            "Associate",
            "CloseHandle");

    /** A write that did not complete at once, and its {@code OVERLAPPED}. */
    private record PendingWrite(End end, SentMessage message, Promise<Void> promise, ByteBuffer overlapped) {}

    private final Simulation simulation;
    private final RandomSource random;
    private final List<Long> handles = new ArrayList<>();
    private final List<PendingWrite> pendingWrites = new ArrayList<>();
    private int opened;
    private boolean acting;

    RawClients(Simulation simulation) {
        this.simulation = simulation;
        random = simulation.random;
    }

    /** Opens, writes or closes, unless a client is in the middle of a call. */
    void act() {
        if (!acting) {
            acting = true;
            if (random.oneIn(3)) {
                openAndClose();
            } else {
                openWriteOrClose();
            }
            acting = false;
        }
    }

    /** Lets a client act before the transport's next call of a random kind. */
    void actBeforeCall() {
        String call = random.pick(INTERRUPTIBLE_CALLS);
        simulation.trace.record(() -> "  before the next " + call);
        simulation.kernel.faults().before(call, this::act);
    }

    /** Takes back what is left of a write, now or between a channel's question how much there is and its next read. */
    void takeBack() {
        if (random.oneIn(3)) {
            takeBackNow();
        } else {
            Faults faults = simulation.kernel.faults();
            faults.before("QueryPipe", () -> faults.before("ReadFile", this::takeBackNow));
        }
    }

    private void takeBackNow() {
        pendingWrites.removeIf(write -> write.end.closed || simulation.kernel.peerOf(write.end.handle) == 0);
        if (pendingWrites.isEmpty()) {
            return;
        }
        PendingWrite write = random.pick(pendingWrites);
        long reader = simulation.kernel.peerOf(write.end.handle);
        int before = PipeQuery.available(simulation.kernel, reader);
        int code = simulation.calls.cancelIoEx(write.end.handle, NativeMemory.addressOf(write.overlapped));
        if (code == Win32Error.ERROR_SUCCESS) {
            int bytes = before - PipeQuery.available(simulation.kernel, reader);
            simulation.trace.record(() -> "  takes back " + bytes + " bytes of " + write.message);
            write.message.takenBack(bytes);
            write.promise.setFailure(new ClosedChannelException());
            pendingWrites.remove(write);
        }
    }

    private void openAndClose() {
        if (opened < MAX_CLIENTS && open()) {
            if (random.oneIn(2)) {
                write();
            }
            simulation.calls.closeHandle(handles.remove(handles.size() - 1));
        }
    }

    private void openWriteOrClose() {
        if (handles.isEmpty() || (opened < MAX_CLIENTS && random.oneIn(2))) {
            if (open() && random.oneIn(2)) {
                write();
            }
        } else if (random.oneIn(2)) {
            write();
        } else {
            close();
        }
    }

    /** Opens the pipe. Returns false if this fails. */
    boolean open() {
        opened++;
        long handle = simulation.calls.createFile(
                Simulation.ADDRESS.path(),
                (simulation.config.toClient() ? Win32Constants.GENERIC_READ : 0)
                        | (simulation.config.toServer() ? Win32Constants.GENERIC_WRITE : 0),
                Win32Constants.FILE_FLAG_OVERLAPPED);
        if (Win32Error.isError(handle)) {
            return false;
        }
        handles.add(handle);
        return true;
    }

    /** Writes a message with the client that was opened last. */
    private void write() {
        End end = simulation.connections.end(handles.get(handles.size() - 1));
        // One write at a time: of two outstanding writes the second could succeed and the first fail.
        boolean mayWrite =
                simulation.config.toServer() && end != null && !end.outgoing().isUnfinished();
        Payload payload = mayWrite ? simulation.workload.payload() : null;
        if (payload == null || end == null) {
            return;
        }
        if (simulation.config.halfClosure && random.oneIn(4) && end.outgoing().end()) {
            payload = simulation.workload.endOfOutput();
        }
        ByteBuffer memory = simulation.allocator.allocate(Overlapped.SIZE + payload.length());
        memory.putLong(Overlapped.EVENT, 0);
        memory.put(Overlapped.SIZE, payload.bytes());
        long address = NativeMemory.addressOf(memory);
        Promise<Void> promise = ImmediateEventExecutor.INSTANCE.newPromise();
        SentMessage message = new SentMessage(payload, promise);
        end.outgoing().add(message);
        int code = simulation.calls.writeFile(end.handle, address + Overlapped.SIZE, payload.length(), address);
        if (code == Win32Error.ERROR_SUCCESS) {
            promise.setSuccess(null);
        } else if (code != Win32Error.ERROR_IO_PENDING) {
            promise.setFailure(new NotYetConnectedException());
        } else if (!simulation.config.messages) {
            pendingWrites.add(new PendingWrite(end, message, promise, memory));
        }
    }

    private void close() {
        simulation.calls.closeHandle(handles.remove(random.below(handles.size())));
    }

    void closeAll() {
        while (!handles.isEmpty()) {
            close();
        }
    }
}
