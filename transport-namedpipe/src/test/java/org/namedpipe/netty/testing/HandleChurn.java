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
package org.namedpipe.netty.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.namedpipe.netty.internal.win32.Kernel;

/**
 * Creates and closes events all the time, as other code of a process does. The number of a closed handle soon belongs to one
 * of these events, so that a second close of a handle closes an event, which {@link #stop()} reports.
 */
public final class HandleChurn implements AutoCloseable {
    private static final int OPEN = 8;
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final Kernel kernel;
    private final Thread thread = new Thread(this::run, "handle-churn");
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger lost = new AtomicInteger();

    public HandleChurn(Kernel kernel) {
        this.kernel = kernel;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        Deque<Long> open = new ArrayDeque<>();
        while (!stopped.get()) {
            while (open.size() < OPEN) {
                open.add(kernel.createEvent());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            closeAll(open, OPEN / 2);
        }
        closeAll(open, 0);
    }

    private void closeAll(Deque<Long> open, int left) {
        while (open.size() > left) {
            if (kernel.closeHandle(open.remove()) != 0) {
                lost.incrementAndGet();
            }
        }
    }

    /** Ends, and returns the number of its handles that other code has closed. */
    public int stop() throws InterruptedException {
        close();
        thread.join();
        return lost.get();
    }

    @Override
    public void close() {
        stopped.set(true);
    }
}
