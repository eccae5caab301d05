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
 * Decides when the end of an operation reaches its caller. By default at once; a test can hold ends back
 * ({@link #hold}), have them come late and in another order ({@link #randomize}, {@link #choose}), or have what would end
 * at once come by packet ({@link #pendInstead}).
 *
 * <p>Late ends overtake each other only between handles or kinds of operation: the reads of one handle end in their order,
 * and so do its writes. They arrive while somebody polls or waits on a port.
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

    /** Holds every end from now on. */
    public Hold hold() {
        return hold(completion -> true);
    }

    /** Holds the ends of one kind of operation. */
    public Hold hold(OperationKind kind) {
        return hold(completion -> completion.kind() == kind);
    }

    /** Holds some ends. {@code which} is asked on the thread that ends an operation, and must not call the kernel. */
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

    /** Has ends come late at random. The same seed gives the same order as long as one thread drives the kernel. */
    public void randomize(long seed) {
        choose(new Random(seed)::nextInt);
    }

    /**
     * Has ends come when {@code chooser} says: it is given a number of choices and picks one of them, counted from 0.
     * With this, a test can walk through all orders.
     */
    public void choose(IntUnaryOperator chooser) {
        lock.lock();
        try {
            this.chooser = chooser;
        } finally {
            lock.unlock();
        }
    }

    /** Delivers everything that is late, and from now on everything at once. */
    public void calm() {
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

    /** Has operations that end at once say ERROR_IO_PENDING and post a packet instead, as Windows may at any time. */
    public void pendInstead(Predicate<Completion> which) {
        lock.lock();
        try {
            pendInstead = which;
        } finally {
            lock.unlock();
        }
    }

    /** How many ends are late; held ones do not count. */
    public int late() {
        lock.lock();
        try {
            return late.size();
        } finally {
            lock.unlock();
        }
    }

    // ---- the kernel's side, with the lock held

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

    /** Somebody polls: delivers some of what is late, or nothing. */
    void polled() {
        IntUnaryOperator choice = chooser;
        while (choice != null && !late.isEmpty() && choice.applyAsInt(2) == 0) {
            deliverLate();
        }
    }

    /** Delivers one of what is late; false if there is nothing. */
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
