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

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.RecvByteBufAllocator;
import java.io.IOException;
import org.namedpipe.netty.iocp.IocpCompletionHandler;
import org.namedpipe.netty.iocp.IocpIoOps;

/**
 * Reads a channel: at most one {@code ReadFile} at a time, into a buffer that is the kernel's until the read has ended.
 *
 * <p>A read is never cancelled to pause. Bytes that come before they are asked for are parked, and delivered on the
 * next {@code read()}. A read loop, from the first {@code channelRead} to {@code channelReadComplete}, ends when the
 * pipe is drained: when a read did not fill its buffer, or when the next one pends.
 *
 * <p>In message mode a message is read into one buffer, which grows with it, and delivered when it is complete.
 */
final class PipeReader implements IocpCompletionHandler {
    /** The number of read loops that may follow one another before other channels and tasks get their turn. */
    private static final int MAX_LOOPS = 4;

    private enum State {
        /** No read is under way and nothing is held. */
        IDLE,
        /** The kernel owns the buffer. */
        PENDING,
        /** A read has ended, and its outcome was not asked for. */
        PARKED,
        /** A read has ended; a task will deliver its outcome. */
        SCHEDULED,
        /** Events are being fired. */
        DELIVERING,
        /** The end of the stream, or an error, was reported. */
        ENDED,
        CLOSED
    }

    private final InboundEnd end;
    private final PipeHandle pipe;
    private final LoopRegistration registration;
    private final ReadOperation operation;
    private final InboundDelivery inbound;
    private final Turn turn = new Turn();
    private final Runnable deliverScheduled = this::deliverScheduled;
    private State state = State.IDLE;
    private boolean requested;
    private boolean hasRead;

    PipeReader(InboundEnd end, PipeHandle pipe, LoopRegistration registration) {
        this.end = end;
        this.pipe = pipe;
        this.registration = registration;
        operation = new ReadOperation(end, pipe, registration, this);
        inbound = new InboundDelivery(end);
    }

    /** Asks for one read loop. Fires nothing itself, since it is called from within other events. */
    void read() {
        requested = true;
        if (registration.isAttached()
                && (state == State.PARKED || (state == State.IDLE && end.isActive() && issue()))) {
            schedule();
        }
    }

    /** Takes back what {@link #read()} asked for, as far as it is not under way. */
    void pause() {
        requested = false;
        end.gonePeer().readerPauses();
    }

    /** Returns whether bytes of the peer, or their end, are about to be delivered. */
    boolean isAboutToDeliver() {
        return requested && mayRead() && !operation.isInKernel();
    }

    /** Starts a read that was asked for before there was a pipe to read, or while the channel was not registered. */
    void start() {
        if (requested) {
            read();
            end.gonePeer().readerPauses();
        } else if (end.gonePeer().seeksEnd()) {
            seekEnd();
        }
    }

    /**
     * Looks for the end of what a peer that is gone has written. The end is reported unasked, so that a channel that holds
     * nothing to read closes; bytes still wait for {@link #read()}.
     */
    void seekEnd() {
        if (registration.isAttached() && (state == State.PARKED || (state == State.IDLE && issue()))) {
            state = State.PARKED;
            if (isWanted()) {
                schedule();
            }
        }
    }

    /** Returns whether bytes of the peer may still come. */
    boolean mayRead() {
        return state != State.ENDED && state != State.CLOSED && pipe.shape().mayRead();
    }

    /** Returns whether anything has ever been read, without which a server cannot impersonate its client. */
    boolean hasRead() {
        return hasRead;
    }

    boolean isPending() {
        return operation.isPending();
    }

    /** Returns how many bytes were read so far. */
    long bytes() {
        return operation.totalTransferred();
    }

    @Override
    public void completed(IocpIoOps ended) {
        if (state == State.CLOSED || state == State.ENDED) {
            operation.releaseBuffer();
        } else {
            deliverWhileWanted();
        }
    }

    /** Reads no more, and leaves the channel open. */
    void stop() {
        if (state != State.CLOSED) {
            state = State.ENDED;
            operation.releaseBufferIfEnded();
            pause();
        }
    }

