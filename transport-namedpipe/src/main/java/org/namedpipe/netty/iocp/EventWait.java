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
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/**
 * An event, and its watch, by which the end of an operation queues a packet to a port. This is how an operation on a handle
 * that may not be associated with the port yet is waited for there.
 *
 * <p>A packet is only a hint: the receiver looks whether the operation has ended, or is there at all.
 *
 * <p>The event is watched by a wait packet. If Windows has none, or one fails, a thread waits for the event.
 */
final class EventWait {
    /** The key of the packets, which distinguishes them from those of operations on the port. */
    static final long KEY = 1;
    /** The key of a packet that says that the watch has failed. */
    static final long FAILED_KEY = 2;

    private static final InternalLogger logger = InternalLoggerFactory.getInstance(EventWait.class);

    private final Kernel kernel;
    private final long port;
    private final long event;
    /** Exists from the beginning, so that falling back to it needs no memory. */
    private final ThreadWatch thread;

    private EventWatch watch;
    private long overlapped;

    private EventWait(Kernel kernel, long port, long event) throws WindowsException {
        this.kernel = kernel;
        this.port = port;
        this.event = event;
        thread = new ThreadWatch(kernel, port, event);
        watch = openWatch();
    }

    static EventWait open(Kernel kernel, long port) throws WindowsException {
        long event = kernel.createEvent();
        if (Win32Error.isError(event)) {
            throw new WindowsException("CreateEvent", "unnamed", Win32Error.codeOf(event));
        }
        boolean opened = false;
        try {
            EventWait wait = new EventWait(kernel, port, event);
            opened = true;
            return wait;
        } finally {
            if (!opened) {
                kernel.closeHandle(event);
            }
        }
    }

    private EventWatch openWatch() throws WindowsException {
        PacketWatch packet = new PacketWatch(kernel, port, event);
        if (packet.open()) {
            return packet;
        }
        int code = thread.begin();
        if (code != Win32Error.ERROR_SUCCESS) {
            throw new WindowsException("WaitForMultipleObjects", "event of a new pipe instance", code);
        }
        return thread;
    }

    long event() {
        return event;
    }

    /** Sets the {@code OVERLAPPED} of the operation, before its call; 0 for none. */
    void arm(long overlapped) {
        this.overlapped = overlapped;
        watch.arm(overlapped);
    }

    /**
     * Has a packet queued at the end of the operation that is under way. Also to be called after a packet that did not end it;
     * then the caller looks at the operation afterwards, because its packet may have been removed.
     *
     * @return a Win32 error code
     */
    int begin() {
        int code = watch.begin();
        if (code != Win32Error.ERROR_SUCCESS && watch != thread) {
            logger.debug("A thread waits for a client: NtAssociateWaitCompletionPacket failed with {}", code);
            watch.close();
            watch = thread;
            thread.arm(overlapped);
            code = thread.begin();
        }
        return code;
    }

    /** Returns whether the watch has failed, and did not begin again since. */
    boolean isFailed() {
        return watch.isFailed();
    }

    /** Posts the packet that says that the watch has failed. */
    void reportFailure() {
        post(kernel, port, FAILED_KEY, overlapped);
    }

    /** Ends the watch, and closes the event. */
    void close() {
        watch.close();
        kernel.closeHandle(event);
    }

    /** Posts a packet, unless there is no operation. If Windows has no memory for packets, it has some again a moment later. */
    static void post(Kernel kernel, long port, long key, long overlapped) {
        if (overlapped == 0) {
            return;
        }
        int code = RetriedPost.run(() -> kernel.postQueuedCompletionStatus(port, 0, key, overlapped));
        if (code != Win32Error.ERROR_SUCCESS) {
            logger.warn(
                    "A client may stay unnoticed: {}",
                    new WindowsException("PostQueuedCompletionStatus", "port", code).getMessage());
        }
    }
}
