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

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.iocp.IocpIoHandler;

/**
 * An event loop that moves on request, one look at its port or one task at a time, so that anything may happen in
 * between. It does what Netty's own loop does on its thread: waits on the port if there is no task, runs all tasks, begins
 * again. Where that thread would sleep this loop is asleep: until a packet comes or a timer is due it sees no task.
 */
final class StepLoop extends AbstractScheduledEventExecutor implements IoEventLoop {
    private enum Phase {
        IO,
        TASKS,
        TERMINATED
    }

    private final String name;
    private final Stage stage;
    private final Ticker ticker;
    private final Journal journal;
    private final IoHandler handler;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Promise<?> termination = new DefaultPromise<Void>(ImmediateEventExecutor.INSTANCE);
    private Phase phase = Phase.TASKS;
    /** Whether it is in the middle of a step, which may be a wait. */
    private boolean running;

    private boolean asleep;
    private boolean mayBlock;
    private final AtomicInteger registered = new AtomicInteger();

    private final IoHandlerContext context = new IoHandlerContext() {
        @Override
        public boolean canBlock() {
            return mayBlock;
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            return StepLoop.this.delayNanos(ticker.nanoTime(), TimeUnit.SECONDS.toNanos(1));
        }

        @Override
        public long deadlineNanos() {
            return nextScheduledTaskDeadlineNanos();
        }
    };

    StepLoop(String name, Stage stage, Ticker ticker, Journal journal, IoHandlerFactory factory) {
        this.name = name;
        this.stage = stage;
        this.ticker = ticker;
        this.journal = journal;
        handler = factory.newHandler(this);
        handler.initialize();
    }

    // ---- what drives it

    /** Does the next thing. @return whether there was one */
    boolean step() {
        if (running || phase == Phase.TERMINATED) {
            return false;
        }
        running = true;
        try {
            return stage.play(this, () -> phase == Phase.TASKS ? stepTask() : stepIo());
        } finally {
            running = false;
        }
    }

    private boolean stepIo() {
        mayBlock &= !hasScheduledTasks();
        try {
            handler.run(context);
        } catch (Throwable t) {
            journal.violation(name + ": IoHandler.run threw", t);
        }
        asleep = mayBlock && stage.dequeued() == 0;
        if (asleep) {
            return false;
        }
        journal.note(() -> name + ": awake");
        phase = Phase.TASKS;
        return true;
    }

    private boolean stepTask() {
        fetchFromScheduledTaskQueue(tasks);
        Runnable task = tasks.poll();
        if (task == null) {
            // Others may act between this look and the wait, which their wake-up has to end.
            phase = Phase.IO;
            mayBlock = true;
            return true;
        }
        journal.note(() -> name + ": task");
        run(task);
        return true;
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable t) {
            journal.violation(name + ": a task threw", t);
        }
    }

    /** Whether it waits for a packet although there are tasks. */
    boolean oversleeps() {
        return asleep && !tasks.isEmpty();
    }

    /** Nanoseconds until its next timer, or -1. */
    long nanosToTimer() {
        long next = nextScheduledTaskDeadlineNanos();
        return next == -1 ? -1 : Math.max(0, next - ticker.nanoTime());
    }

    /** Shuts down as Netty's loop does: closes what is open, runs what is left. */
    void terminate() {
        stage.play(this, () -> {
            handler.prepareToDestroy();
            runAllTasks();
            handler.prepareToDestroy();
            runAllTasks();
            handler.destroy();
            runAllTasks();
            cancelScheduledTasks();
            phase = Phase.TERMINATED;
            return termination.trySuccess(null);
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

    /** How many registrations it has given out that were not cancelled. */
    int registered() {
        return registered.get();
    }

    // ---- what Netty sees

    @Override
    public Ticker ticker() {
        return ticker;
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return stage.isOn(this);
    }

    @Override
    public void execute(Runnable task) {
        if (phase == Phase.TERMINATED) {
            throw new RejectedExecutionException(name + " is terminated");
        }
        tasks.add(task);
        if (!inEventLoop()) {
            handler.wakeup();
        }
    }

    @Override
    public Future<IoRegistration> register(IoHandle handle) {
        Promise<IoRegistration> promise = newPromise();
        if (inEventLoop()) {
            register(handle, promise);
        } else {
            execute(() -> register(handle, promise));
        }
        return promise;
    }

    private void register(IoHandle handle, Promise<IoRegistration> promise) {
        try {
            promise.setSuccess(new CountedRegistration(handler.register(handle), registered));
        } catch (Exception e) {
            promise.setFailure(e);
        }
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel) {
        return register(new DefaultChannelPromise(channel, this));
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel, ChannelPromise promise) {
        channel.unsafe().register(this, promise);
        return promise;
    }

    @Override
    @Deprecated
    public ChannelFuture register(ChannelPromise promise) {
        promise.channel().unsafe().register(this, promise);
        return promise;
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return handler.isCompatible(handleType);
    }

    @Override
    public boolean isIoType(Class<? extends IoHandler> handlerType) {
        return handler.getClass() == handlerType;
    }

    @Override
    public IoEventLoop next() {
        return this;
    }

    @Override
    public @Nullable EventLoopGroup parent() {
        return null;
    }

    @Override
    public boolean isShuttingDown() {
        return phase == Phase.TERMINATED;
    }

    @Override
    public boolean isShutdown() {
        return phase == Phase.TERMINATED;
    }

    @Override
    public boolean isTerminated() {
        return phase == Phase.TERMINATED;
    }

    @Override
    public Future<?> terminationFuture() {
        return termination;
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("use terminate()");
    }

    @Override
    @Deprecated
    public void shutdown() {
        throw new UnsupportedOperationException("use terminate()");
    }

    @Override
    @Deprecated
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("use terminate()");
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }

    @Override
    public String toString() {
        return name;
    }
}
