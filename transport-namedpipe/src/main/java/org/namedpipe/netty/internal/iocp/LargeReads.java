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
package org.namedpipe.netty.internal.iocp;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits the reads of one event loop that have a large buffer. Such a read can be outstanding for as long as the peer sends
 * nothing, and its memory is of no other use meanwhile.
 *
 * <p>Reads begin and end on the event loop's thread. Any thread may count them.
 */
public final class LargeReads {
    /** The maximum of reads with a large buffer. */
    public static final int MAX = 4;

    private final AtomicInteger count = new AtomicInteger();

    /** Begins a read with a large buffer, unless there are {@value #MAX}. @return whether it has begun */
    public boolean begin() {
        if (count.incrementAndGet() <= MAX) {
            return true;
        }
        count.decrementAndGet();
        return false;
    }

    /** Ends a read that has begun. */
    public void end() {
        count.decrementAndGet();
    }

    /** Returns how many reads have begun and not ended. */
    public int count() {
        return count.get();
    }
}
