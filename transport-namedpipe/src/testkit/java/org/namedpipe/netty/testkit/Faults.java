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
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * What goes wrong in a {@link SimulatedKernel}. Calls are named as the methods of {@link Kernel} are, with a capital:
 * {@code "ReadFile"}.
 *
 * <pre>{@code
 * kernel.faults().on("WriteFile").handle(h).fail(ERROR_NO_SYSTEM_RESOURCES);        // the next one
 * kernel.faults().on("CreateNamedPipe").path(p).after(1).times(3).fail(ERROR_PIPE_BUSY);  // the second to fourth
 * }</pre>
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

    /** Calls that shall fail; nothing happens before {@link #fail}. */
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

        /** Only calls that name this path, or whose handle is an end of this pipe. */
        public Fault path(String path) {
            this.path = path.toUpperCase(Locale.ROOT);
            return this;
        }

        /** Only calls on this handle. */
        public Fault handle(long handle) {
            this.handle = handle;
            return this;
        }

        /** Lets so many calls pass first. */
        public Fault after(int passed) {
            this.after = passed;
            return this;
        }

        /** How many calls fail; 1 unless said otherwise. */
        public Fault times(int times) {
            this.times = times;
            return this;
        }

        /** The calls fail with this Win32 error code, and do nothing else. */
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

    /** Starts to describe a fault of one call. */
    public Fault on(String call) {
        return new Fault(SimulatedKernel.checkedName(call));
    }

    /** Runs something once, before the next such call and outside the kernel's lock: to block it, or to race with it. */
    public void before(String call, Runnable action) {
        lock.lock();
        try {
            hooks.add(new Hook(SimulatedKernel.checkedName(call), action));
        } finally {
            lock.unlock();
        }
    }

    /** Clients that open this pipe are denied access from now on, as by its security descriptor. */
    public void denyClients(String path) {
        lock.lock();
        try {
            denied.add(path.toUpperCase(Locale.ROOT));
        } finally {
            lock.unlock();
        }
    }

    /** Clients may open this pipe again. */
    public void admitClients(String path) {
        lock.lock();
        try {
            denied.remove(path.toUpperCase(Locale.ROOT));
        } finally {
            lock.unlock();
        }
    }

    /** Ends the oldest operation of a kind that pends on a handle, with an NTSTATUS and no bytes. */
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

    /** How many faults wait for a call that has not come. */
    public int armed() {
        lock.lock();
        try {
            return armed.size();
        } finally {
            lock.unlock();
        }
    }

    // ---- the kernel's side

    boolean deniesClients(String path) {
        return denied.contains(path.toUpperCase(Locale.ROOT));
    }

    /** The code a call shall fail with, or 0. Called with the lock held. */
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

    /** Runs what shall happen before a call. Called without the lock. */
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
