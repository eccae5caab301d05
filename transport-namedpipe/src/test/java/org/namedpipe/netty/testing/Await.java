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
package org.namedpipe.netty.testing;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Waits for events, at most for ten minutes, which a healthy run does not need on a loaded machine either. */
public final class Await {
    private static final long SECONDS = 600;

    private Await() {}

    public static <T> T get(Future<T> future) throws Exception {
        return future.get(SECONDS, TimeUnit.SECONDS);
    }

    /** Waits for a bind, a connect or a registration to succeed, and returns the channel. */
    public static Channel channel(ChannelFuture future) throws Exception {
        get(future);
        return future.channel();
    }

    /** Waits for an operation to fail, and returns the cause. */
    public static Throwable failure(Future<?> future) {
        if (!future.awaitUninterruptibly(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("not done after " + SECONDS + " s: " + future);
        }
        Throwable cause = future.cause();
        if (cause == null) {
            throw new AssertionError("did not fail: " + future);
        }
        return cause;
    }

    public static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    public static void done(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the count is still " + latch.getCount() + " after " + SECONDS + " s");
        }
    }

    public static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was added for " + SECONDS + " s");
        }
        return next;
    }

    /** Polls a condition until it is true. Awaitility would throw what threads of the test end with, if they end meanwhile. */
    public static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(SECONDS, TimeUnit.SECONDS)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .until(condition);
    }
}
