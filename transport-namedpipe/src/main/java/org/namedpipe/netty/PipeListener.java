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

import io.netty.channel.ChannelPipeline;
import io.netty.channel.RecvByteBufAllocator;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/**
 * Keeps a name's instances listening, from bind to close, and hands over those that clients have connected to.
 *
 * <p>Clients connect at any time, and are accepted by {@code read()}. An instance is handed over only when its successor
 * listens, so that the name is never left to the channel that it is handed to. If there can be no successor the failure is
 * reported once, the client waits, and it is tried again with growing pauses.
 *
 * <p>The limit of {@link NamedPipeChannelOption#MAX_INSTANCES} is no failure: its last instances are handed over without
 * successors. Another instance, or the accepted channels, hold the name then, and when one of them ends it is replaced at
 * once.
 */
final class PipeListener {
    private enum State {
        /** Nothing is being delivered; {@code read()} may find clients. */
        IDLE,
        /** A task will deliver clients. */
        SCHEDULED,
        /** Events are being fired. */
        DELIVERING,
        CLOSED
    }

    private enum Supply {
        /** As many instances as there have to be listen, or hold clients that wait to be accepted. */
        FULL,
        /** There are as many instances as there may be: clients are accepted without a successor. */
        EXHAUSTED,
        /** An instance could not be created, or not listen: clients wait. */
        FAILING
    }

    private final ListeningEnd end;
    private final LoopRegistration registration;
    private final PipeInstances instances;
    private final Queue<PipeInstance> connected = new ArrayDeque<>();
    private final Runnable deliverScheduled = this::deliverScheduled;
    private final Runnable instanceEnded = this::instanceEnded;
    private State state = State.IDLE;
    /** Set by the event loop. */
    private volatile Supply supply = Supply.FULL;

    private boolean requested;
    private final RefillTimer timer = new RefillTimer(this::refill);

    PipeListener(ListeningEnd end, LoopRegistration registration) {
        this.end = end;
        this.registration = registration;
        instances = new PipeInstances(end, registration, this::ended);
    }

    /** Creates the name and starts to listen; after this clients can connect. */
    void bind(NamedPipeAddress name) throws IOException {
        instances.prepare(name);
        try {
            while (instances.isShort(false)) {
                noteConnected(instances.open());
            }
            instances.secureName();
        } catch (WindowsException e) {
            release();
            throw BindFailures.other(e);
        } catch (Throwable t) {
            release();
            throw t;
        }
    }

    /** Asks for clients. Fires nothing itself, since it is called from within other events. */
    void read() {
        requested = true;
        if (canDeliver()) {
            schedule();
        }
    }

    /** Takes back what {@link #read()} asked for. */
    void pause() {
        requested = false;
    }

    /** Takes in the end of one instance's listening. */
    private void ended(PipeInstance instance) {
        if (instance.state() == PipeInstance.State.CLOSED) {
            return;
        }
        // If it was aborted, then not by us: the thread that listened has ended.
        try {
            int code = instance.wasAborted() ? instance.listenAgain(registration.iocp()) : instance.ended();
            if (code == Win32Error.ERROR_SUCCESS) {
                noteConnected(instance);
            } else {
                report(refillLater(new WindowsException("ConnectNamedPipe", instances.path(), code)));
            }
        } catch (OutOfMemoryError e) {
            report(refillLater(e));
        }
        if (canDeliver()) {
            deliver();
        }
    }

    /** The security descriptor of the name, as Windows has it. */
    String securityDescriptor() throws IOException {
        return instances.securityDescriptor();
    }

    boolean isPending() {
        return instances.isPending();
    }

    void close() {
        state = State.CLOSED;
        timer.cancel();
        release();
    }

    private void release() {
        connected.clear();
        instances.close();
    }

    private void noteConnected(PipeInstance instance) {
        if (instance.state() == PipeInstance.State.CONNECTED) {
            connected.add(instance);
        }
    }

    // ---- empty places

