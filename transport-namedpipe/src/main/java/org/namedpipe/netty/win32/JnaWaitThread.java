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
package org.namedpipe.netty.win32;

import java.util.ArrayList;
import java.util.List;

/** One thread's waits, on as many events as Windows lets a thread wait on. */
final class JnaWaitThread extends Thread {
    /** {@code MAXIMUM_WAIT_OBJECTS}, of which the first is the control event. */
    private static final int MAX_WAITS = 63;

    private static final int WAIT_FAILED = -1;

    private record Wait(long number, long event, Runnable signalled) {}

    private static final int NONE = -1;

    private final long control;
    private final NativeMemory handles = new NativeMemory((1 + MAX_WAITS) * Long.BYTES);
    private List<Wait> current = List.of();
    // Guarded by this.
    private final List<Wait> waits = new ArrayList<>();
    private long changes;
    private long changesSeen;

    /** A thread that is told of changes by {@code control}, an auto-reset event of its own. */
    JnaWaitThread(long control) {
        super("namedpipe-wait");
        this.control = control;
        handles.buffer().putLong(0, control);
        setDaemon(true);
    }

    /** Starts a wait. @return whether there was room for it */
    synchronized boolean add(long number, long event, Runnable signalled) {
        if (waits.size() == MAX_WAITS) {
            return false;
        }
        waits.add(new Wait(number, event, signalled));
        changed();
        return true;
    }

    /** Ends a wait; returns when the thread neither waits for it nor runs its action. */
    synchronized void remove(long number) {
        waits.removeIf(wait -> wait.number == number);
        long change = changed();
        boolean interrupted = false;
        while (changesSeen < change) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private long changed() {
        Kernel32Calls.SetEvent(control);
        return ++changes;
    }

    @Override
    public void run() {
        while (true) {
            takeChanges();
            int signalled = waitFor(0, Win32Constants.INFINITE);
            // Then those behind it, so that a busy event keeps none of them waiting.
            while (signalled != NONE) {
                if (signalled > 0) {
                    current.get(signalled - 1).signalled.run();
                }
                signalled = waitFor(signalled + 1, 0);
            }
        }
    }

    private synchronized void takeChanges() {
        if (changesSeen == changes) {
            return;
        }
        current = List.copyOf(waits);
        for (int i = 0; i < current.size(); i++) {
            handles.buffer().putLong((1 + i) * Long.BYTES, current.get(i).event);
        }
        changesSeen = changes;
        notifyAll();
    }

    /** Waits for the control event, which is number 0, and the others, from number {@code first} on. */
    private int waitFor(int first, int timeoutMillis) {
        int count = 1 + current.size() - first;
        if (count == 0) {
            return NONE;
        }
        int result = Kernel32Calls.WaitForMultipleObjects(
                count, handles.address() + (long) first * Long.BYTES, 0, timeoutMillis);
        if (result == Win32Error.WAIT_TIMEOUT) {
            return NONE;
        }
        if (result == WAIT_FAILED) {
            throw new IllegalStateException("WaitForMultipleObjects failed: " + JnaKernel.lastError());
        }
        return first + result;
    }
}
