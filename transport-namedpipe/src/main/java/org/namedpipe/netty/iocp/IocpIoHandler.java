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
package org.namedpipe.netty.iocp;

import static io.netty.util.internal.ObjectUtil.checkNotNull;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.netty.util.concurrent.ThreadAwareExecutor;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.function.LongSupplier;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Kernels;
import org.namedpipe.netty.win32.WindowsException;

/**
 * {@link IoHandler} that waits on an I/O completion port.
 *
 * <pre>{@code
 * EventLoopGroup group = new MultiThreadIoEventLoopGroup(IocpIoHandler.newFactory());
 * }</pre>
 *
 * <p>Everything happens on the event loop's thread, except {@link #wakeup()}, {@link #isCompatible(Class)} and the
 * counters.
 */
public final class IocpIoHandler implements IoHandler {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(IocpIoHandler.class);

    private enum State {
        RUNNING,
        SHUTTING_DOWN,
        DESTROYED
    }

    private final Kernel kernel;
    private final ThreadAwareExecutor executor;
    private final IocpIoHandlerFactory factory;
    private final IocpMetrics metrics = new IocpMetrics();
    private final CompletionPort port;
    private final LoopWait wait;
    private final PendingOperations operations;
    private final Registrations registrations = new Registrations();
    private State state = State.RUNNING;
    private boolean initialized;
    private final IocpIoEvent event = new IocpIoEvent();
    private final NextTurn nextTurn = new NextTurn();
    private final ShutdownDrain drain;
    private final LargeBuffers largeBuffers;

    IocpIoHandler(Kernel kernel, ThreadAwareExecutor executor, IocpIoHandlerFactory factory, LongSupplier nanoTime) {
        this.kernel = kernel;
        this.executor = executor;
        this.factory = factory;
        largeBuffers = new LargeBuffers(executor);
        port = new CompletionPort(kernel, metrics);
        try {
            wait = new LoopWait(kernel, port, metrics, factory.spinNanos(), nanoTime);
            operations = new PendingOperations(kernel, port, metrics);
            drain = new ShutdownDrain(operations, nanoTime);
        } catch (Throwable t) {
            port.close();
            throw t;
        }
    }

    /**
     * Returns a factory of handlers on Windows.
     *
     * @throws UnsatisfiedLinkError if this is not 64-bit Windows, or JNA or {@code java.lang.foreign} cannot be used
     */
    public static IocpIoHandlerFactory newFactory() {
        return newFactory(new IocpIoHandlerConfig());
    }

    /**
     * Returns a factory of handlers on Windows.
     *
     * @param config what is copied now
     * @throws UnsatisfiedLinkError if this is not 64-bit Windows, or JNA or {@code java.lang.foreign} cannot be used
     */
    public static IocpIoHandlerFactory newFactory(IocpIoHandlerConfig config) {
        checkNotNull(config, "config");
        NettyVersion.warnIfTooOld();
        return new IocpIoHandlerFactory(Kernels.current(), config);
    }

    /** Returns how many operations are under way, each with a slot and memory that belong to the kernel. Any thread. */
    int pendingOperations() {
        return operations.count();
    }

    /** Returns how many handles are registered. Any thread. */
    int registrations() {
        return registrations.count();
    }

    /** Returns the counters of this handler. Any thread. */
    public IocpCounters counters() {
        return snapshot();
    }

    LargeBuffers largeBuffers() {
        return largeBuffers;
    }

    IocpSnapshot snapshot() {
        return metrics.read(pendingOperations(), registrations());
    }

    // ---- IoHandler

    @Override
    public void initialize() {
        if (!initialized && executor instanceof SingleThreadEventExecutor loop) {
            // A loop that is shut down between its look at that and its last tasks skips prepareToDestroy();
            // its shutdown hooks run all the same, while channels can still fire their last events.
            loop.addShutdownHook(this::prepareToDestroy);
        }
        initialized = true;
    }

