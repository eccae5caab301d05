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
import org.jspecify.annotations.Nullable;

/**
 * Waits on events by daemon threads of our own, as many as it takes.
 *
 * <p>Not by the system's thread pool: its threads would have to be attached to the JVM, and are detached when they end,
 * in {@code DllMain}, where the loader's lock is held. The JVM asks for that lock while it starts a thread, so the two
 * can wait for each other for ever.
 */
final class JnaWaits {
    private static final JnaWaits INSTANCE = new JnaWaits();

    private final List<JnaWaitThread> threads = new ArrayList<>();
    private final Map<Long, JnaWaitThread> threadOfWait = new HashMap<>();
    private long lastWait;

    private JnaWaits() {}

    static JnaWaits instance() {
        return INSTANCE;
    }

    /** Starts a wait; returns its number or a negated error code. */
    synchronized long register(long event, Runnable signalled) {
        long wait = ++lastWait;
        for (JnaWaitThread thread : threads) {
            if (thread.add(wait, event, signalled)) {
                threadOfWait.put(wait, thread);
                return wait;
            }
        }
        long control = Kernel32Calls.CreateEventW(0, 0, 0, 0);
        if (control == 0) {
            return -JnaKernel.lastError();
        }
        JnaWaitThread thread = new JnaWaitThread(control);
        threads.add(thread);
        thread.add(wait, event, signalled);
        threadOfWait.put(wait, thread);
        thread.start();
        return wait;
    }

    /** Ends a wait; blocks while its action runs, so it holds no lock then. */
    int unregister(long wait) {
        @Nullable JnaWaitThread thread;
        synchronized (this) {
            thread = threadOfWait.remove(wait);
        }
        if (thread == null) {
            return Win32Error.ERROR_INVALID_HANDLE;
        }
        thread.remove(wait);
        return Win32Error.ERROR_SUCCESS;
    }
}
