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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.WaitListener;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * The registered waits. A thread runs their callbacks, which ends with the last wait. In manual mode there is no thread, and the
 * test runs the callbacks.
 */
final class SimulatedWaits {
    // Higher than any handle, so that CloseHandle of a wait fails.
    private static final long FIRST_ID = 0x100_0000;

    final class Wait implements SimulatedWaitable.Waiter {
        private final SimulatedEvent event;
        private final WaitListener listener;
        /** The error of a wait that failed, or ERROR_SUCCESS. */
        private int failure = Win32Error.ERROR_SUCCESS;

        Wait(SimulatedEvent event, WaitListener listener) {
            this.event = event;
            this.listener = listener;
        }

        void callBack() {
            if (failure == Win32Error.ERROR_SUCCESS) {
                listener.signalled();
            } else {
                listener.failed(failure);
            }
        }

        @Override
        public boolean signalled() {
            due.add(this);
            changed.signalAll();
            return true;
        }
    }

    private final ReentrantLock lock;
    private final Condition changed;
    private final MemoryGuard violations;
    private final boolean manual;
    private final Map<Long, Wait> waits = new HashMap<>();
    private final Deque<Wait> due = new ArrayDeque<>();
    private long nextId = FIRST_ID;
    private @Nullable Wait running;
    private @Nullable Thread runner;

    /** @param changed a condition of {@code lock}, signalled after each change */
    SimulatedWaits(ReentrantLock lock, Condition changed, MemoryGuard violations, boolean manual) {
        this.lock = lock;
        this.changed = changed;
        this.violations = violations;
        this.manual = manual;
    }

    int size() {
        return waits.size();
    }

    int due() {
        return due.size();
    }

    /** Returns true if no callback is due or running. */
    boolean isIdle() {
        return due.isEmpty() && running == null;
    }

    long register(SimulatedEvent event, WaitListener listener) {
        Wait wait = new Wait(event, listener);
        long id = nextId;
        nextId += 16;
        waits.put(id, wait);
        if (!manual && runner == null) {
            Thread thread = new Thread(this::runWhileThereAreWaits, "simulated-kernel-waits");
            thread.setDaemon(true);
            thread.start();
            runner = thread;
        }
        event.add(wait);
        return id;
    }

    int unregister(long id) {
        Wait wait = waits.remove(id);
        if (wait == null) {
            return Win32Error.ERROR_INVALID_HANDLE;
        }
        wait.event.remove(wait);
        due.removeIf(each -> each == wait);
        changed.signalAll();
        if (running == wait && runner == Thread.currentThread()) {
            violations.add("UnregisterWait in the callback of the wait would deadlock on Windows");
            return Win32Error.ERROR_IO_PENDING;
        }
        while (running == wait) {
            changed.awaitUninterruptibly();
        }
        return Win32Error.ERROR_SUCCESS;
    }

    /** Fails all waits. */
    void failAll(int code) {
        for (Wait wait : waits.values()) {
            wait.event.remove(wait);
            due.removeIf(each -> each == wait);
            wait.failure = code;
            due.add(wait);
        }
        waits.clear();
        changed.signalAll();
    }

    /** Runs the oldest callback that is due. Returns false if none is due. Called without the lock. */
    boolean runOne() {
        Wait wait;
        lock.lock();
        try {
            wait = due.poll();
            if (wait == null) {
                return false;
            }
            running = wait;
        } finally {
            lock.unlock();
        }
        run(wait);
        return true;
    }

    private void run(Wait wait) {
        @Nullable Throwable thrown = null;
        try {
            wait.callBack();
        } catch (RuntimeException | Error e) {
            thrown = e;
        }
        lock.lock();
        try {
            if (thrown != null) {
                violations.add("the callback of a wait threw " + thrown);
            }
            running = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void runWhileThereAreWaits() {
        while (awaitDue()) {
            runOne();
        }
    }

    private boolean awaitDue() {
        lock.lock();
        try {
            while (due.isEmpty() && !waits.isEmpty()) {
                changed.awaitUninterruptibly();
            }
            if (due.isEmpty()) {
                runner = null;
            }
            return !due.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
