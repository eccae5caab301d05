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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/**
 * Wakes the loop's thread out of its wait by posting an empty packet, of which at most one is outstanding.
 *
 * <p>The packet's dequeuing clears the flag, before the loop looks at its task queue: a task that was queued while the
 * flag was set is seen by that look, and one that is queued later posts anew. A gate counts the threads that are about
 * to post, so that {@link #close()} returns only when none can touch the port, whose handle Windows may give out again.
 */
final class Wakeup {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(Wakeup.class);
    private static final int CLOSED = 1 << 30;

    private final Kernel kernel;
    private final long port;
    private final AtomicBoolean posted = new AtomicBoolean();
    private final AtomicInteger gate = new AtomicInteger();
    private final IntSupplier postOnce = this::postOnce;

    Wakeup(Kernel kernel, long port) {
        this.kernel = kernel;
        this.port = port;
    }

    /** Any thread. Does nothing once closed. */
    void signal() {
        if (posted.get() || posted.getAndSet(true)) {
            return;
        }
        if ((gate.getAndIncrement() & CLOSED) == 0) {
            post();
        }
        gate.getAndDecrement();
    }

    /** To be called when the packet is dequeued, before tasks are looked for. */
    void consumed() {
        posted.set(false);
    }

    /** Waits for threads that are posting; later signals do nothing. */
    void close() {
        gate.getAndAdd(CLOSED);
        while (gate.get() != CLOSED) {
            Thread.onSpinWait();
        }
    }

    private void post() {
        int code = RetriedPost.run(postOnce);
        if (code != Win32Error.ERROR_SUCCESS) {
            // Otherwise later wake-ups would be suppressed.
            posted.set(false);
            logger.warn(
                    "Could not wake an event loop up; the next task or packet does",
                    new WindowsException("PostQueuedCompletionStatus", "port", code));
        }
    }

    private int postOnce() {
        return kernel.postQueuedCompletionStatus(port, 0, 0, 0);
    }
}