    @Override
    public int run(IoHandlerContext context) {
        boolean report = context.shouldReportActiveIoTime();
        long activeNanos = 0;
        int handled = 0;
        if (state != State.DESTROYED) {
            int putOff = nextTurn.size();
            boolean more = putOff > 0 ? poll(0) : wait.poll(operations.packetsDue(), context);
            long start = report ? System.nanoTime() : 0;
            handled = dispatch();
            if (more) {
                poll(0);
                handled += dispatch();
            }
            handled += nextTurn.run(putOff);
            activeNanos = report ? System.nanoTime() - start : 0;
        }
        if (report) {
            context.reportActiveIoTime(activeNanos);
        }
        return handled;
    }

    private boolean poll(long timeoutNanos) {
        return port.poll(operations.packetsDue(), timeoutNanos);
    }

    @Override
    public void wakeup() {
        if (!executor.isExecutorThread(Thread.currentThread())) {
            wait.wakeUp();
        }
    }

    @Override
    public IoRegistration register(IoHandle handle) {
        if (!(handle instanceof IocpIoHandle iocpHandle)) {
            throw new IllegalArgumentException(
                    "IoHandle of type " + handle.getClass().getName() + " not supported");
        }
        if (state != State.RUNNING) {
            throw new IllegalStateException("IocpIoHandler is shutting down");
        }
        IocpRegistration registration = new IocpRegistration(this, operations, iocpHandle);
        registrations.add(registration);
        try {
            registration.registered();
        } catch (Throwable t) {
            remove(registration);
            throw t;
        }
        return registration;
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return IocpIoHandle.class.isAssignableFrom(handleType);
    }

    /**
     * Closes every handle and takes in what their operations end with. Waits as long as packets come, and
     * {@value ShutdownDrain#QUIET_MILLIS} ms for one that does not; at most {@value ShutdownDrain#MAX_MILLIS} ms over all
     * calls.
     */
    @Override
    public void prepareToDestroy() {
        boolean first = state == State.RUNNING;
        if (first) {
            state = State.SHUTTING_DOWN;
        }
        registrations.closeAll();
        drain(first);
    }

    @Override
    public void destroy() {
        if (state == State.DESTROYED) {
            return;
        }
        try {
            registrations.closeAll();
            drain(true);
        } finally {
            // Also where a handle has thrown an error: what is not kept here is freed some time.
            release();
        }
    }

    private void release() {
        state = State.DESTROYED;
        wait.close();
        operations.close();
        largeBuffers.close();
        factory.destroyed(this);
        if (operations.count() == 0) {
            port.close();
            return;
        }
        drain.keepForEver(this);
    }

    // ---- registrations

    Kernel kernel() {
        return kernel;
    }

    void associate(long handle, String pipe, boolean packetOnSuccess) throws WindowsException {
        port.associate(handle, pipe, packetOnSuccess);
    }

    void runNextTurn(Runnable work) {
        nextTurn.add(work);
    }

    void countBusyWait() {
        metrics.busyWaits.add(1);
    }

    void remove(IocpRegistration registration) {
        registrations.remove(registration);
    }

    void execute(Runnable task) {
        if (executor.isExecutorThread(Thread.currentThread())) {
            task.run();
        } else {
            executor.execute(task);
        }
    }

    // ---- packets

    private int dispatch() {
        int handled = 0;
        while (port.next()) {
            try {
                IocpIoOps ended = port.overlapped() == 0 ? wait.endByPacket() : operations.endByPacket();
                if (ended != null) {
                    ended.registration().ended(event.with(ended));
                    handled++;
                }
            } catch (Exception | OutOfMemoryError e) {
                // Without memory one channel fails; the loop goes on for the others, as after a task that throws.
                logger.warn("A handler of a completion threw", e);
            }
        }
        return handled;
    }

    private void drain(boolean again) {
        dispatch();
        drain.run(again, nanos -> {
            poll(nanos);
            dispatch();
        });
    }
}