    /** Sees to what had to wait while the channel was not registered. */
    void resume() {
        refill();
    }

    /** Windows has an accepted instance no more, so there is room for another. Any thread. */
    private void instanceEnded() {
        if (supply != Supply.EXHAUSTED || !end.isOpen()) {
            return;
        }
        try {
            end.eventLoop().execute(this::refill);
        } catch (RejectedExecutionException e) {
            // The loop has ended, and this server with it.
            assert end.eventLoop().isShuttingDown();
        }
    }

    /** Sees to an empty place later. @return the failure, if it was not reported yet */
    private @Nullable Throwable refillLater(Throwable why) {
        timer.start(end.eventLoop());
        if (why instanceof WindowsException limit && limit.code() == Win32Error.ERROR_PIPE_BUSY) {
            if (instances.holdName() || !timer.isSlow()) {
                supply = Supply.EXHAUSTED;
                return null;
            }
            why = BindFailures.full(limit);
        }
        end.metrics().acceptFailures.add(1);
        boolean reported = supply == Supply.FAILING;
        supply = Supply.FAILING;
        return reported ? null : why;
    }

    private void report(@Nullable Throwable failure) {
        if (failure != null) {
            end.pipeline().fireExceptionCaught(failure);
        }
    }

    private void refill() {
        timer.cancel();
        if (state == State.CLOSED || !registration.isAttached()) {
            return;
        }
        report(fill(supply == Supply.FAILING && !connected.isEmpty()));
        if (canDeliver()) {
            deliver();
        }
    }

    /**
     * Has as many instances listen as there have to be, or one more: the successor of one that is about to be accepted.
     *
     * @return the failure, if there is one to report
     */
    private @Nullable Throwable fill(boolean successor) {
        try {
            while (instances.isShort(successor)) {
                if (isExhausted()) {
                    return null;
                }
                noteConnected(instances.open());
            }
        } catch (IOException | OutOfMemoryError e) {
            return refillLater(e);
        }
        supply = Supply.FULL;
        timer.reset();
        return null;
    }

    /** Returns whether this server has all instances that it may have. Then the end of one has the next created at once. */
    private boolean isExhausted() {
        if (instances.isFull()) {
            supply = Supply.EXHAUSTED;
        }
        // One that ended before it could see this has not asked for another.
        return instances.isFull();
    }

    // ---- delivery

    private boolean canDeliver() {
        return requested
                && state == State.IDLE
                && supply != Supply.FAILING
                && !connected.isEmpty()
                && registration.isAttached();
    }

    private void schedule() {
        state = State.SCHEDULED;
        end.eventLoop().execute(deliverScheduled);
    }

    private void deliverScheduled() {
        if (state == State.SCHEDULED) {
            state = State.IDLE;
            if (canDeliver()) {
                deliver();
            }
        }
    }

    /** One read loop: hands over clients for as long as the allocator says. */
    private void deliver() {
        state = State.DELIVERING;
        ChannelPipeline pipeline = end.pipeline();
        RecvByteBufAllocator.ExtendedHandle allocHandle = end.allocHandle();
        allocHandle.reset(end.config());
        Throwable failure;
        boolean accepted = false;
        do {
            failure = fill(true);
            PipeInstance instance = supply == Supply.FAILING ? null : connected.poll();
            if (instance == null) {
                break;
            }
            NamedPipeChannel child;
            try {
                child = instances.accept(instance, instanceEnded);
            } catch (OutOfMemoryError e) {
                failure = e;
                break;
            }
            accepted = true;
            requested = false;
            allocHandle.incMessagesRead(1);
            pipeline.fireChannelRead(child);
        } while (state == State.DELIVERING && !connected.isEmpty() && allocHandle.continueReading());
        if (accepted) {
            allocHandle.readComplete();
            pipeline.fireChannelReadComplete();
        }
        report(failure);
        if (state == State.DELIVERING) {
            state = State.IDLE;
            if (canDeliver()) {
                schedule();
            }
        }
    }
}
