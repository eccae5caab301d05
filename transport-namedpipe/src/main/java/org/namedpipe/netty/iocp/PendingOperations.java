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
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/**
 * The operations of one event loop, from their call to the packet that ends them, each with a slot of the slab.
 *
 * <p>Confined to the loop's thread but for {@link #count()}.
 */
final class PendingOperations {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(PendingOperations.class);

    private final Kernel kernel;
    private final CompletionPort port;
    private final IocpMetrics metrics;
    private final OverlappedSlab slab = new OverlappedSlab();
    private final PendingConnects connects;
    private boolean closed;

    PendingOperations(Kernel kernel, CompletionPort port, IocpMetrics metrics) {
        this.kernel = kernel;
        this.port = port;
        this.metrics = metrics;
        connects = new PendingConnects(kernel, port.handle(), slab);
    }

    /** Returns how many operations are under way. Any thread. */
    int count() {
        return slab.inUse();
    }

    /** Returns how many operations have ended by a packet so far. */
    long endedByPacket() {
        return metrics.completedAsynchronously.get();
    }

    /** Returns how many packets to ask the port for: those that Windows can queue, or else those that waits can post. */
    int packetsDue() {
        int byWindows = slab.inUse() - connects.count();
        return byWindows > 0 ? byWindows : connects.count();
    }

    /** Closes what no operation needs, and takes no more operations. The memory of those under way stays the kernel's. */
    void close() {
        closed = true;
        connects.close();
    }

    /** Makes the call of an operation. @return 0 if it has ended, or else a number for this use of it */
    long submit(IocpRegistration registration, IocpIoOps ops) {
        assert !ops.isPending();
        if (closed) {
            throw new IllegalStateException("IocpIoHandler is destroyed");
        }
        if (!registration.isValid()) {
            ops.end(Win32Error.ERROR_INVALID_HANDLE, 0);
            return 0;
        }
        if (ops instanceof IocpConnectOps connect) {
            return submitConnect(registration, connect);
        }
        int slot = slab.acquire(ops);
        metrics.submitted.add(1);
        int code = ops.issue(kernel, slab.address(slot));
        return registration.isPacketDue(code) ? begin(registration, ops, slot) : endAtOnce(ops, slot, code);
    }

    private long submitConnect(IocpRegistration registration, IocpConnectOps ops) {
        EventWait wait;
        try {
            wait = connects.acquireWait();
        } catch (WindowsException e) {
            ops.end(e.code(), 0);
            return 0;
        }
        int slot;
        try {
            slot = slab.acquire(ops);
        } catch (OutOfMemoryError e) {
            connects.release(wait);
            throw e;
        }
        metrics.submitted.add(1);
        int code = connects.issue(ops, slot, wait);
        return code == Win32Error.ERROR_IO_PENDING ? begin(registration, ops, slot) : endAtOnce(ops, slot, code);
    }

    private long begin(IocpRegistration registration, IocpIoOps ops, int slot) {
        ops.begin(registration, slot);
        registration.opened();
        return slab.id(slot);
    }

    private long endAtOnce(IocpIoOps ops, int slot, int code) {
        int bytes = code == Win32Error.ERROR_SUCCESS || code == Win32Error.ERROR_MORE_DATA ? slab.transferred(slot) : 0;
        slab.release(slot);
        metrics.completedSynchronously.add(1);
        ops.end(code, bytes);
        ops.count(metrics);
        return 0;
    }

    boolean isInKernel(int slot) {
        return slab.status(slot) == Overlapped.STATUS_PENDING;
    }

    /** Asks Windows to end an operation. @return whether it is about to end */
    boolean cancel(long handle, int slot) {
        int code = kernel.cancelIoEx(handle, slab.address(slot));
        // What is not found has ended: its packet is on its way.
        boolean ends = code == Win32Error.ERROR_SUCCESS || code == Win32Error.ERROR_NOT_FOUND;
        if (!ends) {
            logger.debug("CancelIoEx failed: {}", code);
        }
        return ends;
    }

    /** Takes in the packet that the port is at; returns the operation that it has ended, or {@code null}. */
    @Nullable
    IocpIoOps endByPacket() {
        IocpIoOps ops = slab.ownerAt(port.overlapped());
        IocpConnectOps connect = ops instanceof IocpConnectOps found ? found : null;
        boolean isHint = port.key() == EventWait.KEY || port.key() == EventWait.FAILED_KEY;
        if (ops == null || isHint != (connect != null)) {
            logger.debug("Ignoring a packet of no operation under way");
            return null;
        }
        // The packet of an event is only a hint, and carries no outcome.
        int status = isHint ? slab.status(ops.slot()) : port.status();
        if (status == Overlapped.STATUS_PENDING && connect != null) {
            status = connects.waitAnew(connect);
        }
        if (status == Overlapped.STATUS_PENDING) {
            return null;
        }
        slab.release(ops.slot());
        if (connect != null) {
            connects.release(connect.takeEventWait());
        }
        metrics.completedAsynchronously.add(1);
        ops.end(status == 0 ? Win32Error.ERROR_SUCCESS : kernel.ntStatusToWin32(status), port.bytes());
        ops.count(metrics);
        return ops;
    }
}
