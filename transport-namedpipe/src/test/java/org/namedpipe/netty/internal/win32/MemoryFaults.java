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

import java.util.function.IntConsumer;

/** Makes allocations of {@link NativeMemory} on the thread of the test fail, until this is closed. */
public final class MemoryFaults implements AutoCloseable {
    private final IntConsumer before;

    private MemoryFaults(IntConsumer before) {
        this.before = before;
    }

    /** Runs {@code beforeEach} before each allocation on this thread. The allocation fails if it throws. */
    public static MemoryFaults inject(Runnable beforeEach) {
        Thread thread = Thread.currentThread();
        MemoryFaults faults = new MemoryFaults(NativeMemory.beforeAllocation);
        NativeMemory.beforeAllocation = size -> {
            if (Thread.currentThread() == thread) {
                beforeEach.run();
            }
        };
        return faults;
    }

    /** Returns the error of a failed allocation. */
    public static OutOfMemoryError error() {
        return new OutOfMemoryError("simulated: no memory outside the heap");
    }

    @Override
    public void close() {
        NativeMemory.beforeAllocation = before;
    }
}
