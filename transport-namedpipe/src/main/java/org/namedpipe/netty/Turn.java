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
package org.namedpipe.netty;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;

/** The limit of bytes and of time after which a channel yields to the other channels and tasks of its event loop. */
final class Turn {
    static final int MAX_BYTES = 1024 * 1024;
    static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private long bytesAtStart;
    private boolean hasEnd;
    private long end;

    /**
     * Begins a turn.
     *
     * @param bytes how many bytes the channel has read or written so far
     */
    void begin(long bytes) {
        bytesAtStart = bytes;
        hasEnd = false;
    }

    /**
     * Returns whether the turn is over. Reads the clock, so a channel calls it only if it has more to read or write. The first
     * call starts the time.
     *
     * @param bytes how many bytes the channel has read or written so far
     */
    boolean isOver(long bytes, EventLoop loop) {
        if (bytes - bytesAtStart >= MAX_BYTES) {
            return true;
        }
        Ticker ticker =
                loop instanceof AbstractScheduledEventExecutor executor ? executor.ticker() : Ticker.systemTicker();
        long now = ticker.nanoTime();
        if (!hasEnd) {
            hasEnd = true;
            end = now + MAX_NANOS;
        }
        return now - end >= 0;
    }
}
