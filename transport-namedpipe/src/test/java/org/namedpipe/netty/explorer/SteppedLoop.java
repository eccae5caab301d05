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

import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.iocp.IocpIoHandler;

/**
 * An event loop that does one step at a time: one wait on its port, or one task. So anything can happen between two steps. It
 * does the same as Netty's loop on its thread: it waits on the port if it has no task, runs all tasks, and repeats. Where
 * Netty's thread blocks, this loop sleeps: it runs no task until a packet arrives or a timer is due.
 */
final class SteppedLoop extends AbstractSteppedLoop {
    private enum Phase {
        IO,
        TASKS,
        TERMINATED
    }

    private final LoopScheduler scheduler;
    private final Ticker ticker;
    private final Trace trace;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private Phase phase = Phase.TASKS;
    /** True during a step, of which a wait may be a part. */
    private boolean stepping;

    private boolean sleeping;
    private boolean mayBlock;

    private final IoHandlerContext context = new IoHandlerContext() {
        @Override
        public boolean canBlock() {
            return mayBlock;
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            return SteppedLoop.this.delayNanos(ticker.nanoTime(), TimeUnit.SECONDS.toNanos(1));
        }

        @Override
        public long deadlineNanos() {
            return nextScheduledTaskDeadlineNanos();
        }
    };

    SteppedLoop(String name, LoopScheduler scheduler, Trace trace, IoHandlerFactory factory) {
        super(name, factory);
        this.scheduler = scheduler;
        this.trace = trace;
        ticker = scheduler.ticker();
    }

    /** Does the next step. Returns false if there was nothing to do. */
    boolean step() {
        if (stepping || phase == Phase.TERMINATED) {
            return false;
        }
        stepping = true;
        try {
            return scheduler.run(this, () -> phase == Phase.TASKS ? stepTask() : stepIo());
        } finally {
            stepping = false;
        }
    }

    private boolean stepIo() {
        mayBlock &= !hasScheduledTasks();
        int handled = 0;
        try {
            handled = handler.run(context);
        } catch (Throwable t) {
            trace.violation(this + ": exception of IoHandler.run", t);
        }
        sleeping = mayBlock && scheduler.dequeued() == 0 && handled == 0;
        if (sleeping) {
            return false;
        }
        trace.record(() -> this + ": awake");
        phase = Phase.TASKS;
        return true;
    }

    private boolean stepTask() {
        fetchFromScheduledTaskQueue(tasks);
        Runnable task = tasks.poll();
        if (task == null) {
            // A task that is added between this check and the wait must end the wait by its wake-up.
            phase = Phase.IO;
            mayBlock = true;
            return true;
        }
        trace.record(() -> this + ": task");
        run(task);
        return true;
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable t) {
            trace.violation(this + ": exception of a task", t);
        }
    }

    /** Returns whether the loop waits for a packet although it has tasks. */
    boolean missedWakeup() {
        return sleeping && !tasks.isEmpty();
    }

    /** Returns the nanoseconds until the next timer, or -1. */
    long nanosToTimer() {
        long next = nextScheduledTaskDeadlineNanos();
        return next == -1 ? -1 : Math.max(0, next - ticker.nanoTime());
    }

    /** Shuts down as Netty's loop does: closes the channels, and runs the remaining tasks. */
    void terminate() {
        scheduler.run(this, () -> {
            handler.prepareToDestroy();
            runAllTasks();
            handler.prepareToDestroy();
            runAllTasks();
            handler.destroy();
            runAllTasks();
            cancelScheduledTasks();
            phase = Phase.TERMINATED;
            return terminated();
        });
    }

    private void runAllTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            run(task);
        }
    }

    IocpIoHandler iocp() {
        return (IocpIoHandler) handler;
    }

    @Override
    public Ticker ticker() {
        return ticker;
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return scheduler.isRunning(this);
    }

    @Override
    public void execute(Runnable task) {
        if (phase == Phase.TERMINATED) {
            throw new RejectedExecutionException(this + " is terminated");
        }
        tasks.add(task);
        if (!inEventLoop()) {
            handler.wakeup();
        }
    }
}
