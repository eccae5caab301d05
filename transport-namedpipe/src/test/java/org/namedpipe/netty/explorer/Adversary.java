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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.namedpipe.netty.internal.win32.NativeMemory;
import org.namedpipe.netty.internal.win32.OperationKind;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * Does what the transport has no influence on: clients that are no channels, which come, write and leave at any time, also
 * between two calls of the transport; packets that mean nothing; calls that fail.
 */
final class Adversary {
    private static final int MAX_CLIENTS = 6;
    private static final List<String> FALLIBLE = List.of(
            "ReadFile",
            "WriteFile",
            "CreateNamedPipe",
            "ConnectNamedPipe",
            "CreateFile",
            "Associate",
            "SetFileCompletionNotificationModes",
            "CreateEvent",
            "RegisterWait",
            "CancelIoEx",
            "FlushFileBuffers");
    /** What it takes to listen on an instance that a client may have opened already. */
    private static final Set<String> LISTENING = Set.of("ConnectNamedPipe", "CreateEvent", "RegisterWait");

    private static final List<String> INTERRUPTIBLE = List.of(
            "ConnectNamedPipe",
            "ConnectNamedPipe",
            "CreateNamedPipe",
            "ReadFile",
            "WriteFile",
            "Associate",
            "CloseHandle");
    private static final int[] CODES = {
        Win32Error.ERROR_NO_SYSTEM_RESOURCES,
        Win32Error.ERROR_ACCESS_DENIED,
        Win32Error.ERROR_PIPE_BUSY,
        Win32Error.ERROR_OPERATION_ABORTED,
        Win32Error.ERROR_BROKEN_PIPE,
        Win32Error.ERROR_NO_DATA,
        Win32Error.ERROR_PIPE_NOT_CONNECTED
    };
    /** How many of these are errors for every call; the others tell the transport what it could only take for true. */
    private static final int PLAIN_CODES = 4;

    private static final int STATUS_INSUFFICIENT_RESOURCES = 0xC000_009A;
    private static final int STATUS_CANCELLED = 0xC000_0120;

    private final World world;
    private final List<Long> clients = new ArrayList<>();
    private int opened;
    private boolean calling;
    private boolean struck;
    private boolean losesNextWakeup;
    private boolean losesClients;

    Adversary(World world) {
        this.world = world;
    }

    // ---- clients

    /** A client connects, writes or leaves; but not in the middle of a call of its own. */
    void client() {
        if (!calling) {
            calling = true;
            if (world.dice.oneIn(3)) {
                visit();
            } else {
                connectWriteOrLeave();
            }
            calling = false;
        }
    }

    /** A client connects and leaves at once. */
    private void visit() {
        if (opened < MAX_CLIENTS && open()) {
            if (world.dice.oneIn(2)) {
                write();
            }
            world.api.closeHandle(clients.remove(clients.size() - 1));
        }
    }

    private void connectWriteOrLeave() {
        if (clients.isEmpty() || (opened < MAX_CLIENTS && world.dice.oneIn(2))) {
            if (open() && world.dice.oneIn(2)) {
                write();
            }
        } else if (world.dice.oneIn(2)) {
            write();
        } else {
            leave();
        }
    }

    /** The same before the next call of some kind, while the transport is in the middle of what it does. */
    void clientInBetween() {
        String call = world.dice.pick(INTERRUPTIBLE);
        world.journal.note(() -> "  before the next " + call);
        world.kernel.faults().before(call, this::client);
    }

    /** A client opens the pipe. @return whether it could */
    boolean open() {
        opened++;
        long handle = world.api.createFile(
                World.ADDRESS.path(),
                (world.settings.toClient() ? Win32Constants.GENERIC_READ : 0)
                        | (world.settings.toServer() ? Win32Constants.GENERIC_WRITE : 0),
                Win32Constants.FILE_FLAG_OVERLAPPED);
        if (Win32Error.isError(handle)) {
            return false;
        }
        clients.add(handle);
        return true;
    }

