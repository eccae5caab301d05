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
package org.namedpipe.netty.internal.win32;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Waits on events by daemon threads of our own, each for as many events as one call takes. A thread without waits ends after
 * a while. If a thread cannot go on, its waits move to another one; those that cannot move fail.
 *
 * <p>The system's thread pool ({@code RegisterWaitForSingleObject}) would do the same with less code, but calls back on
 * threads of its own. Those are attached to the JVM, and detached when they end, under the loader's lock; a Java thread
 * that starts another then waits for that lock while the detaching one waits for it, and the JVM stands still. This was
 * seen to happen.
 *
 * <p>One lock, that of this object, guards the state of the pool and of all its threads. Listeners run without it.
 */
final class WaitPool {
    /** The time after which a thread without waits ends. */
    static final int IDLE_MILLIS = 10_000;

    record Wait(long id, long event, WaitListener listener) {}

    private final WaitCalls calls;
    private final ThreadFactory threads;
    private final List<WaitThread> live = new ArrayList<>();
    private final Map<Long, WaitThread> threadOfWait = new HashMap<>();
    private long lastWait;

    WaitPool(WaitCalls calls, ThreadFactory threads) {
        this.calls = calls;
        this.threads = threads;
    }

    /**
     * A daemon thread that keeps nothing of the thread that creates it: no class loader, no inherited access context, no
     * thread-local values.
     */
    @SuppressWarnings("removal") // the only way to create a thread that does not inherit the context of the callers
    static Thread newThread(Runnable body) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
            Thread thread = new Thread(null, body, "namedpipe-wait", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        });
    }

    /** Starts a wait. @return its handle, or a negated error code, after which nothing is left of it */
    synchronized long register(long event, WaitListener listener) {
        try {
            Wait wait = new Wait(++lastWait, event, listener);
            int code = place(wait, null);
            return code == Win32Error.ERROR_SUCCESS ? wait.id() : -code;
        } catch (OutOfMemoryError e) {
            // Also where no thread can be started.
            return -Win32Error.ERROR_NOT_ENOUGH_MEMORY;
        }
    }

    /** Ends a wait; when this returns its listener does not run and will not. */
    int unregister(long id) {
        boolean interrupted = false;
        synchronized (this) {
            WaitThread thread = threadOfWait.remove(id);
            if (thread == null) {
                return Win32Error.ERROR_INVALID_HANDLE;
            }
            long change = thread.remove(id);
            while (!thread.hasSeen(change)) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return Win32Error.ERROR_SUCCESS;
    }

    /** Returns how many threads wait. */
    synchronized int threads() {
        return live.size();
    }

    /** Returns how many waits there are. */
    synchronized int waits() {
        return threadOfWait.size();
    }

    /**
     * Adds a wait to a thread, all or nothing.
     *
     * @param from the thread it is to leave, or {@code null} for a new wait
     * @return an error code
     */
    private int place(Wait wait, @Nullable WaitThread from) {
        for (WaitThread thread : live) {
            if (thread.hasRoom()) {
                return place(wait, from, thread);
            }
        }
        long control = calls.createEvent();
        if (Win32Error.isError(control)) {
            return Win32Error.codeOf(control);
        }
        WaitThread thread = null;
        boolean started = false;
        try {
            thread = new WaitThread(this, calls, control);
            Thread runner = threads.newThread(thread);
            live.add(thread);
            // This thread reads what it waits for when it starts.
            int code = place(wait, from, thread);
            if (code == Win32Error.ERROR_SUCCESS) {
                runner.start();
                started = true;
            }
            return code;
        } finally {
            if (!started) {
                live.remove(thread);
                belongs(wait, from);
                calls.closeEvent(control);
            }
        }
    }

    private int place(Wait wait, @Nullable WaitThread from, WaitThread thread) {
        belongs(wait, thread);
        int code = thread.add(wait);
        if (code != Win32Error.ERROR_SUCCESS) {
            belongs(wait, from);
        }
        return code;
    }

    private void belongs(Wait wait, @Nullable WaitThread thread) {
        if (thread != null) {
            threadOfWait.put(wait.id(), thread);
        } else {
            threadOfWait.remove(wait.id());
        }
    }

    // ---- for the threads

    /** Takes a thread out that has nothing to wait for. @return whether it ends */
    synchronized boolean retire(WaitThread thread) {
        if (!thread.isEmpty()) {
            return false;
        }
        leave(thread);
        return true;
    }

    /** Moves the waits of a thread that cannot go on to other threads, and fails those that cannot move. */
    void ended(WaitThread thread, int code) {
        synchronized (this) {
            if (!live.remove(thread)) {
                return;
            }
            for (int i = 0; i < WaitThread.MAX_WAITS; i++) {
                Wait wait = thread.waitAt(i);
                if (wait != null && move(wait, thread)) {
                    thread.remove(wait.id());
                }
            }
        }
        for (int i = 0; i < WaitThread.MAX_WAITS; i++) {
            fail(thread, i, code);
        }
        synchronized (this) {
            leave(thread);
        }
    }

    private boolean move(Wait wait, WaitThread from) {
        try {
            return place(wait, from) == Win32Error.ERROR_SUCCESS;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    /** Calls a listener, on the thread, when its wait has ended. */
    void fail(WaitThread thread, int index, int code) {
        Wait wait;
        synchronized (this) {
            wait = thread.waitAt(index);
        }
        if (wait == null) {
            return;
        }
        try {
            wait.listener().failed(code);
        } finally {
            synchronized (this) {
                // If it was ended meanwhile, the thread that did so still waits for this one to look at the change.
                threadOfWait.remove(wait.id(), thread);
                thread.remove(wait.id());
            }
        }
    }

    private void leave(WaitThread thread) {
        live.remove(thread);
        thread.leave();
        notifyAll();
    }
}
