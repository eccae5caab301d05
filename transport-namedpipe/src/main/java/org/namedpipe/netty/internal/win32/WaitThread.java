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

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.WaitPool.Wait;

/**
 * The events that one thread of a {@link WaitPool} waits for, in {@code WaitForMultipleObjects}. A control event, the first of those
 * it waits for, says that the others have changed.
 *
 * <p>The pool's lock guards the fields, but for those of the thread itself.
 */
final class WaitThread implements Runnable {
    /** {@code MAXIMUM_WAIT_OBJECTS}, less the control event. */
    static final int MAX_WAITS = 63;

    /** After so many failures in a row the thread ends. */
    static final int MAX_FAILURES = 5;

    private static final InternalLogger logger = InternalLoggerFactory.getInstance(WaitThread.class);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final WaitPool pool;
    private final WaitCalls calls;
    private final long control;
    private final @Nullable Wait[] waits = new @Nullable Wait[MAX_WAITS];
    private int size;
    private long changes;
    private long changesSeen;
    private boolean left;

    // Of the thread itself.
    private final NativeMemory handles = new NativeMemory((MAX_WAITS + 1) * Long.BYTES);
    /** The indexes in {@link #waits} of those whose handles are being waited for, and what they were. */
    private final int[] indexes = new int[MAX_WAITS];

    private final @Nullable Wait[] current = new @Nullable Wait[MAX_WAITS];
    private int failures;
    private int lastCode = Win32Error.ERROR_GEN_FAILURE;

    WaitThread(WaitPool pool, WaitCalls calls, long control) {
        this.pool = pool;
        this.calls = calls;
        this.control = control;
        handles.buffer().putLong(0, control);
    }

    // ---- with the pool's lock

    boolean hasRoom() {
        return size < MAX_WAITS;
    }

    boolean isEmpty() {
        return size == 0;
    }

    @Nullable
    Wait waitAt(int index) {
        return waits[index];
    }

    /** Adds a wait, for which there is room. @return an error code, after which it was not added */
    int add(Wait wait) {
        int code = calls.setEvent(control);
        if (code == Win32Error.ERROR_SUCCESS) {
            int index = 0;
            while (waits[index] != null) {
                index++;
            }
            waits[index] = wait;
            size++;
            changes++;
        }
        return code;
    }

    /** Removes a wait, if it is here. @return a number for {@link #hasSeen} */
    long remove(long id) {
        for (int i = 0; i < MAX_WAITS; i++) {
            Wait wait = waits[i];
            if (wait != null && wait.id() == id) {
                waits[i] = null;
                size--;
            }
        }
        changes++;
        if (!left) {
            calls.setEvent(control);
        }
        return changes;
    }

    /** Returns whether the thread acts on a change: it neither waits for what was removed, nor runs its listener. */
    boolean hasSeen(long change) {
        return left || changesSeen >= change;
    }

    /** The thread looks at nothing any more. */
    void leave() {
        left = true;
        calls.closeEvent(control);
    }

    // ---- the thread

    @Override
    public void run() {
        try {
            while (failures < MAX_FAILURES) {
                if (!runOnce()) {
                    return;
                }
            }
            logger.warn(
                    "A thread cannot wait for events any more ({}); its waits move to another one",
                    Win32Error.symbol(lastCode));
        } finally {
            pool.ended(this, lastCode);
        }
    }

    /** Waits once. @return whether to go on */
    private boolean runOnce() {
        int count;
        synchronized (pool) {
            count = lookAtChanges();
        }
        int first = waitFor(0, count + 1, count == 0 ? WaitPool.IDLE_MILLIS : Win32Constants.INFINITE);
        if (first == -Win32Error.WAIT_TIMEOUT) {
            return !pool.retire(this);
        }
        if (first < 0) {
            lastCode = -first;
            failures++;
            failInvalid(count);
            LockSupport.parkNanos(FIRST_PAUSE_NANOS << failures);
            return true;
        }
        failures = 0;
        // After one that is signalled those behind it are polled, so that none has to wait for another to calm down.
        for (int i = first; i > 0 && i <= count; i = waitFor(i + 1, count - i, 0)) {
            runUnlessRemoved(i - 1);
        }
        return true;
    }

    private int lookAtChanges() {
        changesSeen = changes;
        pool.notifyAll();
        Arrays.fill(current, null);
        int count = 0;
        for (int i = 0; i < MAX_WAITS; i++) {
            Wait wait = waits[i];
            if (wait != null) {
                current[count] = wait;
                indexes[count++] = i;
                handles.buffer().putLong(count * Long.BYTES, wait.event());
            }
        }
        return count;
    }

    /** The index of the first event that is signalled of {@code count} from {@code from}, or a negated error code. */
    private int waitFor(int from, int count, int timeoutMillis) {
        if (count == 0) {
            return -Win32Error.WAIT_TIMEOUT;
        }
        int outcome = calls.waitForAny(count, handles.address() + (long) from * Long.BYTES, timeoutMillis);
        return outcome < 0 ? outcome : from + outcome;
    }

    /** One event that cannot be waited for fails the call for all: finds it, so that the others go on. */
    private void failInvalid(int count) {
        for (int i = 1; i <= count; i++) {
            int outcome = waitFor(i, 1, 0);
            if (outcome >= 0) {
                runUnlessRemoved(i - 1);
            } else if (outcome != -Win32Error.WAIT_TIMEOUT && isThere(i - 1)) {
                pool.fail(this, indexes[i - 1], -outcome);
                failures = 0;
            }
        }
    }

    private boolean isThere(int place) {
        synchronized (pool) {
            Wait now = waits[indexes[place]];
            Wait then = current[place];
            return now != null && then != null && now.id() == then.id();
        }
    }

    private void runUnlessRemoved(int place) {
        Wait wait = current[place];
        if (wait == null || !isThere(place)) {
            return;
        }
        try {
            wait.listener().signalled();
        } catch (Throwable t) {
            // The signal is lost, the other waits go on.
            logger.warn("A listener of an event threw", t);
        }
    }
}
