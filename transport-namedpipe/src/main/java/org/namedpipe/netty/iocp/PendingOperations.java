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
package org.namedpipe.netty.iocp;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.win32.Kernel;
import org.namedpipe.netty.win32.Overlapped;
import org.namedpipe.netty.win32.Win32Error;
import org.namedpipe.netty.win32.Win32Exception;

/**
 * The operations of one event loop, from their call to the packet that ends them, each with a slot of the slab and, if
 * it has to be waited for off the port, an event.
 *
 * <p>Confined to the loop's thread but for {@link #count()}.
 */
final class PendingOperations {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(PendingOperations.class);

    private final Kernel kernel;
    private final CompletionPort port;
    private final IocpTally tally;
    private final OverlappedSlab slab = new OverlappedSlab();
    private final EventWaits waits;
    private final IocpIoEvent event = new IocpIoEvent();

    PendingOperations(Kernel kernel, CompletionPort port, IocpTally tally) {
        this.kernel = kernel;
        this.port = port;
        this.tally = tally;
        waits = new EventWaits(kernel, port.handle());
    }

    /** How many operations are under way. Any thread. */
    int count() {
        return slab.inUse();
    }

    /** How many operations have ended by a packet so far. */
    long endedByPacket() {
        return tally.completedByPacket.get();
    }

    /** How many packets to ask the port for: those that Windows can queue, or else those that waits for events can post. */
    int packetsDue() {
        int byWindows = slab.inUse() - waits.inUse();
        return byWindows > 0 ? byWindows : waits.inUse();
    }

    /** Closes what no operation needs. The memory of those under way stays the kernel's. */
    void close() {
        waits.close();
    }

    long submit(IocpRegistration registration, IocpIoOps ops) {
        assert !ops.isPending();
        if (!registration.isValid()) {
            ops.end(Win32Error.ERROR_INVALID_HANDLE, 0);
            return 0;
        }
        EventWait wait = null;
        if (ops.needsEvent()) {
            try {
                wait = waits.acquire();
            } catch (Win32Exception e) {
                ops.end(e.code(), 0);
                return 0;
            }
        }
        return issue(registration, ops, acquireSlot(ops, wait), wait);
    }

    private int acquireSlot(IocpIoOps ops, @Nullable EventWait wait) {
        try {
            return slab.acquire(ops);
        } catch (OutOfMemoryError e) {
            waits.release(wait);
            throw e;
        }
    }

    private long issue(IocpRegistration registration, IocpIoOps ops, int slot, @Nullable EventWait wait) {
        long overlapped = slab.address(slot);
        if (wait != null) {
            wait.arm(overlapped);
            slab.signalAtEnd(slot, wait.event());
        }
        tally.submitted.add(1);
        int code = ops.issue(kernel, overlapped);
        if (ops.isPacketDue(code)) {
            ops.begin(registration, slot, wait);
            registration.opened();
            return slab.id(slot);
        }
        int bytes = code == Win32Error.ERROR_SUCCESS || code == Win32Error.ERROR_MORE_DATA ? slab.transferred(slot) : 0;
        slab.release(slot);
        waits.release(wait);
        tally.completedAtOnce.add(1);
        ops.end(code, bytes);
        ops.count(tally);
        return 0;
    }

    boolean isInKernel(int slot) {
        return slab.status(slot) == Overlapped.STATUS_PENDING;
    }

    boolean cancel(long handle, int slot) {
        int code = kernel.cancelIoEx(handle, slab.address(slot));
        // What is not found has ended: its packet is on its way.
        boolean ends = code == Win32Error.ERROR_SUCCESS || code == Win32Error.ERROR_NOT_FOUND;
        if (!ends) {
            logger.debug("CancelIoEx failed: {}", code);
        }
        return ends;
    }

    /** Takes in the packet that the port is at; returns whether it has ended an operation. */
    boolean endByPacket() {
        IocpIoOps ops = slab.ownerAt(port.overlapped());
        boolean isFailure = port.key() == EventWait.FAILED_KEY;
        boolean isHint = isFailure || port.key() == EventWait.KEY;
        if (ops == null || isHint != ops.needsEvent()) {
            logger.debug("Ignoring a packet of no operation under way");
            return false;
        }
        // The packet of an event is only a hint, and carries no outcome.
        int status = isHint ? slab.status(ops.slot()) : port.status();
        if (status == Overlapped.STATUS_PENDING && isFailure) {
            status = waitFailed(ops);
        }
        if (status == Overlapped.STATUS_PENDING) {
            return false;
        }
        end(ops, status == 0 ? Win32Error.ERROR_SUCCESS : kernel.ntStatusToWin32(status), port.bytes());
        return true;
    }

    /**
     * Waits anew for an operation whose wait has failed. If that is not possible either it is cancelled, since its end
     * would stay unnoticed: its submitter then submits another one, and learns why that fails.
     *
     * @return the status of the operation
     */
    private int waitFailed(IocpIoOps ops) {
        EventWait wait = ops.eventWait();
        if (wait == null || !wait.isFailed() || wait.renew() == Win32Error.ERROR_SUCCESS) {
            return Overlapped.STATUS_PENDING;
        }
        ops.cancel();
        int status = slab.status(ops.slot());
        if (status == Overlapped.STATUS_PENDING) {
            wait.reportFailure();
        }
        return status;
    }

    private void end(IocpIoOps ops, int code, int bytes) {
        IocpRegistration registration = ops.registration();
        assert registration != null;
        slab.release(ops.slot());
        waits.release(ops.eventWait());
        tally.completedByPacket.add(1);
        ops.end(code, bytes);
        ops.count(tally);
        registration.ended(event.with(ops));
    }
}
