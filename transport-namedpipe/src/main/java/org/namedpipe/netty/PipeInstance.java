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

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.iocp.IocpContext;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.iocp.IocpCompletionHandler;
import org.namedpipe.netty.iocp.IocpIoOps;

/** A place for one instance of a pipe that waits for a client. Instances that are accepted leave it, and others follow. */
final class PipeInstance implements IocpCompletionHandler {
    enum State {
        /** No instance: none was created yet, or creating one failed. */
        EMPTY,
        /** {@code ConnectNamedPipe} is under way. */
        LISTENING,
        /** A client is, or was, there. */
        CONNECTED,
        CLOSED
    }

    private final Kernel kernel;
    private final ServerMetrics metrics;
    private final Consumer<PipeInstance> listeningEnded;
    private final IocpIoOps ops = IocpIoOps.newConnect(this);
    private State state = State.EMPTY;
    private long handle;
    private @Nullable ConnectionTime connectedAt;

    /** @param listeningEnded hears of the end of each listening that was under way */
    PipeInstance(Kernel kernel, ServerMetrics metrics, Consumer<PipeInstance> listeningEnded) {
        this.kernel = kernel;
        this.metrics = metrics;
        this.listeningEnded = listeningEnded;
    }

    State state() {
        return state;
    }

    /** Returns whether this owns a handle. */
    boolean isOpen() {
        return state == State.LISTENING || state == State.CONNECTED;
    }

    long handle() {
        assert isOpen();
        return handle;
    }

    /** Starts to listen on a new instance. @return a Win32 error code; with any but success the instance is closed */
    int listen(IocpContext iocp, long created) {
        assert state == State.EMPTY;
        handle = created;
        return listenAgain(iocp);
    }

    /** Listens on the same instance, if the last attempt came to nothing. */
    int listenAgain(IocpContext iocp) {
        enter(State.LISTENING);
        boolean pending;
        try {
            pending = iocp.submit(ops.prepare(handle)) != 0;
        } catch (Throwable t) {
            // An instance that does not listen would never be replaced.
            kernel.closeHandle(handle);
            enter(State.EMPTY);
            throw t;
        }
        return pending ? Win32Error.ERROR_SUCCESS : ended();
    }

    @Override
    public void completed(IocpIoOps ended) {
        listeningEnded.accept(this);
    }

    /** Returns whether the last listening was cancelled, or the thread that began it has ended. */
    boolean wasAborted() {
        return ops.error() == Win32Error.ERROR_OPERATION_ABORTED;
    }

    /** Takes in the outcome of listening. @return a Win32 error code; with any but success the instance is closed */
    int ended() {
        return switch (ops.error()) {
            // ERROR_NO_DATA: the client has disconnected. That is no error: its data is still to be read.
            case Win32Error.ERROR_SUCCESS, Win32Error.ERROR_PIPE_CONNECTED, Win32Error.ERROR_NO_DATA -> {
                connectedAt = ConnectionTime.now(kernel);
                enter(State.CONNECTED);
                yield Win32Error.ERROR_SUCCESS;
            }
            default -> {
                kernel.closeHandle(handle);
                enter(State.EMPTY);
                yield ops.error();
            }
        };
    }

    /** The connected instance's handle, which is the caller's from now on. */
    long take() {
        assert state == State.CONNECTED;
        enter(State.EMPTY);
        metrics.accepted.add(1);
        metrics.abortedAccepts.add(isAborted() ? 1 : 0);
        return handle;
    }

    /** When the last client was found to have connected. Its channel may have to wait a long time after that. */
    ConnectionTime connectedAt() {
        return Objects.requireNonNull(connectedAt);
    }

    /** Returns whether the last client had left before it was looked for. */
    boolean isAborted() {
        return ops.error() == Win32Error.ERROR_NO_DATA;
    }

    boolean isPending() {
        return ops.isPending();
    }

    /** May be called again, when the number of the handle may be another's. */
    void close() {
        boolean open = isOpen();
        enter(State.CLOSED);
        if (open) {
            ops.cancel();
            kernel.closeHandle(handle);
        }
    }

    private void enter(State next) {
        metrics.listening.add((next == State.LISTENING ? 1 : 0) - (state == State.LISTENING ? 1 : 0));
        state = next;
    }
}
