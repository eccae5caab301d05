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

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.namedpipe.netty.internal.win32.Kernel;

/**
 * The threads of the calls that go over the network, which an event loop must not make: opening and closing pipes of other
 * computers. They are the same for all event loops of the JVM, at most {@value #MAX_OPENS} that open and
 * {@value #MAX_CLOSES} that close. An idle thread ends after {@value #IDLE_SECONDS} seconds.
 *
 * <p>Up to {@value #MAX_QUEUED} opens wait for a thread; more are refused. Closes are never refused: there can be no more of
 * them than open handles, and they do not wait behind opens of a computer that does not answer.
 */
final class RemoteCalls {
    static final int MAX_OPENS = 32;
    static final int MAX_QUEUED = 1024;
    private static final int MAX_CLOSES = 4;
    private static final int IDLE_SECONDS = 10;

    private static final ThreadPoolExecutor OPENS =
            pool("namedpipe-remote-open", MAX_OPENS, new LinkedBlockingQueue<>(MAX_QUEUED));
    private static final ThreadPoolExecutor CLOSES =
            pool("namedpipe-remote-close", MAX_CLOSES, new LinkedBlockingQueue<>());

    private RemoteCalls() {}

    private static ThreadPoolExecutor pool(String name, int threads, BlockingQueue<Runnable> queue) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, queue, factory(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Makes daemon threads that keep nothing of the thread that happens to make them start. */
    private static ThreadFactory factory(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(null, task, name + '-' + count.incrementAndGet(), 0, false);
            thread.setContextClassLoader(null);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Runs {@code open} as soon as a thread is free. Returns false if too many wait for one. */
    static boolean open(Runnable open) {
        try {
            OPENS.execute(open);
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // All are busy, or no thread could be started.
            return false;
        }
    }

    /** Removes an open that has not begun. */
    static void withdraw(Runnable open) {
        OPENS.remove(open);
    }

    /** Closes a handle: {@code CloseHandle}. */
    static void close(Kernel kernel, long handle) {
        try {
            CLOSES.execute(() -> kernel.closeHandle(handle));
        } catch (OutOfMemoryError e) {
            // No thread could be started. Better to wait here than to leave the handle open.
            kernel.closeHandle(handle);
        }
    }
}
