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

import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Puts a close off: with {@code SO_LINGER} until the peer has read what was flushed, and in any case until the write under
 * way has ended. The buffer of that write is the kernel's until then, and its owner expects to have it back when the write
 * has failed.
 *
 * <p>Meanwhile Netty takes no more messages, and nothing is read. Messages that were not flushed fail with the close.
 */
final class PipeClose implements Executor {
    /** A packet that is cancelled comes at once, unless a driver between here and the pipe is in no hurry. */
    static final long MAX_WAIT_MILLIS = 1000;

    private enum State {
        OPEN,
        /** The close that is about to begin lingers. */
        TO_LINGER,
        /** Flushed messages are written, then the peer reads. */
        LINGERING,
        /** All is written; the peer has not read it yet. */
        DRAINING,
        /** The write under way is cancelled. */
        WAITING,
        /** Nothing is waited for any more. */
        NO_WAIT
    }

    private final OutboundEnd end;
    private final PipeHandle pipe;
    private final PipeReader reader;
    private final PipeDrain drain;
    private State state = State.OPEN;
    /** The messages that are written while the close lingers. Netty fails what is left of them when the close has ended. */
    private @Nullable ChannelOutboundBuffer messages;

    private @Nullable Runnable rest;
    private @Nullable Future<?> timeout;

    PipeClose(OutboundEnd end, PipeHandle pipe, PipeReader reader, PipeDrain drain) {
        this.end = end;
        this.pipe = pipe;
        this.reader = reader;
        this.drain = drain;
    }

    /** Has the close that follows linger if {@code SO_LINGER} asks for it and there is a peer that can read. */
    void lingerIfAsked(@Nullable ChannelOutboundBuffer unwritten) {
        end.gonePeer().failBeforeClose();
        boolean asked = end.config().get(ChannelOption.SO_LINGER) > 0;
        if (state == State.OPEN
                && asked
                && end.isActive()
                && pipe.shape().mayWrite()
                && !end.gonePeer().isGone()) {
            state = State.TO_LINGER;
            messages = unwritten;
        }
    }

    /** Ends reading, and writing unless the close lingers. @return what runs the rest of the close later, or {@code null} */
    @Nullable
    Executor prepare() {
        if (state == State.TO_LINGER) {
            state = State.LINGERING;
            reader.close();
            return this;
        }
        return end.cancelAll() && state == State.OPEN ? this : null;
    }

    @Override
    public void execute(Runnable closing) {
        rest = closing;
        if (state == State.LINGERING) {
            int seconds = end.config().get(ChannelOption.SO_LINGER);
            timeout = end.eventLoop().schedule(this::lingered, seconds, TimeUnit.SECONDS);
            // Not at once: the close may come from a listener, while messages that were written are removed.
            end.eventLoop().execute(end::flushNow);
        } else {
            waitForWrite();
        }
    }

    private void waitForWrite() {
        state = State.WAITING;
        timeout = end.eventLoop().schedule(this::completeNow, MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Returns whether the writer has to ask for what it writes by {@link #writeOn}, since Netty does not. */
    boolean isLingering() {
        return state == State.LINGERING;
    }

    /** Writes what was flushed before the close, and when all is written waits for the peer to read it. */
    void writeOn(PipeWriter writer) {
        ChannelOutboundBuffer out = messages;
        if (out != null) {
            writer.write(out);
        }
        if (state == State.LINGERING && !writer.isBusy() && (out == null || out.isEmpty())) {
            state = State.DRAINING;
            drain.linger(this::lingered);
        }
    }

    /** Ends lingering: the peer has read everything, or will not, or had enough time. */
    void lingered() {
        if (state != State.LINGERING && state != State.DRAINING) {
            return;
        }
        cancelTimeout();
        if (end.cancelAll()) {
            waitForWrite();
        } else {
            completeNow();
        }
    }

    void writeEnded() {
        if (state == State.WAITING) {
            completeNow();
        }
    }

    /** Completes the close that waits, if one does. No close waits after this. */
    void completeNow() {
        state = State.NO_WAIT;
        messages = null;
        Runnable closing = rest;
        if (closing != null) {
            rest = null;
            cancelTimeout();
            closing.run();
        }
    }

    private void cancelTimeout() {
        if (timeout != null) {
            timeout.cancel(false);
        }
    }
}