    private void write() {
        Side side = world.connections.side(clients.get(clients.size() - 1));
        // One write at a time: of two that pend the second might arrive and the first not.
        boolean mayWrite =
                world.settings.toServer() && side != null && !side.outgoing().isUnfinished();
        Payload payload = mayWrite ? world.payload() : null;
        if (payload == null || side == null) {
            return;
        }
        if (world.settings.halves && world.dice.oneIn(4) && side.outgoing().end()) {
            payload = world.endOfOutput();
        }
        ByteBuffer memory = world.arena.allocate(Overlapped.SIZE + payload.length());
        memory.putLong(Overlapped.EVENT, 0);
        memory.put(Overlapped.SIZE, payload.bytes());
        long address = NativeMemory.addressOf(memory);
        Promise<Void> promise = ImmediateEventExecutor.INSTANCE.newPromise();
        side.outgoing().add(new Sent(payload, promise));
        int code = world.api.writeFile(side.handle, address + Overlapped.SIZE, payload.length(), address);
        if (code == Win32Error.ERROR_SUCCESS) {
            promise.setSuccess(null);
        } else if (code != Win32Error.ERROR_IO_PENDING) {
            promise.setFailure(new NotYetConnectedException());
        }
    }

    private void leave() {
        world.api.closeHandle(clients.remove(world.dice.below(clients.size())));
    }

    void leaveAll() {
        while (!clients.isEmpty()) {
            leave();
        }
    }

    // ---- faults

    /** Has a callback come for which there is no reason. */
    void spuriousHint() {
        List<Runnable> waits = world.explored.waits();
        if (!waits.isEmpty()) {
            world.dice.pick(waits).run();
        }
    }

    /** Has a call fail, now or later. */
    void failCall() {
        if (!world.settings.faults) {
            return;
        }
        struck = true;
        if (world.dice.oneIn(8)) {
            losesNextWakeup = true;
            return;
        }
        String call = world.dice.pick(FALLIBLE);
        int code = CODES[world.dice.below(call.equals("WriteFile") ? CODES.length : PLAIN_CODES)];
        int after = world.dice.below(3);
        int times = world.dice.between(1, 3);
        world.journal.note(() -> "  " + call + " fails with " + Win32Error.describe(code) + " after " + after
                + " calls, " + times + " times");
        losesClients |= LISTENING.contains(call);
        world.kernel.faults().on(call).after(after).times(times).fail(code);
    }

    /** Ends an operation that is under way. */
    void failPending() {
        if (!world.settings.faults || world.endpoints.isEmpty()) {
            return;
        }
        Endpoint endpoint = world.dice.pick(world.endpoints);
        long handle = endpoint.isUsable() ? endpoint.handle() : 0;
        // A write that outlives its handle cannot be distinguished from one on the handle that has its number now.
        boolean read = world.settings.writesOutliveTheirHandle || world.dice.oneIn(2);
        OperationKind kind = read ? OperationKind.READ : OperationKind.WRITE;
        if (handle != 0 && world.kernel.isPending(kind, handle)) {
            struck = true;
            int status = world.dice.pick(STATUS_INSUFFICIENT_RESOURCES, STATUS_CANCELLED);
            world.journal.note(
                    () -> "  " + kind + " of " + endpoint.name + " ends with 0x" + Integer.toHexString(status));
            world.kernel.faults().end(kind, handle, status);
        }
    }

    /** Whether the post of a packet fails. */
    boolean losesWakeup(long overlapped) {
        boolean loses = losesNextWakeup && overlapped == 0;
        losesNextWakeup &= !loses;
        return loses;
    }

    /** Loses no more; what was lost shows at the next attempt. */
    void makeGood() {
        losesNextWakeup = false;
        if (struck) {
            world.loops.forEach(loop -> loop.execute(() -> {}));
        }
    }

    /** Whether anything was made to fail. */
    boolean hasStruck() {
        return struck;
    }

    /** Whether it takes no fault of the transport that a client is never accepted. */
    boolean losesClients() {
        return losesClients;
    }

    boolean explains(Throwable cause) {
        return struck && cause instanceof IOException;
    }

    /** Whether a warning of the transport has its reason here. */
    boolean explains(String warning) {
        return struck && warning.startsWith("Could not wake up");
    }
}
