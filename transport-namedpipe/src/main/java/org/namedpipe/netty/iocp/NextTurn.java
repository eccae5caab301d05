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
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The work that channels leave for their next turn. It runs after the loop has dequeued packets. Tasks of the loop are not used for
 * it, because the loop runs tasks for up to a second before it dequeues packets again.
 *
 * <p>Confined to the loop's thread.
 */
final class NextTurn {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(NextTurn.class);

    private final Queue<Runnable> work = new ArrayDeque<>();

    /** Returns the number of pieces of work. */
    int size() {
        return work.size();
    }

    void add(Runnable added) {
        work.add(added);
    }

    /** Runs the first {@code count} pieces of work. @return {@code count} */
    int run(int count) {
        for (int i = 0; i < count; i++) {
            try {
                work.remove().run();
            } catch (Exception | OutOfMemoryError e) {
                logger.warn("Work of a channel's next turn has failed", e);
            }
        }
        return count;
    }
}
