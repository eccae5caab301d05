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

import io.netty.channel.IoHandlerContext;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.testkit.SimulatedKernel;

/** A handler without an event loop. The thread of the test calls it as a loop does. */
final class DrivenHandler implements ThreadAwareExecutor, IoHandlerContext {
    final IocpIoHandler handler;
    /** The active times that the handler has reported. */
    final List<Long> reported = new ArrayList<>();

    boolean canBlock;
    boolean hasTimer = true;
    long delayNanos;
    boolean wantsReports;

    private final Thread thread = Thread.currentThread();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final long port;

    DrivenHandler(SimulatedKernel kernel) {
        this(kernel, kernel);
    }

    /** Uses a kernel that passes calls on to the simulated one. */
    DrivenHandler(Kernel kernel, SimulatedKernel simulated) {
        this(kernel, simulated, System::nanoTime);
    }

    /** Uses a clock for the time limits of the shutdown. */
    DrivenHandler(Kernel kernel, SimulatedKernel simulated, LongSupplier nanoTime) {
        this(kernel, simulated, nanoTime, new IocpIoHandlerConfig());
    }

    /** With a configuration too. */
    DrivenHandler(Kernel kernel, SimulatedKernel simulated, LongSupplier nanoTime, IocpIoHandlerConfig config) {
        List<String> before = simulated.describeOpenHandles();
        handler = new IocpIoHandler(kernel, this, new IocpIoHandlerFactory(kernel, config), nanoTime);
        port = simulated.describeOpenHandles().stream()
                .filter(handle -> !before.contains(handle))
                .mapToLong(handle -> Long.parseLong(handle.substring(0, handle.indexOf('='))))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the handle of the completion port. */
    long port() {
        return port;
    }

    /** Runs the handler once, and returns the number of completed operations. */
    int run() {
        return handler.run(this);
    }

    /** Runs the tasks of other threads. */
    void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Override
    public boolean isExecutorThread(Thread candidate) {
        return candidate == thread;
    }

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public boolean canBlock() {
        return canBlock;
    }

    @Override
    public long delayNanos(long now) {
        return delayNanos;
    }

    @Override
    public long deadlineNanos() {
        return hasTimer ? System.nanoTime() + delayNanos : -1;
    }

    @Override
    public boolean shouldReportActiveIoTime() {
        return wantsReports;
    }

    @Override
    public void reportActiveIoTime(long nanos) {
        reported.add(nanos);
    }
}
