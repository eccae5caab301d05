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
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The clients of one event loop that wait for pipes, a line for each name, and the names that this loop has seen lately.
 * Confined to the loop's thread, but for {@link #of}.
 */
final class WaitingLines {
    /** The number of names that are remembered; the one that was seen longest ago is forgotten first. */
    static final int MAX_NAMES = 256;

    private static final long LATELY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Weak, so that a loop that has ended is not kept; its lines are empty by then and hold no reference to it. */
    private static final Map<EventLoop, WaitingLines> OF_LOOPS = Collections.synchronizedMap(new WeakHashMap<>());

    private final Map<NamedPipeAddress, WaitingLine> lines = new HashMap<>();
    private final Map<NamedPipeAddress, Long> seen = new LinkedHashMap<>();

    private WaitingLines() {}

    /** Returns the lines of an event loop. Any thread. */
    static WaitingLines of(EventLoop loop) {
        return OF_LOOPS.computeIfAbsent(loop, unused -> new WaitingLines());
    }

    /** Returns the line for a pipe, or {@code null} if no client waits for it. */
    @Nullable
    WaitingLine line(NamedPipeAddress server) {
        return lines.get(server);
    }

    /** Returns the line for a pipe, a new one if no client waits for it. */
    WaitingLine lineOrNew(NamedPipeAddress server, EventLoop loop) {
        return lines.computeIfAbsent(server, name -> new WaitingLine(this, name, loop));
    }

    /** Removes a line that is empty. */
    void remove(NamedPipeAddress server) {
        lines.remove(server);
    }

    /** Notes that the pipe exists. */
    void seen(NamedPipeAddress server, long nanoTime) {
        seen.remove(server);
        seen.put(server, nanoTime);
        if (seen.size() > MAX_NAMES) {
            seen.remove(seen.keySet().iterator().next());
        }
    }

    /** Returns whether the pipe existed within the last second, as far as this loop knows. */
    boolean wasSeenLately(NamedPipeAddress server, long nanoTime) {
        Long last = seen.get(server);
        return last != null && nanoTime - last <= LATELY_NANOS;
    }

    /** Returns how many lines there are, for tests. */
    int lines() {
        return lines.size();
    }

    /** Returns how many names are remembered, for tests. */
    int names() {
        return seen.size();
    }
}
