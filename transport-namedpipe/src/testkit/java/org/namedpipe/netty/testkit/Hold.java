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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Holds completions until a test releases them, in any order. A held operation has completed in the file system: its data is
 * transferred, and it cannot be cancelled. Its packet has not reached the port.
 *
 * <p>All methods are thread-safe.
 *
 * @see Scheduler#hold()
 */
public final class Hold implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 600;

    private final ReentrantLock lock;
    private final Condition grown;
    private final Predicate<Completion> which;
    private final Consumer<SimulatedOperation> deliver;
    private final Consumer<Hold> onClose;
    private final List<SimulatedOperation> held = new ArrayList<>();

    Hold(
            ReentrantLock lock,
            Predicate<Completion> which,
            Consumer<SimulatedOperation> deliver,
            Consumer<Hold> onClose) {
        this.lock = lock;
        this.which = which;
        this.deliver = deliver;
        this.onClose = onClose;
        grown = lock.newCondition();
    }

    /** Takes an operation if it matches. Returns false if it does not. Called with the lock held. */
    boolean take(SimulatedOperation operation) {
        boolean takes = which.test(operation.view());
        if (takes) {
            held.add(operation);
            grown.signalAll();
        }
        return takes;
    }

    /** Returns the held completions, oldest first. */
    public List<Completion> held() {
        lock.lock();
        try {
            return held.stream().map(SimulatedOperation::view).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits at most 600 seconds until at least {@code count} completions are held, and returns all that are held.
     *
     * @throws AssertionError if there are fewer after this time, or if the thread is interrupted
     */
    public List<Completion> await(int count) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (held.size() < count) {
                left = grown.awaitNanos(left);
                if (left <= 0) {
                    throw new AssertionError("only " + held.size() + " of " + count + " completions are held after "
                            + PATIENCE_SECONDS + " seconds");
                }
            }
            return held();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for " + count + " held completions", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Releases the oldest held completion.
     *
     * @throws IndexOutOfBoundsException if none is held
     */
    public void releaseFirst() {
        release(0);
    }

    /**
     * Releases the newest held completion.
     *
     * @throws IndexOutOfBoundsException if none is held
     */
    public void releaseLast() {
        release(-1);
    }

    /**
     * Releases one held completion.
     *
     * @param index the position in {@link #held()}; -1 is the last one, -2 the one before it
     * @throws IndexOutOfBoundsException if there is no such position
     */
    public void release(int index) {
        lock.lock();
        try {
            deliver.accept(held.remove(index < 0 ? held.size() + index : index));
        } finally {
            lock.unlock();
        }
    }

    /** Stops holding, and releases the held completions, oldest first. */
    @Override
    public void close() {
        lock.lock();
        try {
            onClose.accept(this);
            while (!held.isEmpty()) {
                release(0);
            }
        } finally {
            lock.unlock();
        }
    }
}