    /** Gives up what is held; a pending read is cancelled, and its buffer released when its packet comes. */
    void close() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        if (operation.isPending()) {
            operation.cancel();
        } else {
            operation.releaseBuffer();
        }
    }

    private void schedule() {
        state = State.SCHEDULED;
        end.eventLoop().execute(deliverScheduled);
    }

    private void deliverScheduled() {
        if (state == State.SCHEDULED) {
            deliverWhileWanted();
        }
    }

    private boolean isWanted() {
        return requested || (end.gonePeer().seeksEnd() && operation.isLast());
    }

    /** Runs read loops for as long as each is followed by an outcome that is known at once, within bounds. */
    private void deliverWhileWanted() {
        turn.begin(operation.taken());
        for (int i = 0; isWanted() && registration.isAttached(); i++) {
            if (i == MAX_LOOPS || (i > 0 && isTurnOver())) {
                state = State.SCHEDULED;
                registration.iocp().runNextTurn(deliverScheduled);
                return;
            }
            if (!readLoop()) {
                end.gonePeer().readerPauses();
                return;
            }
        }
        state = State.PARKED;
        end.gonePeer().readerPauses();
    }

    private boolean isTurnOver() {
        return turn.isOver(operation.taken(), end.eventLoop());
    }

    /** Delivers until the pipe is drained, or others are to have their turn. @return whether another outcome is known */
    private boolean readLoop() {
        state = State.DELIVERING;
        ChannelPipeline pipeline = end.pipeline();
        RecvByteBufAllocator.ExtendedHandle allocHandle = end.allocHandle();
        allocHandle.reset(end.config());
        allocHandle.attemptedBytesRead(operation.length());
        boolean delivered = false;
        try {
            InboundDelivery.Outcome outcome;
            do {
                requested = false;
                outcome = deliverOne(allocHandle);
                if (outcome == InboundDelivery.Outcome.ENDED) {
                    return state == State.PARKED;
                }
                delivered |= outcome == InboundDelivery.Outcome.DELIVERED;
                requested |= outcome == InboundDelivery.Outcome.PARTIAL;
            } while (state == State.DELIVERING
                    && (outcome == InboundDelivery.Outcome.PARTIAL || allocHandle.continueReading())
                    && !isTurnOver()
                    && registration.isAttached()
                    && issue());
        } catch (Throwable t) {
            fail(allocHandle, t);
            return state == State.PARKED;
        }
        if (delivered) {
            allocHandle.readComplete();
            pipeline.fireChannelReadComplete();
        }
        if (state == State.DELIVERING) {
            endLoop((requested || end.gonePeer().seeksEnd()) && registration.isAttached());
        }
        return state == State.PARKED;
    }

    private void endLoop(boolean wanted) {
        state = State.IDLE;
        if ((wanted || operation.isAhead()) && issue()) {
            state = State.PARKED;
        }
    }

    private InboundDelivery.Outcome deliverOne(RecvByteBufAllocator.ExtendedHandle allocHandle) {
        Throwable notSubmitted = operation.takeSubmitFailure();
        if (notSubmitted != null) {
            fail(allocHandle, notSubmitted);
            return InboundDelivery.Outcome.ENDED;
        }
        if (operation.isLast()) {
            operation.releaseBuffer();
            if (operation.isEnd()) {
                state = State.ENDED;
                inbound.endOfStream(allocHandle);
            } else {
                fail(allocHandle, operation.failure());
            }
            return InboundDelivery.Outcome.ENDED;
        }
        hasRead = true;
        ByteBuf read = operation.takeBytes(allocHandle);
        if (!pipe.shape().readsMessages()) {
            return inbound.bytes(allocHandle, read);
        }
        if (operation.isPart()) {
            operation.continueIn(read);
            return inbound.part(read);
        }
        return inbound.message(allocHandle, read);
    }

    private void fail(RecvByteBufAllocator.ExtendedHandle allocHandle, Throwable cause) {
        operation.releaseBufferIfEnded();
        boolean fatal =
                cause instanceof IOException || cause instanceof OutOfMemoryError || operation.failsRepeatedly();
        if (state != State.CLOSED && fatal) {
            state = State.ENDED;
        } else if (state != State.CLOSED) {
            endLoop(false);
        }
        inbound.failed(allocHandle, cause, fatal);
    }

    /** Starts a read. @return whether its outcome is known already */
    private boolean issue() {
        if (operation.submit()) {
            state = State.PENDING;
            return false;
        }
        return true;
    }
}
