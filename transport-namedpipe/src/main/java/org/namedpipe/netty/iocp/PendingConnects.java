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

import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/**
 * The events of the {@code ConnectNamedPipe} operations of one event loop. Each has a wait for its event from its call to its
 * end.
 *
 * <p>Confined to the loop's thread.
 */
final class PendingConnects {
    private final Kernel kernel;
    private final OverlappedSlab slab;
    private final EventWaits waits;

    PendingConnects(Kernel kernel, long port, OverlappedSlab slab) {
        this.kernel = kernel;
        this.slab = slab;
        waits = new EventWaits(kernel, port);
    }

    /** Returns how many are under way. */
    int count() {
        return waits.inUse();
    }

    /** Closes the waits that no operation needs. */
    void close() {
        waits.close();
    }

    EventWait acquireWait() throws WindowsException {
        return waits.acquire();
    }

    /** Takes back the wait of an operation that has ended, or was not begun. */
    void release(EventWait wait) {
        waits.release(wait);
    }

    /** Makes the call; the end of the operation signals the event. @return a Win32 error code */
    int issue(IocpConnectOps ops, int slot, EventWait wait) {
        long overlapped = slab.address(slot);
        wait.arm(overlapped);
        slab.signalAtEnd(slot, wait.event());
        int code = ops.issue(kernel, overlapped);
        if (code != Win32Error.ERROR_IO_PENDING) {
            waits.release(wait);
            return code;
        }
        ops.waitBy(wait);
        if (wait.begin() != Win32Error.ERROR_SUCCESS) {
            wait.reportFailure();
        }
        return code;
    }

    /**
     * Waits anew for an operation that a packet did not end. If that is not possible it is cancelled, since its end would stay
     * unnoticed: its submitter then submits another one, and learns why that fails.
     *
     * @return the status of the operation
     */
    int waitAnew(IocpConnectOps ops) {
        EventWait wait = ops.eventWait();
        boolean waits = wait.begin() == Win32Error.ERROR_SUCCESS;
        if (!waits) {
            ops.cancelByHandler();
        }
        int status = slab.status(ops.slot());
        if (!waits && status == Overlapped.STATUS_PENDING) {
            wait.reportFailure();
        }
        return status;
    }
}
