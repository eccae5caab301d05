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

import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The end of writing when the peer has closed its end, while data that the peer wrote before can still be read.
 *
 * <p>A write that fails for this reason waits until that data has been delivered, because a handler may close the channel when
 * its write fails, as {@code SslHandler} does for a session ticket. A write to a socket would have succeeded there.
 */
final class GonePeer {
    private enum State {
        /** As far as writing knows, the peer is there. */
        PRESENT,
        /** Writes have failed, and wait until the reader has delivered the peer's data. */
        FAILING,
        /** The writes have failed. Data of the peer may still be there. */
        GONE,
        CLOSED
    }

    private final OutboundEnd end;
    private final PipeReader reader;
    private State state = State.PRESENT;
    /** The cause with which writes fail. */
    private @Nullable Throwable failure;

    GonePeer(OutboundEnd end, PipeReader reader) {
        this.end = end;
        this.reader = reader;
    }

    /** Returns whether a write has failed because the peer has closed its end, and the channel is open. */
    boolean isGone() {
        return state == State.FAILING || state == State.GONE;
    }

    /** Returns whether the channel closes at the end of the peer's data, without a request to read. */
    boolean seeksEnd() {
        return state == State.GONE && end.config().isAutoClose();
    }

    /** Takes in that a write has failed because the peer has closed its end. */
    void found(Throwable cause) {
        state = State.FAILING;
        failure = cause;
        readerPauses();
    }

    /** Fails messages that are flushed, unless they wait as well. */
    void refuse(ChannelOutboundBuffer out) {
        Throwable cause = failure;
        if (state == State.GONE && cause != null) {
            WriteBatch.failAll(out, cause);
        }
    }

    /** Ends the output if nothing is read, in a task of its own, since this may be called from within other events. */
    void readerPauses() {
        if (state == State.FAILING) {
            end.eventLoop().execute(this::endOutput);
        }
    }

    private void endOutput() {
        if (!reader.isAboutToDeliver()) {
            failWrites();
        }
        if (seeksEnd() && reader.mayRead()) {
            reader.seekEnd();
        } else if (seeksEnd()) {
            end.closeNow();
        }
    }

    /** Fails the writes that wait for the reader, and ends the output. */
    void failWrites() {
        Throwable cause = failure;
        if (state == State.FAILING && cause != null && !end.config().isAutoClose()) {
            state = State.GONE;
            end.writeFailed(cause);
        } else if (state == State.FAILING) {
            failBeforeClose();
            if (state == State.GONE) {
                end.shutdownOutput(end.voidPromise());
            }
        }
    }

    /** As {@link #failWrites}, for a channel about to close. Fires no event, since a handler may close within another. */
    void failBeforeClose() {
        Throwable cause = failure;
        if (state == State.FAILING && cause != null) {
            state = State.GONE;
            WriteBatch.failAll(end.outboundBuffer(), cause);
        }
    }

    void close() {
        state = State.CLOSED;
    }
}
