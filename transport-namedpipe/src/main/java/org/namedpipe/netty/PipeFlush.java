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

import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * One call of {@code FlushFileBuffers}, which blocks until the peer has read everything, on one of a few threads. While it
 * runs no other object may close the handle: a channel that is closed leaves its handle to it.
 *
 * <p>Where all threads wait for peers that do not read, those that have had their turn give up for other channels.
 */
final class PipeFlush implements Runnable {
    static final int MAX_THREADS = 4;
    /** The time that a call may wait before it has to make room for another. If the peer has read everything it ends at once. */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long CANCEL_AGAIN_MILLIS = 5;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Executor FLUSHER = new HelperThreads("namedpipe-flush", MAX_THREADS, 0, IDLE_NANOS);
    /** At most as many as there are threads. */
    private static final Set<PipeFlush> RUNNING = ConcurrentHashMap.newKeySet();

    private enum State {
        /** Not in the call, at least not yet. */
        WAITING,
        IN_CALL,
        ENDED
    }

    private final Kernel kernel;
    private final InstanceHandles handles;
    private final long handle;
    private final IntConsumer ended;
    private final long startNanos = System.nanoTime();
    /** These are guarded by this. */
    private State state = State.WAITING;

    private boolean givesUp;
    private boolean ownsHandle;
    private long thread;

    private PipeFlush(Kernel kernel, InstanceHandles handles, long handle, IntConsumer ended) {
        this.kernel = kernel;
        this.handles = handles;
        this.handle = handle;
        this.ended = ended;
    }

    /**
     * Starts a call.
     *
     * @param handles counts {@code handle}
     * @param ended is called on another thread with the Win32 error code; {@code ERROR_OPERATION_ABORTED} if it gave up
     * @throws RejectedExecutionException if all threads are busy; one will be free soon
     */
    static PipeFlush start(Kernel kernel, InstanceHandles handles, long handle, IntConsumer ended) {
        PipeFlush flush = new PipeFlush(kernel, handles, handle, ended);
        try {
            FLUSHER.execute(flush);
        } catch (RejectedExecutionException e) {
            makeRoom();
            throw e;
        }
        return flush;
    }

    private static void makeRoom() {
        long now = System.nanoTime();
        for (PipeFlush flush : RUNNING) {
            if (now - flush.startNanos > TURN_NANOS) {
                flush.giveUp();
            }
        }
    }

    @Override
    public void run() {
        int code = call();
        synchronized (this) {
            state = State.ENDED;
            if (ownsHandle) {
                handles.close(kernel, handle);
            }
        }
        ended.accept(code);
    }

    private int call() {
        long self = kernel.openCurrentThread();
        try {
            // A call that nothing could end might keep its thread for ever.
            return Win32Error.isError(self) ? Win32Error.codeOf(self) : flush(self);
        } finally {
            if (!Win32Error.isError(self)) {
                kernel.closeHandle(self);
            }
        }
    }

    private int flush(long self) {
        if (!enter(self)) {
            return Win32Error.ERROR_OPERATION_ABORTED;
        }
        RUNNING.add(this);
        try {
            return kernel.flushFileBuffers(handle);
        } finally {
            RUNNING.remove(this);
            leave();
        }
    }

    private synchronized boolean enter(long self) {
        thread = self;
        state = givesUp ? State.WAITING : State.IN_CALL;
        return !givesUp;
    }

    private synchronized void leave() {
        state = State.WAITING;
    }

    /** Ends the call. Again and again, since it may not have reached the kernel yet. Any thread. */
    synchronized void giveUp() {
        givesUp = true;
        if (state == State.IN_CALL) {
            kernel.cancelSynchronousIo(thread);
            GlobalEventExecutor.INSTANCE.schedule(this::giveUp, CANCEL_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Takes over a handle that is to be closed, unless the call has ended. @return whether it did */
    synchronized boolean takeOver(long closing) {
        assert closing == handle;
        if (state == State.ENDED) {
            return false;
        }
        ownsHandle = true;
        giveUp();
        return true;
    }
}
