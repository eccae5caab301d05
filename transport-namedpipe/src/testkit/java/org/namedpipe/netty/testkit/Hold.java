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
 * Keeps ends of operations from their callers until a test releases them, in whatever order. What is held has ended in the
 * file system: its data has moved, and it cannot be cancelled any more.
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

    /** Takes an operation if it is of those this holds. Called with the lock held. */
    boolean take(SimulatedOperation operation) {
        boolean takes = which.test(operation.view());
        if (takes) {
            held.add(operation);
            grown.signalAll();
        }
        return takes;
    }

    /** What is held, in the order in which it ended. */
    public List<Completion> held() {
        lock.lock();
        try {
            return held.stream().map(SimulatedOperation::view).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until at least {@code count} ends are held, and returns them. */
    public List<Completion> await(int count) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (held.size() < count) {
                left = grown.awaitNanos(left);
                if (left <= 0) {
                    throw new AssertionError("only " + held.size() + " of " + count + " ends are held");
                }
            }
            return held();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /** Releases the oldest. */
    public void releaseFirst() {
        release(0);
    }

    /** Releases the newest. */
    public void releaseLast() {
        release(-1);
    }

    /** Releases one by its place in {@link #held()}; negative places count from the end. */
    public void release(int index) {
        lock.lock();
        try {
            deliver.accept(held.remove(index < 0 ? held.size() + index : index));
        } finally {
            lock.unlock();
        }
    }

    /** Releases everything, oldest first, and goes on holding. */
    public void releaseAll() {
        lock.lock();
        try {
            while (!held.isEmpty()) {
                release(0);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends this hold and releases everything. */
    @Override
    public void close() {
        lock.lock();
        try {
            onClose.accept(this);
            releaseAll();
        } finally {
            lock.unlock();
        }
    }
}
