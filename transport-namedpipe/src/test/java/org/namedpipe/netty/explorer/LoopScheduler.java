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
package org.namedpipe.netty.explorer;

import io.netty.channel.IoHandlerFactory;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs the event loops of a simulation on one thread, one step at a time, and controls the clock. */
final class LoopScheduler {
    private static final int MAX_ROUNDS = 20_000;

    private final Simulation simulation;
    private final List<SteppedLoop> loops = new ArrayList<>();
    private final MockTicker ticker = Ticker.newMockTicker();
    /** The loop to which the thread belongs now. */
    private @Nullable SteppedLoop running;

    private int dequeued;
    private Runnable interleaved = () -> {};
    private boolean terminating;

    LoopScheduler(Simulation simulation) {
        this.simulation = simulation;
    }

    void addLoops(int count, IoHandlerFactory factory) {
        for (int i = 0; i < count; i++) {
            loops.add(new SteppedLoop("loop " + i, this, simulation.trace, factory));
        }
    }

    List<SteppedLoop> loops() {
        return loops;
    }

    Ticker ticker() {
        return ticker;
    }

    // ---- one step

    boolean isRunning(SteppedLoop loop) {
        return running == loop;
    }

    /** Runs a step of {@code loop}, as if on its thread. */
    boolean run(SteppedLoop loop, BooleanSupplier step) {
        if (running != null) {
            throw new AssertionError(loop + " runs inside " + running);
        }
        int outerDequeued = dequeued;
        running = loop;
        dequeued = 0;
        try {
            return step.getAsBoolean();
        } finally {
            running = null;
            dequeued = outerDequeued;
        }
    }

    /** Runs something that belongs to no loop, while the running loop waits. */
    void runOutside(Runnable other) {
        SteppedLoop waiting = running;
        running = null;
        try {
            other.run();
        } finally {
            running = waiting;
        }
    }

    /** Counts packets that a port has returned. */
    void countDequeued(int packets) {
        dequeued += packets;
    }

    /** Returns the number of packets that the running loop has dequeued in this step. */
    int dequeued() {
        return dequeued;
    }

    /** Sets the action that may run while a loop waits. */
    void interleave(Runnable action) {
        interleaved = action;
    }

    /** Runs another action, at random, because the running loop waits. */
    void maybeInterleave() {
        if (simulation.random.oneIn(2)) {
            runOutside(interleaved);
        }
    }

    // ---- many steps

    /** Runs callbacks, flush threads, loops and timers until nothing is left to do. */
    void settle() {
        for (int rounds = 0; !simulation.trace.hasViolation(); rounds++) {
            if (rounds > MAX_ROUNDS) {
                simulation.trace.violation("the loops do not become idle");
                return;
            }
            boolean progress = simulation.kernel.runCallback();
            progress |= simulation.flushThreads.run();
            for (SteppedLoop loop : loops) {
                progress |= loop.step();
            }
            if (!progress && !advanceToNextTimer()) {
                return;
            }
        }
    }

    void advance(long millis) {
        ticker.advance(millis, TimeUnit.MILLISECONDS);
    }

    private boolean advanceToNextTimer() {
        long next = Long.MAX_VALUE;
        for (SteppedLoop loop : loops) {
            long nanos = loop.nanosToTimer();
            next = nanos == -1 ? next : Math.min(next, nanos);
        }
        if (next == Long.MAX_VALUE) {
            return false;
        }
        ticker.advance(next, TimeUnit.NANOSECONDS);
        return true;
    }

    /** Shuts all loops down. */
    void terminate() {
        terminating = true;
        loops.forEach(SteppedLoop::terminate);
        simulation.flushThreads.run();
    }

    boolean isTerminating() {
        return terminating;
    }
}
