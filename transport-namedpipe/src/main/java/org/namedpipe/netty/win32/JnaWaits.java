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

import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Native;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Waits on events by the system's thread pool. All share one native callback, whose context is the slot of what it shall
 * run; so a signal costs no allocation here, and nothing native outlives its wait.
 */
final class JnaWaits {
    private static final long INVALID_HANDLE_VALUE = -1;
    // What runs is short and never blocks, so the waiting thread itself may run it: no hand-over to a worker, and few
    // threads that ever enter the JVM. The wait stays registered after a signal.
    private static final int WT_EXECUTEINWAITTHREAD = 0x4;

    private static final JnaWaits INSTANCE = new JnaWaits();

    // The one strong reference; native code would not keep it alive.
    private final Kernel32Calls.WaitOrTimerCallback callback = (slot, timedOut) -> signalled((int) slot);

    // Changed under the lock, by writing the field again after an element, so that a callback may read without it.
    private volatile @Nullable Runnable[] actions = new Runnable[16];
    private final BitSet used = new BitSet();
    private final Map<Long, Integer> slotOfWait = new HashMap<>();

    private JnaWaits() {
        // Attaching a pool thread to the JVM for each signal would cost more than the rest; a daemon does not hold up
        // exit.
        Native.setCallbackThreadInitializer(callback, new CallbackThreadInitializer(true, false, "namedpipe-wait"));
    }

    static JnaWaits instance() {
        return INSTANCE;
    }

    private void signalled(int slot) {
        Runnable action = actions[slot];
        if (action != null) {
            action.run();
        }
    }

    /** Starts a wait; returns its handle or a negated error code. */
    synchronized long register(long event, Runnable signalled) {
        int slot = used.nextClearBit(0);
        used.set(slot);
        put(slot, signalled);
        Scratch scratch = Scratch.ofThread();
        if (Kernel32Calls.RegisterWaitForSingleObject(
                        scratch.address(), event, callback, slot, Win32Constants.INFINITE, WT_EXECUTEINWAITTHREAD)
                == 0) {
            int code = JnaKernel.lastError();
            release(slot);
            return -code;
        }
        long wait = scratch.getLong();
        slotOfWait.put(wait, slot);
        return wait;
    }

    /** Ends a wait; blocks while its action runs, so it holds no lock then. */
    int unregister(long wait) {
        Integer slot;
        synchronized (this) {
            // First of all: the handle is a pointer that the system may hand out again once the wait has ended.
            slot = slotOfWait.remove(wait);
        }
        if (slot == null) {
            return Win32Error.ERROR_INVALID_HANDLE;
        }
        if (Kernel32Calls.UnregisterWaitEx(wait, INVALID_HANDLE_VALUE) == 0) {
            // The callback may still come, so the slot is never used again.
            return JnaKernel.lastError();
        }
        release(slot);
        return Win32Error.ERROR_SUCCESS;
    }

    private synchronized void release(int slot) {
        put(slot, null);
        used.clear(slot);
    }

    private void put(int slot, @Nullable Runnable action) {
        @Nullable Runnable[] table = actions;
        if (slot >= table.length) {
            table = Arrays.copyOf(table, table.length * 2);
        }
        table[slot] = action;
        actions = table;
    }
}
