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
package org.namedpipe.netty;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Daemon threads for what must not run on an event loop. All channels of the process share them, so both the threads and the
 * tasks that wait for one are bounded. Idle threads end, and none keeps a context class loader. A task that throws ends its
 * thread.
 */
final class HelperThreads implements Executor {
    private final String name;
    private final int threads;
    private final int queue;
    private final ThreadPoolExecutor executor;

    /**
     * @param queue how many tasks may wait for a thread; with 0 a task is refused unless a thread is free
     * @param idleNanos how long a thread waits for its next task before it ends; more than 0
     */
    HelperThreads(String name, int threads, int queue, long idleNanos) {
        this.name = name;
        this.threads = threads;
        this.queue = queue;
        BlockingQueue<Runnable> waiting = queue == 0 ? new SynchronousQueue<>() : new LinkedBlockingQueue<>(queue);
        executor = new ThreadPoolExecutor(
                threads, threads, idleNanos, TimeUnit.NANOSECONDS, waiting, new WithoutLoader(name), this::refuse);
        executor.allowCoreThreadTimeOut(true);
    }

    /** A thread inherits the context class loader of the one that starts it, which may be an application's. */
    private static final class WithoutLoader extends DefaultThreadFactory {
        WithoutLoader(String name) {
            super(name, true);
        }

        @Override
        protected Thread newThread(Runnable task, String threadName) {
            Thread thread = super.newThread(task, threadName);
            thread.setContextClassLoader(null);
            return thread;
        }
    }

    private void refuse(Runnable task, ThreadPoolExecutor full) {
        throw new RejectedExecutionException(
                "all " + threads + " threads of " + name + " are busy and " + queue + " tasks wait for one");
    }

    /** @throws RejectedExecutionException if all threads are busy and as many tasks wait as may, or no thread starts */
    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (OutOfMemoryError e) {
            throw new RejectedExecutionException("no thread of " + name + " could be started", e);
        }
    }
}
