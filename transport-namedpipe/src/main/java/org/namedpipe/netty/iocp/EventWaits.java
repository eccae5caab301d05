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

import java.util.ArrayDeque;
import java.util.Queue;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.win32.WindowsException;

/** The waits of one port: those that are free are kept for the next operation, up to a number. */
final class EventWaits {
    private static final int MAX_IDLE = 64;

    private final Kernel kernel;
    private final long port;
    /** Has room for all that are kept, so that giving one back allocates nothing. */
    private final Queue<EventWait> idle = new ArrayDeque<>(MAX_IDLE);

    private int inUse;

    EventWaits(Kernel kernel, long port) {
        this.kernel = kernel;
        this.port = port;
    }

    EventWait acquire() throws WindowsException {
        EventWait wait = idle.poll();
        if (wait != null && wait.isFailed()) {
            wait.close();
            wait = null;
        }
        if (wait == null) {
            wait = EventWait.open(kernel, port);
        }
        inUse++;
        return wait;
    }

    void release(EventWait wait) {
        inUse--;
        wait.arm(0);
        if (idle.size() < MAX_IDLE && !wait.isFailed()) {
            idle.add(wait);
        } else {
            wait.close();
        }
    }

    /** Returns how many operations have one. */
    int inUse() {
        return inUse;
    }

    /** Closes those that are free. */
    void close() {
        idle.forEach(EventWait::close);
        idle.clear();
    }
}
