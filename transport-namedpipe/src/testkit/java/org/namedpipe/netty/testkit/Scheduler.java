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
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the caller of an operation receives its completion. By default, that is when the operation completes in the file
 * system. A test can hold completions ({@link #hold}), delay and reorder them ({@link #randomize}, {@link #choose}), and make
 * operations pend that would complete synchronously ({@link #pendInstead}).
 *
 * <p>Delayed completions are delivered when a thread polls or waits on a port. The reads of one handle stay in order, and so do
 * its writes; all other completions can overtake each other.
 *
 * <p>All methods are thread-safe.
 */
public final class Scheduler {
    private final ReentrantLock lock;
    private final Runnable wakePorts;
    private final List<Hold> holds = new ArrayList<>();
    private final List<SimulatedOperation> late = new ArrayList<>();
    private Consumer<SimulatedOperation> deliver = operation -> {};
    private Predicate<Completion> pendInstead = completion -> false;
    private @Nullable IntUnaryOperator chooser;

    Scheduler(ReentrantLock lock, Runnable wakePorts) {
        this.lock = lock;
        this.wakePorts = wakePorts;
    }

    void deliverTo(Consumer<SimulatedOperation> deliver) {
        this.deliver = deliver;
    }

    /** Holds all completions until the {@code Hold} releases them or is closed. */
    public Hold hold() {
        return hold(completion -> true);
    }

    /** Holds the completions of one kind of operation. */
    public Hold hold(OperationKind kind) {
        return hold(completion -> completion.kind() == kind);
    }

    /**
     * Holds the completions that match a predicate. Of several holds that match, the oldest takes the completion.
     *
     * @param which evaluated on the thread that completes the operation, and must not call the kernel
     */
    public Hold hold(Predicate<Completion> which) {
        lock.lock();
        try {
            Hold hold = new Hold(lock, which, deliver, holds::remove);
            holds.add(hold);
            return hold;
        } finally {
            lock.unlock();
        }
    }

    /** Delays and reorders completions at random. With one thread, the same seed gives the same order. */
    public void randomize(long seed) {
        choose(new Random(seed)::nextInt);
    }

    /**
     * Delays and reorders completions as {@code chooser} decides. A test can run through all orders.
     *
     * @param chooser given the number of choices, returns one of them, from 0
     */
    public void choose(IntUnaryOperator chooser) {
        lock.lock();
        try {
            this.chooser = chooser;
        } finally {
            lock.unlock();
        }
    }

    /** Ends {@link #randomize} or {@link #choose}, and delivers the delayed completions. Held ones stay held. */
    public void deliverAtOnce() {
        lock.lock();
        try {
            chooser = null;
            while (!late.isEmpty()) {
                deliver.accept(late.remove(0));
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes operations pend that would complete synchronously: their calls return {@code ERROR_IO_PENDING}, and they post a
     * packet. Windows may do this to any operation.
     *
     * @param which evaluated during the call, and must not call the kernel
     */
    public void pendInstead(Predicate<Completion> which) {
        lock.lock();
        try {
            pendInstead = which;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of delayed completions, without the held ones. */
    int delayed() {
        lock.lock();
        try {
            return late.size();
        } finally {
            lock.unlock();
        }
    }

    // ---- called by the kernel with the lock held

    boolean pends(Completion completion) {
        return pendInstead.test(completion);
    }

    void ended(SimulatedOperation operation) {
        for (Hold hold : holds) {
            if (hold.take(operation)) {
                return;
            }
        }
        IntUnaryOperator choice = chooser;
        if (choice == null || (!isBehindAnother(operation, late.size()) && choice.applyAsInt(2) == 0)) {
            deliver.accept(operation);
        } else {
            late.add(operation);
            wakePorts.run();
        }
    }

    /** Delivers some of the delayed completions, or none, to a thread that polls. */
    void polled() {
        IntUnaryOperator choice = chooser;
        while (choice != null && !late.isEmpty() && choice.applyAsInt(2) == 0) {
            deliverLate();
        }
    }

    /** Delivers one delayed completion. Returns false if there is none. */
    boolean deliverLate() {
        List<SimulatedOperation> next = new ArrayList<>();
        for (int i = 0; i < late.size(); i++) {
            if (!isBehindAnother(late.get(i), i)) {
                next.add(late.get(i));
            }
        }
        if (next.isEmpty()) {
            return false;
        }
        IntUnaryOperator choice = chooser;
        SimulatedOperation chosen = next.get(choice == null ? 0 : choice.applyAsInt(next.size()));
        late.remove(chosen);
        deliver.accept(chosen);
        return true;
    }

    private boolean isBehindAnother(SimulatedOperation operation, int place) {
        return late.subList(0, place).stream()
                .anyMatch(other -> other.end == operation.end && other.kind == operation.kind);
    }
}
