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

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testkit.OperationKind;

/** The fault injector: makes calls and outstanding operations fail, loses wake-ups, and signals events without a cause. */
final class RandomFaults {
    private static final List<String> FALLIBLE_CALLS = List.of(
            "ReadFile",
            "WriteFile",
            "CreateNamedPipe",
            "ConnectNamedPipe",
            "CreateFile",
            "Associate",
            "SetFileCompletionNotificationModes",
            "CreateEvent",
            "RegisterWait",
            "CreateWaitPacket",
            "AssociateWaitPacket",
            "CancelIoEx",
            "FlushFileBuffers");
    /** The calls that a server makes for an instance that a client may have opened already. */
    private static final Set<String> LISTENING_CALLS = Set.of("ConnectNamedPipe", "CreateEvent", "RegisterWait");

    private static final int[] CODES = {
        Win32Error.ERROR_NO_SYSTEM_RESOURCES,
        Win32Error.ERROR_ACCESS_DENIED,
        Win32Error.ERROR_PIPE_BUSY,
        Win32Error.ERROR_OPERATION_ABORTED,
        Win32Error.ERROR_BROKEN_PIPE,
        Win32Error.ERROR_NO_DATA,
        Win32Error.ERROR_PIPE_NOT_CONNECTED
    };
    /** The number of codes that are an error of every call. The others have a meaning, which the transport believes. */
    private static final int PLAIN_CODES = 4;

    private static final int STATUS_INSUFFICIENT_RESOURCES = 0xC000_009A;
    private static final int STATUS_CANCELLED = 0xC000_0120;

    private final Simulation simulation;
    private final RandomSource random;
    private boolean injected;
    private boolean losesNextWakeup;
    private boolean losesClients;

    RandomFaults(Simulation simulation) {
        this.simulation = simulation;
        random = simulation.random;
    }

    /** Signals an event that no operation has set, or posts a packet as a thread of another wait can do. */
    void spuriousSignal() {
        List<Runnable> signals = simulation.interceptor.signals();
        if (!signals.isEmpty()) {
            random.pick(signals).run();
        }
    }

    /** Makes the next call of a random kind fail, or one of those that follow. */
    void failCall() {
        if (!simulation.config.faults) {
            return;
        }
        injected = true;
        if (random.oneIn(8)) {
            losesNextWakeup = true;
            return;
        }
        String call = random.pick(FALLIBLE_CALLS);
        int code = CODES[random.below(call.equals("WriteFile") ? CODES.length : PLAIN_CODES)];
        int after = random.below(3);
        int times = random.between(1, 3);
        simulation.trace.record(() -> "  " + call + " fails with " + Win32Error.describe(code) + " after " + after
                + " calls, " + times + " times");
        losesClients |= LISTENING_CALLS.contains(call);
        simulation.kernel.faults().on(call).after(after).times(times).fail(code);
    }

    /** Fails an outstanding operation. */
    void failOperation() {
        if (!simulation.config.faults || simulation.endpoints.isEmpty()) {
            return;
        }
        Endpoint endpoint = random.pick(simulation.endpoints);
        long handle = endpoint.isUsable() ? endpoint.handle() : 0;
        // A write that outlives its handle cannot be distinguished from a write on a new handle with the same number.
        boolean read = simulation.config.writesOutliveTheirHandle || random.oneIn(2);
        OperationKind kind = read ? OperationKind.READ : OperationKind.WRITE;
        if (handle != 0 && simulation.kernel.isPending(kind, handle)) {
            injected = true;
            int status = random.pick(STATUS_INSUFFICIENT_RESOURCES, STATUS_CANCELLED);
            simulation.trace.record(
                    () -> "  " + kind + " of " + endpoint.name + " ends with 0x" + Integer.toHexString(status));
            simulation.kernel.faults().end(kind, handle, status);
        }
    }

    /** Returns whether this post of a packet fails. */
    boolean losesWakeup(long overlapped) {
        boolean loses = losesNextWakeup && overlapped == 0;
        losesNextWakeup &= !loses;
        return loses;
    }

    /** Stops losing wake-ups, and wakes up the loops that have lost one. */
    void stop() {
        losesNextWakeup = false;
        if (injected) {
            simulation.scheduler.loops().forEach(loop -> loop.execute(() -> {}));
        }
    }

    boolean wereInjected() {
        return injected;
    }

    /** Returns whether a fault may be the reason that a client is never accepted. */
    boolean mayLoseClients() {
        return losesClients;
    }

    boolean explain(Throwable cause) {
        return injected && cause instanceof IOException;
    }

    /** Returns whether a fault is the reason for a warning of the transport. */
    boolean explain(String warning) {
        return injected && warning.startsWith("Could not wake up");
    }
}
