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
package org.namedpipe.netty.explorer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelOutputShutdownException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/** The messages that an endpoint writes, and the checks of their promises. */
final class EndpointOutput {
    private final Endpoint endpoint;
    private final Simulation simulation;
    private final ExpectedStream stream = new ExpectedStream();
    private boolean failed;
    private boolean peerGone;
    private boolean ended;

    EndpointOutput(Endpoint endpoint) {
        this.endpoint = endpoint;
        simulation = endpoint.simulation;
    }

    ExpectedStream stream() {
        return stream;
    }

    /** Returns whether a write has failed for a reason other than a closed peer. */
    boolean hasFailed() {
        return failed;
    }

    /** Returns whether a write has failed because the peer has closed. The channel still reads the peer's data. */
    boolean isPeerGone() {
        return peerGone;
    }

    /** Returns whether writes may fail although the channel may be open. */
    boolean mayBeLost() {
        return ended || simulation.faults.wereInjected() || endpoint.isPeerClosed();
    }

    // ---- actions of the application

    /** Cancels the first message that is not flushed, if there is one. */
    void cancelWrite() {
        for (SentMessage message : stream.sent()) {
            if (!message.flushed) {
                message.promise.cancel(false);
                return;
            }
        }
    }

    /** Shuts the output down, which writes an empty message if half-closure is on. On the channel's loop. */
    void shutdown() {
        ChannelPromise promise = endpoint.channel().newPromise();
        if (!ended
                && simulation.config.halfClosure
                && endpoint.channel().isActive()
                && endpoint.channel().isRegistered()
                && endpoint.mayWrite()) {
            ended = true;
            SentMessage end = new SentMessage(simulation.workload.endOfOutput(), promise);
            stream.add(end);
            stream.flushed();
            stream.end();
            promise.addListener(future -> completed(end));
        } else {
            endpoint.mustComplete(promise);
        }
        endpoint.pipe().shutdownOutput(promise);
    }

    // ---- events

    void write(ChannelHandlerContext ctx, Payload payload, ChannelPromise promise) {
        SentMessage message = new SentMessage(payload, promise);
        stream.add(message);
        promise.addListener(future -> completed(message));
        // A lingering channel accepts no further messages, but still writes earlier ones. A channel that is closed from
        // within this write may have accepted, and written, the message.
        boolean closed = endpoint.isClosedByApplication();
        ctx.write(simulation.workload.message(payload), promise);
        message.refused = closed && promise.cause() instanceof ClosedChannelException;
    }

    private void completed(SentMessage message) {
        simulation.trace.record(() -> endpoint.name + ": " + message);
        message.completions++;
        Throwable cause = message.promise.cause();
        if (endpoint.mayWrite() ? cause instanceof UnsupportedOperationException : message.promise.isSuccess()) {
            endpoint.violation("wrong result on a channel that " + (endpoint.mayWrite() ? "can" : "cannot") + " write: "
                    + message);
        }
        if (cause instanceof ChannelOutputShutdownException) {
            if (!mayBeLost()) {
                endpoint.violation("the output was not shut down: " + message);
            }
        } else if (message.promise.isSuccess()) {
            String error = stream.checkOrder(message);
            if (error != null) {
                endpoint.violation(error);
            }
        } else if (cause instanceof IOException && !(cause instanceof ClosedChannelException)) {
            writeFailed(cause);
        }
        simulation.workload.react(endpoint, "write promise");
    }

    private void writeFailed(Throwable cause) {
        if (isPeerGone(cause)) {
            peerGone = true;
        } else {
            failed = true;
        }
        if (!mayBeLost()) {
            endpoint.violation("a write has failed without a reason: " + cause);
        }
    }

    private static boolean isPeerGone(Throwable cause) {
        return cause instanceof WindowsException failure
                && (failure.code() == Win32Error.ERROR_NO_DATA
                        || failure.code() == Win32Error.ERROR_BROKEN_PIPE
                        || failure.code() == Win32Error.ERROR_PIPE_NOT_CONNECTED);
    }
}
