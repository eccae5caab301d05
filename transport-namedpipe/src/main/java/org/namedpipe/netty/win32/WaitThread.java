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
import org.jspecify.annotations.Nullable;

/**
 * A daemon thread in {@code WaitForMultipleObjects}. A control event, the first of those it waits for, tells it that the
 * others have changed.
 */
final class WaitThread extends Thread {
    /** {@code MAXIMUM_WAIT_OBJECTS}, less the control event. */
    private static final int MAX_WAITS = 63;

    private static final int WAIT_TIMEOUT = 0x102;

    private record Wait(long id, long event, Runnable action) {}

    private final long control;
    private final NativeMemory handles = new NativeMemory((MAX_WAITS + 1) * Long.BYTES);

    // Guarded by this.
    private final List<Wait> waits = new ArrayList<>();
    private long changes;
    private long changesSeen;

    WaitThread(long control) {
        super("namedpipe-wait");
        this.control = control;
        setDaemon(true);
        handles.buffer().putLong(0, control);
    }

    /** Adds a wait; returns whether there was room for it. */
    synchronized boolean add(long id, long event, Runnable action) {
        if (waits.size() == MAX_WAITS) {
            return false;
        }
        waits.add(new Wait(id, event, action));
        changed();
        return true;
    }

    /** Removes a wait, and returns when this thread neither waits for its event nor runs its action. */
    synchronized void remove(long id) {
        waits.removeIf(wait -> wait.id() == id);
        changed();
        boolean interrupted = false;
        for (long change = changes; changesSeen < change; ) {
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

    private void changed() {
        changes++;
        Kernel32Calls.SetEvent(control);
    }

    @Override
    public void run() {
        while (true) {
            List<Wait> current = lookAtChanges();
            int first = waitFor(0, current.size() + 1, Win32Constants.INFINITE);
            // After one that is signalled those behind it are polled, so that none has to wait for another to calm
            // down.
            for (int i = first; i > 0 && i <= current.size(); i = waitFor(i + 1, current.size() - i, 0)) {
                runUnlessRemoved(current.get(i - 1));
            }
        }
    }

    private synchronized List<Wait> lookAtChanges() {
        changesSeen = changes;
        notifyAll();
        for (int i = 0; i < waits.size(); i++) {
            handles.buffer().putLong((i + 1) * Long.BYTES, waits.get(i).event());
        }
        return List.copyOf(waits);
    }

    /** The index of the first event that is signalled of {@code count} from {@code from}, or -1. */
    private int waitFor(int from, int count, int timeoutMillis) {
        if (count == 0) {
            return -1;
        }
        int outcome = Kernel32Calls.WaitForMultipleObjects(
                count, handles.address() + (long) from * Long.BYTES, 0, timeoutMillis);
        if (outcome == WAIT_TIMEOUT) {
            return -1;
        }
        if (outcome < 0 || outcome >= count) {
            throw new IllegalStateException(
                    "WaitForMultipleObjects failed: " + Win32Error.symbol(JnaKernel.lastError()));
        }
        return from + outcome;
    }

    private void runUnlessRemoved(Wait wait) {
        @Nullable Runnable action;
        synchronized (this) {
            action = waits.contains(wait) ? wait.action() : null;
        }
        if (action != null) {
            action.run();
        }
    }
}
