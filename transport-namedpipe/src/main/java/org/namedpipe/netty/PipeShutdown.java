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
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.PromiseCombiner;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;

/**
 * The half close of a channel, by the convention that an empty message is the end of the output of who sends it. Windows
 * knows no other, and a stream of bytes has no empty messages.
 */
final class PipeShutdown {
    private enum Direction {
        OPEN,
        /** The end is on its way, behind what was written before it. */
        SHUTTING_DOWN,
        SHUT_DOWN,
        /** A write has failed: nothing can be sent any more, and the peer was not sent the end. */
        BROKEN
    }

    private final OutboundEnd end;
    private final PipeHandle pipe;
    private final PipeReader reader;
    private volatile Direction input = Direction.OPEN;
    private volatile Direction output = Direction.OPEN;

    PipeShutdown(OutboundEnd end, PipeHandle pipe, PipeReader reader) {
        this.end = end;
        this.pipe = pipe;
        this.reader = reader;
    }

    boolean isInputShutdown() {
        return input == Direction.SHUT_DOWN || !end.isActive();
    }

    boolean isOutputShutdown() {
        return output == Direction.SHUT_DOWN || output == Direction.BROKEN || !end.isActive();
    }

    /** Takes in that nothing can be written any more, for whatever reason. */
    void outputEnded() {
        if (output != Direction.SHUT_DOWN) {
            output = Direction.BROKEN;
        }
    }

    /** Throws if nothing may be written any more. */
    void checkOutput() throws ChannelOutputShutdownException {
        if (output != Direction.OPEN) {
            throw new ChannelOutputShutdownException("output of " + end.pipeName() + " is shut down");
        }
    }

    /** Takes in an empty message; returns whether it was the end of the peer's output rather than a message. */
    boolean endOfInput() {
        if (!end.config().get(ChannelOption.ALLOW_HALF_CLOSURE)) {
            return false;
        }
        if (input == Direction.OPEN) {
            // Reading goes on: that is how the peer's close is seen.
            input = Direction.SHUT_DOWN;
            end.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            end.pipeline().fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
        }
        return true;
    }

    /** On the event loop. */
    void shutdownInput(ChannelPromise promise) {
        if (isRefused(promise)) {
            return;
        }
        input = Direction.SHUT_DOWN;
        reader.stop();
        promise.trySuccess();
    }

    /** On the event loop. */
    void shutdownOutput(ChannelPromise promise) {
        if (isRefused(promise)) {
            return;
        }
        if (!pipe.shape().mayWrite()) {
            promise.tryFailure(OutboundFilter.wrongDirection(end, "read"));
            return;
        }
        if (output == Direction.BROKEN) {
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        if (output != Direction.OPEN) {
            promise.trySuccess();
            return;
        }
        output = Direction.SHUTTING_DOWN;
        ChannelPromise sent = end.pipeline().newPromise();
        sent.addListener((ChannelFutureListener) ended -> {
            if (!ended.isSuccess()) {
                promise.tryFailure(ended.cause());
                return;
            }
            output = Direction.SHUT_DOWN;
            if (end.isClosing()) {
                // The peer has got the end of the output, and there is no more output to end.
                promise.trySuccess();
            } else {
                end.shutdownOutput(promise);
            }
        });
        end.writeMarker(ControlMessage.ZERO_LENGTH_MESSAGE, sent);
    }

    /** On the event loop. */
    void shutdown(ChannelPromise promise) {
        ChannelPromise ofOutput = end.pipeline().newPromise();
        ChannelPromise ofInput = end.pipeline().newPromise();
        PromiseCombiner both = new PromiseCombiner(end.eventLoop());
        shutdownOutput(ofOutput);
        both.add((Future<?>) ofOutput);
        shutdownInput(ofInput);
        both.add((Future<?>) ofInput);
        ChannelPromise done = end.pipeline().newPromise();
        both.finish(done);
        done.addListener(future -> {
            if (future.isSuccess()) {
                promise.trySuccess();
            } else {
                promise.tryFailure(future.cause());
            }
        });
    }

    private boolean isRefused(ChannelPromise promise) {
        if (!end.isActive()) {
            promise.tryFailure(
                    end.pipeline().channel().isOpen() ? new NotYetConnectedException() : new ClosedChannelException());
            return true;
        }
        boolean messages = pipe.shape().readsMessages();
        if (messages && end.config().get(ChannelOption.ALLOW_HALF_CLOSURE)) {
            return false;
        }
        promise.tryFailure(new UnsupportedOperationException(end.pipeName() + " cannot be closed by halves: it needs "
                + (messages ? "ALLOW_HALF_CLOSURE" : "PIPE_MODE MESSAGE and ALLOW_HALF_CLOSURE")));
        return true;
    }
}
