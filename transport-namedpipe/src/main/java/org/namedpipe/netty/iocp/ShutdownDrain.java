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

import io.netty.channel.ChannelException;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides how long a loop that ends waits for its operations: as long as they end one after the other, within a limit.
 * A loaded machine takes its time with 10,000 packets, and memory whose packet has not come is never freed.
 */
final class ShutdownDrain {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(ShutdownDrain.class);

    /** The time to wait for the next packet. One that was cancelled comes at once, or not at all. */
    static final long QUIET_MILLIS = 200;

    /** The time to wait in total, however many packets come. */
    static final long MAX_MILLIS = 30_000;

    /** The last of those that keep something for ever, linked so that keeping another takes no memory. */
    private static @Nullable ShutdownDrain lastKept;

    @SuppressWarnings("UnusedVariable") // keeps what it refers to reachable
    private @Nullable ShutdownDrain nextKept;

    @SuppressWarnings("UnusedVariable") // keeps what it refers to reachable
    private @Nullable Object kept;

    private final PendingOperations operations;
    private final LongSupplier nanoTime;
    private boolean begun;
    private long end;
    private long quietEnd;
    private long ended;
    private boolean looked;

    ShutdownDrain(PendingOperations operations, LongSupplier nanoTime) {
        this.operations = operations;
        this.nanoTime = nanoTime;
    }

    /** Begins to wait for the next packet; the limit counts from the first call of this. */
    void begin() {
        long now = nanoTime.getAsLong();
        if (!begun) {
            begun = true;
            end = now + TimeUnit.MILLISECONDS.toNanos(MAX_MILLIS);
        }
        packetCame(now);
    }

    /** Returns whether operations are under way that are worth waiting for. */
    boolean goesOn() {
        if (operations.count() == 0) {
            return false;
        }
        long now = nanoTime.getAsLong();
        if (operations.endedByPacket() != ended) {
            packetCame(now);
        }
        if (now - end >= 0) {
            return false;
        }
        if (nanosLeft(now) > 0) {
            looked = false;
            return true;
        }
        // The thread may have been asleep for all of that time: what has come meanwhile counts.
        boolean first = !looked;
        looked = true;
        return first;
    }

    /** Returns how long to wait for the next packet; 0 to look whether there is one. */
    long nanosLeft() {
        return Math.max(0, nanosLeft(nanoTime.getAsLong()));
    }

    /**
     * Waits for operations to end.
     *
     * @param again whether the time for the next packet begins anew
     * @param wait waits for that many nanoseconds, and takes in what comes
     */
    void run(boolean again, LongConsumer wait) {
        if (again) {
            begin();
        }
        try {
            while (goesOn()) {
                wait.accept(nanosLeft());
            }
        } catch (ChannelException e) {
            logger.warn("Cannot wait for operations to end", e);
        }
    }

    /** Keeps something from being freed: the kernel still owns its memory, and may write to it. */
    void keepForEver(Object owner) {
        kept = owner;
        synchronized (ShutdownDrain.class) {
            nextKept = lastKept;
            lastKept = this;
        }
        logger.warn(
                "{} operations did not end within {} ms of the last that did, or {} ms in all; their memory is never freed",
                operations.count(),
                QUIET_MILLIS,
                MAX_MILLIS);
    }

    private long nanosLeft(long now) {
        return Math.min(quietEnd - now, end - now);
    }

    private void packetCame(long now) {
        ended = operations.endedByPacket();
        quietEnd = now + TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS);
        looked = false;
    }
}
