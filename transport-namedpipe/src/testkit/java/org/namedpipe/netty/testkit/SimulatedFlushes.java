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
package org.namedpipe.netty.testkit;

import java.util.ArrayList;
import java.util.List;

/** The calls of FlushFileBuffers that wait on one end of a pipe. Called with the kernel's lock held. */
final class SimulatedFlushes {
    private static final class Flush {
        final Thread caller = Thread.currentThread();
        int status = SimulatedStatus.PENDING;
    }

    private final List<Flush> waiting = new ArrayList<>();

    /** Waits until this call ends, and returns its status. {@code awaitChange} returns when a call may have ended. */
    int await(Runnable awaitChange) {
        Flush flush = new Flush();
        waiting.add(flush);
        while (flush.status == SimulatedStatus.PENDING) {
            awaitChange.run();
        }
        return flush.status;
    }

    int size() {
        return waiting.size();
    }

    /** Ends the call of a thread. Returns false if it has none. */
    boolean end(Thread caller, int status) {
        waiting.stream().filter(flush -> flush.caller == caller).forEach(flush -> flush.status = status);
        return waiting.removeIf(flush -> flush.caller == caller);
    }

    /** Ends the calls that wait. Returns false if there are none. */
    boolean end(int status) {
        waiting.forEach(flush -> flush.status = status);
        boolean any = !waiting.isEmpty();
        waiting.clear();
        return any;
    }
}
