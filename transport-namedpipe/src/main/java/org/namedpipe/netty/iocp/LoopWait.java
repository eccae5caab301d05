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

import io.netty.channel.IoHandlerContext;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Kernel;

/**
 * Waits for the packets of an event loop: by a spin if the user wants one, then by a wait that ends at the loop's next deadline,
 * or when another thread wakes it up.
 *
 * <p>Confined to the loop's thread, except {@link #wakeUp()}.
 */
final class LoopWait {
    private static final long NO_DEADLINE = -1;

    private final CompletionPort port;
    private final IocpMetrics metrics;
    private final Wakeup wakeup;
    private final NearTimer timer;
    private final long spinNanos;
    private final LongSupplier nanoTime;

    LoopWait(Kernel kernel, CompletionPort port, IocpMetrics metrics, long spinNanos, LongSupplier nanoTime) {
        this.port = port;
        this.metrics = metrics;
        wakeup = new Wakeup(kernel, port.handle());
        timer = new NearTimer(kernel, port.handle());
        this.spinNanos = spinNanos;
        this.nanoTime = nanoTime;
    }

    /**
     * Dequeues packets, and waits for them if the loop may.
     *
     * @param due as of {@link CompletionPort#poll}
     * @return whether there may be more packets than were dequeued
     */
    boolean poll(int due, IoHandlerContext context) {
        if (!context.canBlock()) {
            return port.poll(due, 0);
        }
        if (spinNanos > 0) {
            boolean more = spin(due, context);
            if (port.hasPackets() || !context.canBlock()) {
                return more;
            }
        }
        return port.poll(due, armedFor(context));
    }

    /** Ends the wait that goes on, or the next one. Any thread. Does nothing once closed. */
    void wakeUp() {
        wakeup.signal();
    }

    /** Takes in the packet that the port is at, which ends a wait and no operation. @return {@code null} */
    @Nullable
    IocpIoOps endByPacket() {
        if (port.key() == NearTimer.KEY) {
            timer.fired();
        } else {
            wakeup.consumed();
            metrics.wakeups.add(1);
        }
        return null;
    }

    /** Waits for threads that wake the loop up, and closes the timer. */
    void close() {
        wakeup.close();
        timer.close();
    }

    /** Polls until there is a packet, a task or a deadline, or the time to spin is over. */
    private boolean spin(int due, IoHandlerContext context) {
        long start = nanoTime.getAsLong();
        boolean more = port.poll(due, 0);
        while (!port.hasPackets() && context.canBlock() && nanoTime.getAsLong() - start < spinNanos) {
            Thread.onSpinWait();
            more = port.poll(due, 0);
        }
        return more;
    }

    /**
     * Returns the time to wait, with the timer armed if that is short. Without a deadline the clock need not be asked, nor the loop
     * be woken before something happens.
     */
    private long armedFor(IoHandlerContext context) {
        long deadline = context.deadlineNanos();
        if (deadline == NO_DEADLINE) {
            return Long.MAX_VALUE;
        }
        long delay = context.delayNanos(nanoTime.getAsLong());
        if (delay < NearTimer.NEAR_NANOS) {
            timer.arm(deadline, delay);
        }
        return delay;
    }
}
