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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Waits on events by daemon threads of our own, each for as many events as one call takes.
 *
 * <p>The system's thread pool ({@code RegisterWaitForSingleObject}) would do the same with less code, but calls back on
 * threads of its own. Those are attached to the JVM, and detached when they end, under the loader's lock; a Java thread
 * that starts another then waits for that lock while the detaching one waits for it, and the JVM stands still. This was
 * seen to happen.
 */
final class JnaWaits {
    private static final JnaWaits INSTANCE = new JnaWaits();

    private final List<WaitThread> threads = new ArrayList<>();
    private final Map<Long, WaitThread> threadOfWait = new HashMap<>();
    private long lastWait;

    private JnaWaits() {}

    static JnaWaits instance() {
        return INSTANCE;
    }

    /** Starts a wait; returns its handle or a negated error code. */
    synchronized long register(long event, Runnable signalled) {
        long wait = ++lastWait;
        for (WaitThread thread : threads) {
            if (thread.add(wait, event, signalled)) {
                threadOfWait.put(wait, thread);
                return wait;
            }
        }
        long control = Kernel32Calls.CreateEventW(0, 0, 0, 0);
        if (control == 0) {
            return -JnaKernel.lastError();
        }
        WaitThread thread = new WaitThread(control);
        thread.add(wait, event, signalled);
        threads.add(thread);
        threadOfWait.put(wait, thread);
        thread.start();
        return wait;
    }

    /** Ends a wait; when this returns its action does not run and will not. */
    int unregister(long wait) {
        WaitThread thread;
        synchronized (this) {
            thread = threadOfWait.remove(wait);
        }
        if (thread == null) {
            return Win32Error.ERROR_INVALID_HANDLE;
        }
        // Not under the lock of all: this waits for an action that may be running.
        thread.remove(wait);
        return Win32Error.ERROR_SUCCESS;
    }
}
