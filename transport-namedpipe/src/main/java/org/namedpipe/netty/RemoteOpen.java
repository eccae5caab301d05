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

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * Opens a pipe of another computer on a thread of {@link RemoteCalls}, and answers on an event loop. Once it is abandoned it
 * does not answer: it does not begin, or its call is cancelled, or the handle that it still gets is closed.
 */
final class RemoteOpen implements Runnable, PipeOpen.Caller {
    private static final long FIRST_CANCEL_AGAIN_MILLIS = 5;
    private static final long LAST_CANCEL_AGAIN_MILLIS = 5000;

    private enum State {
        /** No thread has begun it. */
        QUEUED,
        /** A thread works on it, and is not in a call that may block. */
        RUNNING,
        /** A thread is in a call that may block. */
        CALLING,
        /** As CALLING, but the call is to end and its result to be dropped. */
        CANCELLING,
        /** The result is on its way to the event loop. */
        DONE,
        /** The result is dropped. */
        ABANDONED
    }

    private final PipeOpen open;
    private final EventLoop loop;
    private final Consumer<PipeOpen.Outcome> answer;

    // Guarded by this.
    private State state = State.QUEUED;
    /** Of the thread that works on this, or a negated error code. */
    private long thread = -Win32Error.ERROR_INVALID_HANDLE;

    RemoteOpen(PipeOpen open, EventLoop loop, Consumer<PipeOpen.Outcome> answer) {
        this.open = open;
        this.loop = loop;
        this.answer = answer;
    }

    private Kernel kernel() {
        return open.kernel();
    }

    /** Drops the result, and ends the call that a thread is in: {@code CancelSynchronousIo}. On the loop. */
    void abandon() {
        abandon(FIRST_CANCEL_AGAIN_MILLIS);
    }

    /** The thread may be about to enter the call, or in a part of it that cannot be cancelled; so it is tried again. */
    private void abandon(long againMillis) {
        if (!cancel() || againMillis > LAST_CANCEL_AGAIN_MILLIS) {
            return;
        }
        try {
            loop.schedule(() -> abandon(2 * againMillis), againMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // The loop ends, or cannot wait. The thread will close the handle, if it gets one.
        }
    }

    /** Returns whether a thread is still in a call. */
    private synchronized boolean cancel() {
        switch (state) {
            case QUEUED -> {
                state = State.ABANDONED;
                RemoteCalls.withdraw(this);
            }
            case CALLING, CANCELLING -> {
                state = State.CANCELLING;
                if (!Win32Error.isError(thread)) {
                    kernel().cancelSynchronousIo(thread);
                }
            }
            default -> state = State.ABANDONED;
        }
        return state == State.CANCELLING;
    }

    // ---- on the opener's thread

    @Override
    public void run() {
        if (!begin()) {
            return;
        }
        PipeOpen.Outcome outcome = open.run(this);
        if (!Win32Error.isError(thread)) {
            kernel().closeHandle(thread);
        }
        if (!isDone()) {
            closeIfOpen(outcome);
            return;
        }
        try {
            loop.execute(() -> deliver(outcome));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            closeIfOpen(outcome);
        }
    }

    private synchronized boolean begin() {
        if (state != State.QUEUED) {
            return false;
        }
        state = State.RUNNING;
        thread = kernel().openCurrentThread();
        return true;
    }

    /** Makes a call that can be cancelled. Nothing else may happen in it, since other calls would be cancelled too. */
    @Override
    public long call(LongSupplier call) {
        if (!enter()) {
            return -Win32Error.ERROR_OPERATION_ABORTED;
        }
        try {
            return call.getAsLong();
        } finally {
            exit();
        }
    }

    private synchronized boolean enter() {
        if (state != State.RUNNING) {
            return false;
        }
        state = State.CALLING;
        return true;
    }

    private synchronized void exit() {
        state = state == State.CALLING ? State.RUNNING : State.ABANDONED;
    }

    private synchronized boolean isDone() {
        if (state != State.RUNNING) {
            return false;
        }
        state = State.DONE;
        return true;
    }

    private void closeIfOpen(PipeOpen.Outcome outcome) {
        if (outcome.isOpen()) {
            kernel().closeHandle(outcome.handleOrError());
        }
    }

    // ---- on the loop

    private void deliver(PipeOpen.Outcome outcome) {
        if (!isAbandoned()) {
            answer.accept(outcome);
        } else if (outcome.isOpen()) {
            RemoteCalls.close(kernel(), outcome.handleOrError());
        }
    }

    private synchronized boolean isAbandoned() {
        return state == State.ABANDONED;
    }
}
