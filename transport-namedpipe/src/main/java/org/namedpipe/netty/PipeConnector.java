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

import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import org.jspecify.annotations.Nullable;

/**
 * Opens a pipe for a client. A local pipe is opened on the loop; a client that has to wait for it queues in a
 * {@link WaitingLine}, until the connect timeout. A remote pipe is opened on a thread of {@link RemoteCalls}, since that may
 * wait for the network.
 */
final class PipeConnector {
    private final ConnectingEnd end;
    private final LoopRegistration registration;
    private @Nullable ConnectAttempt attempt;

    PipeConnector(ConnectingEnd end, LoopRegistration registration) {
        this.end = end;
        this.registration = registration;
    }

    /** Starts to connect. Fails {@code promise} if that cannot be. The channel stays open only if the call was wrong. */
    void connect(SocketAddress server, @Nullable SocketAddress client, ChannelPromise promise) {
        ConnectAttempt started;
        try {
            started = newAttempt(server, client, promise);
        } catch (ConnectException e) {
            promise.tryFailure(e);
            end.closeNow();
            return;
        } catch (Throwable t) {
            promise.tryFailure(t);
            return;
        }
        attempt = started;
        try {
            started.start();
        } catch (Throwable t) {
            started.fail(t);
        }
    }

    private ConnectAttempt newAttempt(SocketAddress server, @Nullable SocketAddress client, ChannelPromise promise)
            throws ConnectException {
        if (attempt != null) {
            throw new ConnectionPendingException();
        }
        if (end.isActive()) {
            throw new AlreadyConnectedException();
        }
        NamedPipeAddress address = PipeAddresses.check("connect to", server);
        // Windows does not use it; localAddress() returns it.
        NamedPipeAddress local = client == null ? address : PipeAddresses.check("connect from", client);
        ConnectException refusal = RemotePipes.refusal(address, end.config());
        if (refusal != null) {
            throw refusal;
        }
        return new ConnectAttempt(end, registration, address, local, promise, () -> attempt = null);
    }

    /** The channel leaves its event loop. */
    void suspend() {
        if (attempt != null) {
            attempt.suspend();
        }
    }

    /** The channel is registered to an event loop again. */
    void resume() {
        if (attempt != null) {
            attempt.resume();
        }
    }

    /** Has the first client try again that waits on an event loop for a pipe, since another client of it closes. */
    static void placeMayBeFree(EventLoop loop, NamedPipeAddress server) {
        WaitingLine line = WaitingLines.of(loop).line(server);
        if (line != null) {
            line.placeMayBeFree();
        }
    }

    /** Ends an attempt that is under way, because the channel is closed. */
    void close() {
        if (attempt != null) {
            attempt.fail(new ClosedChannelException());
        }
    }
}
