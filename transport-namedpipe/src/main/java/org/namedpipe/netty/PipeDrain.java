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
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.PipeLocalInformation;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/**
 * Waits until the peer has read everything: first for earlier writes to end, then for the pipe to be empty. The pipe is
 * asked for its free quota; where that proves nothing a {@link PipeFlush} finds out, and where no thread is free for one, the
 * pipe is asked again after a pause.
 *
 * <p>Confined to the loop's thread.
 */
final class PipeDrain {
    private static final long MIN_PAUSE_MILLIS = 5;
    private static final long MAX_PAUSE_MILLIS = 160;

    private enum State {
        IDLE,
        FLUSHING,
        /** The pipe is to be asked again. */
        PAUSING
    }

    private final OutboundEnd end;
    private final PipeHandle pipe;
    private final List<ChannelPromise> waiting = new ArrayList<>();
    private @Nullable PipeFlush flush;
    private State state = State.IDLE;
    private long pauseMillis = MIN_PAUSE_MILLIS;
    private boolean watchesClose;

    PipeDrain(OutboundEnd end, PipeHandle pipe) {
        this.end = end;
        this.pipe = pipe;
    }

    /** Completes {@code promise} when all that was written so far has been read, or fails it after a time. */
    void drain(ChannelPromise promise, long timeoutMillis) {
        if (timeoutMillis > 0) {
            Future<?> timeout = end.eventLoop()
                    .schedule(() -> timedOut(promise, timeoutMillis), timeoutMillis, TimeUnit.MILLISECONDS);
            promise.addListener(future -> timeout.cancel(false));
        }
        ChannelPromise written = end.pipeline().newPromise();
        written.addListener((ChannelFutureListener) future -> {
            if (future.isSuccess()) {
                await(promise);
            } else {
                promise.tryFailure(future.cause());
            }
        });
        end.writeMarker(ControlMessage.FLUSH_BARRIER, written);
    }

    /** Calls {@code drainedOrBroken} when the peer has read all that Windows has taken, or the pipe has broken. */
    void linger(Runnable drainedOrBroken) {
        ChannelPromise drained = end.pipeline().newPromise();
        drained.addListener(future -> drainedOrBroken.run());
        await(drained);
    }

    /** Takes over a handle that is to be closed, if a flush still uses it. @return whether it did */
    boolean takeOver(long handle) {
        PipeFlush running = flush;
        if (running == null) {
            return false;
        }
        if (end.eventLoop().isShuttingDown()) {
            // When the flush has ended, the loop that runs the listeners may have ended too.
            fail(new ClosedChannelException());
        }
        return running.takeOver(handle);
    }

    private void timedOut(ChannelPromise promise, long timeoutMillis) {
        promise.tryFailure(new TimeoutException(
                "the peer has not read everything from " + end.pipeName() + " in " + timeoutMillis + " ms"));
        waiting.removeIf(ChannelPromise::isDone);
        PipeFlush running = flush;
        if (waiting.isEmpty() && running != null) {
            running.giveUp();
        }
    }

    private void await(ChannelPromise promise) {
        waiting.add(promise);
        if (!watchesClose) {
            watchesClose = true;
            end.pipeline().channel().closeFuture().addListener(closed -> ask());
        }
        ask();
    }

    private void ask() {
        waiting.removeIf(ChannelPromise::isDone);
        if (state == State.FLUSHING || waiting.isEmpty()) {
            return;
        }
        if (!end.isActive()) {
            fail(new ClosedChannelException());
        } else if (state == State.IDLE && provesThatAllWasRead()) {
            succeed(List.copyOf(waiting));
        } else if (state == State.IDLE) {
            flush();
        }
    }

    /** Only of a local pipe, which answers at once. */
    private boolean provesThatAllWasRead() {
        if (pipe.isRemote()) {
            return false;
        }
        PipeLocalInformation information = PipeLocalInformation.ofThread();
        return information.query(pipe.kernel(), pipe.value()) == Win32Error.ERROR_SUCCESS
                && information.provesThatAllWasRead();
    }

    private void flush() {
        List<ChannelPromise> promises = List.copyOf(waiting);
        try {
            flush = PipeFlush.start(pipe.kernel(), pipe.handles(), pipe.value(), code -> ended(code, promises));
            state = State.FLUSHING;
        } catch (RejectedExecutionException e) {
            pause();
        }
    }

    /** On a thread of the flush. */
    private void ended(int code, List<ChannelPromise> promises) {
        try {
            end.eventLoop().execute(() -> flushed(code, promises));
        } catch (RejectedExecutionException e) {
            // The event loop has shut down.
            promises.forEach(promise -> promise.tryFailure(e));
        }
    }

    private void flushed(int code, List<ChannelPromise> promises) {
        flush = null;
        state = State.IDLE;
        if (code == Win32Error.ERROR_SUCCESS) {
            succeed(promises);
        } else if (code == Win32Error.ERROR_OPERATION_ABORTED && end.isActive()) {
            // It has had its turn, so others are first.
            pauseMillis = MAX_PAUSE_MILLIS;
            pause();
            return;
        } else if (end.isActive()) {
            waiting.removeAll(promises);
            promises.forEach(
                    promise -> promise.tryFailure(new WindowsException("FlushFileBuffers", end.pipeName(), code)));
        }
        ask();
    }

    private void pause() {
        waiting.removeIf(ChannelPromise::isDone);
        if (waiting.isEmpty()) {
            return;
        }
        state = State.PAUSING;
        end.eventLoop().schedule(this::askAgain, pauseMillis, TimeUnit.MILLISECONDS);
        pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
    }

    private void askAgain() {
        state = State.IDLE;
        ask();
    }

    private void succeed(List<ChannelPromise> promises) {
        pauseMillis = MIN_PAUSE_MILLIS;
        waiting.removeAll(promises);
        promises.forEach(ChannelPromise::trySuccess);
    }

    private void fail(Exception cause) {
        List<ChannelPromise> promises = List.copyOf(waiting);
        waiting.clear();
        promises.forEach(promise -> promise.tryFailure(cause));
    }
}
