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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsError;

/**
 * Makes calls of a {@link SimulatedKernel} fail. A call has the name of its Windows function, such as {@code "ReadFile"},
 * {@code "CreateNamedPipe"} or {@code "GetQueuedCompletionStatusEx"}. An error code is a constant of {@link WindowsError}.
 *
 * <pre>{@code
 * kernel.faults().on("WriteFile").handle(h).fail(ERROR_NO_SYSTEM_RESOURCES);        // the next call
 * kernel.faults().on("CreateNamedPipe").path(p).after(1).times(3).fail(ERROR_PIPE_BUSY);  // the second to fourth call
 * }</pre>
 *
 * <p>All methods are thread-safe, except those of {@link Fault}, which one thread must call.
 */
public final class Faults {
    private final ReentrantLock lock;
    private final SimulatedIo io;
    private final List<Fault> armed = new ArrayList<>();
    private final List<Hook> hooks = new ArrayList<>();
    private final Set<String> denied = new HashSet<>();

    private record Hook(String call, Runnable action) {}

    Faults(ReentrantLock lock, SimulatedIo io) {
        this.lock = lock;
        this.io = io;
    }

    /** Describes calls that fail. Has no effect before {@link #fail}. */
    public final class Fault {
        private final String call;
        private @Nullable String path;
        private long handle;
        private int after;
        private int times = 1;
        private int code;

        private Fault(String call) {
            this.call = call;
        }

        /** Selects calls with this path, or with a handle of this pipe, ignoring case. */
        public Fault path(String path) {
            this.path = path.toUpperCase(Locale.ROOT);
            return this;
        }

        /** Selects calls with this handle. */
        public Fault handle(long handle) {
            this.handle = handle;
            return this;
        }

        /** Sets the number of selected calls that proceed normally before the first one fails. The default is 0. */
        public Fault after(int passed) {
            this.after = passed;
            return this;
        }

        /** Sets the number of calls that fail. The default is 1. */
        public Fault times(int times) {
            this.times = times;
            return this;
        }

        /**
         * Makes the selected calls fail. They have no other effect.
         *
         * @param code a Win32 error code, such as {@link WindowsError#ERROR_NO_SYSTEM_RESOURCES}
         */
        public void fail(int code) {
            this.code = code;
            lock.lock();
            try {
                armed.add(this);
            } finally {
                lock.unlock();
            }
        }

        private boolean matches(String name, @Nullable String target, long on) {
            return call.equals(name) && (path == null || path.equals(target)) && (handle == 0 || handle == on);
        }
    }

    /**
     * Begins the description of a fault.
     *
     * @param call the name of the call that fails
     * @throws IllegalArgumentException if there is no call of this name
     */
    public Fault on(String call) {
        return new Fault(SimulatedKernel.checkedName(call));
    }

    /**
     * Runs an action before the next call of this name, on the thread that makes the call. The action may block and may use
     * the kernel: the thread does not hold the lock.
     *
     * @param call the name of the call
     * @param action run once
     * @throws IllegalArgumentException if there is no call of this name
     */
    public void before(String call, Runnable action) {
        lock.lock();
        try {
            hooks.add(new Hook(SimulatedKernel.checkedName(call), action));
        } finally {
            lock.unlock();
        }
    }

    /** Makes {@code CreateFile} of this pipe fail with {@code ERROR_ACCESS_DENIED}. */
    public void denyClients(String path) {
        lock.lock();
        try {
            denied.add(path.toUpperCase(Locale.ROOT));
        } finally {
            lock.unlock();
        }
    }

    /** Ends the effect of {@link #denyClients}. */
    public void admitClients(String path) {
        lock.lock();
        try {
            denied.remove(path.toUpperCase(Locale.ROOT));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the oldest operation of a kind that pends on a handle. It transfers no bytes.
     *
     * @param status the {@code NTSTATUS} of the operation
     * @throws AssertionError if no such operation pends
     */
    public void end(OperationKind kind, long handle, int status) {
        lock.lock();
        try {
            if (!io.abortOldest(kind, handle, status)) {
                throw new AssertionError("no " + kind + " is pending on handle " + handle);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of faults whose calls have not all failed yet. */
    int armed() {
        lock.lock();
        try {
            return armed.size();
        } finally {
            lock.unlock();
        }
    }

    // ---- called by the kernel

    boolean deniesClients(String path) {
        return denied.contains(path.toUpperCase(Locale.ROOT));
    }

    /** Returns the code with which a call fails, or 0. Called with the lock held. */
    int codeFor(String call, @Nullable String path, long handle) {
        String target = path == null ? null : path.toUpperCase(Locale.ROOT);
        for (Iterator<Fault> faults = armed.iterator(); faults.hasNext(); ) {
            Fault fault = faults.next();
            if (!fault.matches(call, target, handle)) {
                continue;
            }
            if (fault.after > 0) {
                fault.after--;
                continue;
            }
            if (--fault.times == 0) {
                faults.remove();
            }
            return fault.code;
        }
        return Win32Error.ERROR_SUCCESS;
    }

    /** Runs the action before a call. Called without the lock. */
    void runHook(String call) {
        Hook hook = null;
        lock.lock();
        try {
            for (Iterator<Hook> each = hooks.iterator(); hook == null && each.hasNext(); ) {
                Hook candidate = each.next();
                if (candidate.call.equals(call)) {
                    hook = candidate;
                    each.remove();
                }
            }
        } finally {
            lock.unlock();
        }
        if (hook != null) {
            hook.action.run();
        }
    }
}
