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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.namedpipe.netty.win32.Kernel;
import org.namedpipe.netty.win32.Win32Error;
import org.namedpipe.netty.win32.Win32Exception;

/**
 * The bridge from a waitable event to a completion port: whenever the event is signalled, a packet for the operation it
 * is armed with is posted. This is how an operation on a handle that may not be associated with the port yet is waited
 * for there.
 *
 * <p>A packet is only a hint: whoever dequeues it looks whether the operation has ended, or is there at all.
 */
final class EventWait {
    /** The key of the packets, which tells them from those of operations on the port. */
    static final long KEY = 1;

    /** With pauses that double, a tenth of a second. */
    static final int MAX_POSTS = 7;

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final InternalLogger logger = InternalLoggerFactory.getInstance(EventWait.class);

    private final Kernel kernel;
    private final long port;
    private final long event;
    private final long wait;
    private volatile long overlapped;

    private EventWait(Kernel kernel, long port, long event) throws Win32Exception {
        this.kernel = kernel;
        this.port = port;
        this.event = event;
        wait = kernel.registerWait(event, this::signalled);
        if (Win32Error.isError(wait)) {
            kernel.closeHandle(event);
            throw new Win32Exception("WaitForMultipleObjects", "event", Win32Error.codeOf(wait));
        }
    }

    static EventWait open(Kernel kernel, long port) throws Win32Exception {
        long event = kernel.createEvent();
        if (Win32Error.isError(event)) {
            throw new Win32Exception("CreateEvent", "unnamed", Win32Error.codeOf(event));
        }
        return new EventWait(kernel, port, event);
    }

    long event() {
        return event;
    }

    /** From now on a signal posts a packet for the operation whose block is at {@code overlapped}; 0 for none. */
    void arm(long overlapped) {
        this.overlapped = overlapped;
    }

    /** Ends the wait; when this returns nothing is posted any more. */
    void close() {
        kernel.unregisterWait(wait);
        kernel.closeHandle(event);
    }

    /** On a thread that waits. Windows runs out of memory for packets only to have some again a moment later. */
    private void signalled() {
        int code = Win32Error.ERROR_SUCCESS;
        for (int i = 0; i < MAX_POSTS; i++) {
            long armed = overlapped;
            code = armed == 0 ? Win32Error.ERROR_SUCCESS : kernel.postQueuedCompletionStatus(port, 0, KEY, armed);
            if (code == Win32Error.ERROR_SUCCESS) {
                return;
            }
            LockSupport.parkNanos(FIRST_PAUSE_NANOS << i);
        }
        logger.warn(
                "A client may stay unnoticed: {}",
                new Win32Exception("PostQueuedCompletionStatus", "port", code).getMessage());
    }
}
