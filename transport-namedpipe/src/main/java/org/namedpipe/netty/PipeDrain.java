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

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.win32.Kernel;
import org.namedpipe.netty.win32.Win32Error;
import org.namedpipe.netty.win32.Win32Exception;

/**
 * Waits until the peer has read everything: first for earlier writes to end, then in {@code FlushFileBuffers}, which blocks
 * and so runs on a thread of its own. While it runs the handle must not be closed by anyone else: a channel that is closed
 * then leaves its handle to the drain.
 *
 * <p>Confined to the loop's thread, but for {@link Flush}.
 */
final class PipeDrain {
    private static final long CANCEL_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final Executor FLUSHER =
            new ThreadPerTaskExecutor(new DefaultThreadFactory("namedpipe-flush", true));

    private final NamedPipeChannel channel;
    private final List<ChannelPromise> waiting = new ArrayList<>();
    private @Nullable Flush flush;
    private boolean lingering;

    PipeDrain(NamedPipeChannel channel) {
        this.channel = channel;
    }

    /** Completes {@code promise} when all that was written so far has been read, or fails it after a time. */
    void drain(ChannelPromise promise, long timeoutMillis) {
        if (timeoutMillis > 0) {
            Future<?> timeout = channel.eventLoop()
                    .schedule(() -> timedOut(promise, timeoutMillis), timeoutMillis, TimeUnit.MILLISECONDS);
            promise.addListener(future -> timeout.cancel(false));
        }
        ChannelPromise written = channel.newPromise();
        written.addListener((ChannelFutureListener) future -> {
            if (future.isSuccess()) {
                waiting.add(promise);
                flushIfIdle();
            } else {
                promise.tryFailure(future.cause());
            }
        });
        channel.unsafe().write(OutboundMarker.DRAINED, written);
        channel.unsafe().flush();
    }

    /**
     * Closes when the peer has read everything, or a time has passed, or the pipe has broken.
     */
    void linger(int seconds, Runnable close) {
        if (lingering) {
            return;
        }
        ChannelPromise drained = channel.newPromise();
        drained.addListener(future -> close.run());
        drain(drained, TimeUnit.SECONDS.toMillis(seconds));
        lingering = true;
    }

    boolean isLingering() {
        return lingering;
    }

    /** Takes over a handle that is to be closed, if a flush still uses it. @return whether it did */
    boolean takeOver(long handle) {
        Flush running = flush;
        return running != null && running.takeOver(handle);
    }

    private void timedOut(ChannelPromise promise, long timeoutMillis) {
        waiting.remove(promise);
        promise.tryFailure(new TimeoutException(
                "the peer has not read everything from " + channel.pipeName() + " in " + timeoutMillis + " ms"));
    }

    private void flushIfIdle() {
        if (!channel.isActive()) {
            waiting.forEach(promise -> promise.tryFailure(new ClosedChannelException()));
            waiting.clear();
        } else if (flush == null && !waiting.isEmpty()) {
            flush = new Flush(channel.kernel(), channel.handle(), List.copyOf(waiting));
            waiting.clear();
            FLUSHER.execute(flush);
        }
    }

    private void flushed(int code, List<ChannelPromise> promises) {
        flush = null;
        for (ChannelPromise promise : promises) {
            if (code == Win32Error.ERROR_SUCCESS) {
                promise.trySuccess();
            } else {
                promise.tryFailure(new Win32Exception("FlushFileBuffers", channel.pipeName(), code));
            }
        }
        flushIfIdle();
    }

    /** One call of {@code FlushFileBuffers}. */
    private final class Flush implements Runnable {
        private final Kernel kernel;
        private final long handle;
        private final List<ChannelPromise> promises;
        /** Both guarded by this. */
        private boolean ended;

        private boolean ownsHandle;

        Flush(Kernel kernel, long handle, List<ChannelPromise> promises) {
            this.kernel = kernel;
            this.handle = handle;
            this.promises = promises;
        }

        @Override
        public void run() {
            int code = kernel.flushFileBuffers(handle);
            synchronized (this) {
                ended = true;
                if (ownsHandle) {
                    channel.handles().close(kernel, handle);
                }
            }
            try {
                channel.eventLoop().execute(() -> flushed(code, promises));
            } catch (RejectedExecutionException e) {
                // The loop has ended, and with it the interest in the outcome.
                promises.forEach(promise -> promise.tryFailure(e));
            }
        }

        synchronized boolean takeOver(long closing) {
            assert closing == handle;
            if (ended) {
                return false;
            }
            ownsHandle = true;
            FLUSHER.execute(this::cancelUntilEnded);
            return true;
        }

        /** Again and again, since the flush may not have reached the kernel yet. */
        private void cancelUntilEnded() {
            while (true) {
                synchronized (this) {
                    if (ended) {
                        return;
                    }
                    kernel.cancelIoEx(handle, 0);
                }
                LockSupport.parkNanos(CANCEL_AGAIN_NANOS);
            }
        }
    }
}
