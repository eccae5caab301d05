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
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.WaitListener;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/**
 * The bridge from a waitable event to a completion port: whenever the event is signalled, a packet for the operation it
 * is armed with is posted. This is how an operation on a handle that may not be associated with the port yet is waited
 * for there.
 *
 * <p>A packet is only a hint: the receiver looks whether the operation has ended, or is there at all.
 *
 * <p>A wait can fail while it goes on, if no thread can wait for the event any more. A packet with another key reports
 * that, and {@link #renew()} begins another wait for the same event.
 */
final class EventWait implements WaitListener {
    /** The key of the packets, which distinguishes them from those of operations on the port. */
    static final long KEY = 1;
    /** The key of a packet that says that the wait has failed. */
    static final long FAILED_KEY = 2;

    private static final InternalLogger logger = InternalLoggerFactory.getInstance(EventWait.class);

    private final Kernel kernel;
    private final long port;
    private final long event;
    private long wait;
    private volatile boolean failed;
    private volatile long overlapped;

    private EventWait(Kernel kernel, long port, long event) {
        this.kernel = kernel;
        this.port = port;
        this.event = event;
    }

    static EventWait open(Kernel kernel, long port) throws WindowsException {
        long event = kernel.createEvent();
        if (Win32Error.isError(event)) {
            throw new WindowsException("CreateEvent", "unnamed", Win32Error.codeOf(event));
        }
        boolean opened = false;
        try {
            EventWait wait = new EventWait(kernel, port, event);
            int code = wait.register();
            if (code != Win32Error.ERROR_SUCCESS) {
                throw new WindowsException("WaitForMultipleObjects", "event of a new pipe instance", code);
            }
            opened = true;
            return wait;
        } finally {
            if (!opened) {
                kernel.closeHandle(event);
            }
        }
    }

    long event() {
        return event;
    }

    /** From now on a signal posts a packet for the operation whose block is at {@code overlapped}; 0 for none. */
    void arm(long overlapped) {
        this.overlapped = overlapped;
        if (failed && overlapped != 0) {
            // The failure came while there was no operation that it could be reported for.
            reportFailure();
        }
    }

    /** Returns whether the wait has failed, and was not renewed since. */
    boolean isFailed() {
        return failed;
    }

    /** Begins another wait for the same event after the last one has failed. @return a Win32 error code */
    int renew() {
        failed = false;
        int code = register();
        failed |= code != Win32Error.ERROR_SUCCESS;
        return code;
    }

    /** Posts the packet that says that the wait has failed. */
    void reportFailure() {
        warnOf(RetriedPost.run(() -> post(FAILED_KEY)));
    }

    /** Ends the wait; when this returns nothing is posted any more. */
    void close() {
        kernel.unregisterWait(wait);
        kernel.closeHandle(event);
    }

    private int register() {
        long registered = kernel.registerWait(event, this);
        if (Win32Error.isError(registered)) {
            return Win32Error.codeOf(registered);
        }
        wait = registered;
        return Win32Error.ERROR_SUCCESS;
    }

    /** On a thread that waits. Windows runs out of memory for packets only to have some again a moment later. */
    @Override
    public void signalled() {
        warnOf(RetriedPost.run(() -> post(KEY)));
    }

    /** On a thread that waits. */
    @Override
    public void failed(int code) {
        failed = true;
        reportFailure();
    }

    private int post(long key) {
        long armed = overlapped;
        return armed == 0 ? Win32Error.ERROR_SUCCESS : kernel.postQueuedCompletionStatus(port, 0, key, armed);
    }

    private static void warnOf(int code) {
        if (code != Win32Error.ERROR_SUCCESS) {
            logger.warn(
                    "A client may stay unnoticed: {}",
                    new WindowsException("PostQueuedCompletionStatus", "port", code).getMessage());
        }
    }
}
