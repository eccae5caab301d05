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
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.win32.Kernel;
import org.namedpipe.netty.win32.Win32Error;
import org.namedpipe.netty.win32.Win32Exception;

/**
 * Opens a pipe for a client. A local pipe is tried on the loop; while all its instances are busy it is tried again by a
 * timer, until the connect timeout. A remote one is opened on a thread of its own, since that may wait for the network.
 */
final class PipeConnector {
    private static final int MAX_RETRY_MILLIS = 32;
    private static final Executor REMOTE_OPENER =
            new ThreadPerTaskExecutor(new DefaultThreadFactory("namedpipe-remote-open", true));

    private final NamedPipeChannel channel;
    private @Nullable Attempt attempt;

    PipeConnector(NamedPipeChannel channel) {
        this.channel = channel;
    }

    void connect(SocketAddress server, @Nullable SocketAddress client, ChannelPromise promise) {
        if (attempt != null) {
            throw new ConnectionPendingException();
        }
        if (channel.isActive()) {
            throw new AlreadyConnectedException();
        }
        NamedPipeAddress address = WrongAddressException.check("connect to", server);
        if (client != null) {
            // Windows does not use it; localAddress() returns it.
            WrongAddressException.check("connect from", client);
        }
        ConnectException refusal = RemotePipes.refusal(address, channel.config());
        if (refusal != null) {
            promise.tryFailure(refusal);
            return;
        }
        Attempt started = new Attempt(address, client, promise);
        attempt = started;
        started.start();
    }

    /** Ends an attempt that is under way, because the channel is closed. */
    void close() {
        Attempt ended = attempt;
        if (ended != null) {
            ended.end();
            ended.promise.tryFailure(new ClosedChannelException());
        }
    }

    /** One call of connect, current until it has succeeded or failed. */
    private final class Attempt {
        final ChannelPromise promise;
        private final NamedPipeAddress server;
        private final @Nullable SocketAddress client;
        private final Kernel kernel = channel.iocp().kernel();
        private @Nullable Future<?> timeout;
        private @Nullable Future<?> retry;
        private final PipeShape shape = channel.config().shape();
        private @Nullable UntrustedServerException distrust;
        private int retryMillis = 1;
        private int lastCode = Win32Error.ERROR_SUCCESS;
        private final PipeEvents.@Nullable Connect event = PipeEvents.connectStarts();

        Attempt(NamedPipeAddress server, @Nullable SocketAddress client, ChannelPromise promise) {
            this.server = server;
            this.client = client;
            this.promise = promise;
        }

        void start() {
            if (server.isLocal()) {
                opened(open());
            } else {
                REMOTE_OPENER.execute(this::openRemote);
            }
            if (isCurrent()) {
                waitForOutcome();
            }
        }

        private boolean isCurrent() {
            return attempt == this;
        }

        private long open() {
            return checkServer(kernel.createFile(
                    server.path(),
                    shape.access().desiredAccess(),
                    channel.config().openFlags()));
        }

        /** Makes an error of the handle, and closes it, if its server is not trusted. */
        private long checkServer(long handleOrError) {
            if (Win32Error.isError(handleOrError)) {
                return handleOrError;
            }
            distrust = channel.config()
                    .get(NamedPipeChannelOption.TRUSTED_SERVER)
                    .objection(kernel, handleOrError, server);
            if (distrust == null) {
                return handleOrError;
            }
            kernel.closeHandle(handleOrError);
            return -Win32Error.ERROR_ACCESS_DENIED;
        }

        private void waitForOutcome() {
            int millis = channel.config().getConnectTimeoutMillis();
            if (millis > 0) {
                timeout = channel.eventLoop().schedule(() -> timedOut(millis), millis, TimeUnit.MILLISECONDS);
            }
            promise.addListener((ChannelFutureListener) future -> {
                if (future.isCancelled() && isCurrent()) {
                    end();
                    channel.pipeUnsafe().closeNow();
                }
            });
        }

        private void openRemote() {
            long handle = open();
            try {
                channel.eventLoop().execute(() -> opened(handle));
            } catch (RejectedExecutionException e) {
                closeUnwanted(handle);
            }
        }

        private void opened(long handleOrError) {
            PipeEvents.connectAnswered(event, handleOrError);
            if (!isCurrent()) {
                closeUnwanted(handleOrError);
            } else if (distrust != null) {
                fail(distrust);
            } else if (!Win32Error.isError(handleOrError)) {
                setReadMode(handleOrError);
            } else if (isWorthWaiting(Win32Error.codeOf(handleOrError))) {
                retryLater(Win32Error.codeOf(handleOrError));
            } else {
                refused("CreateFile", Win32Error.codeOf(handleOrError));
            }
        }

        private boolean isWorthWaiting(int code) {
            return switch (channel.config().get(NamedPipeChannelOption.CONNECT_POLICY)) {
                case FAIL_FAST -> false;
                case WAIT_WHILE_BUSY -> code == Win32Error.ERROR_PIPE_BUSY;
                case WAIT_FOR_SERVER -> code == Win32Error.ERROR_PIPE_BUSY || code == Win32Error.ERROR_FILE_NOT_FOUND;
            };
        }

        private void closeUnwanted(long handleOrError) {
            if (!Win32Error.isError(handleOrError)) {
                kernel.closeHandle(handleOrError);
            }
        }

        private void setReadMode(long handle) {
            int code = shape.readsMessages() && shape.mayRead()
                    ? kernel.setNamedPipeHandleState(handle, shape.mode().readMode())
                    : Win32Error.ERROR_SUCCESS;
            if (!channel.canSubmit()) {
                // Between two event loops; the one to come will find the pipe as well.
                kernel.closeHandle(handle);
                retryLater(Win32Error.ERROR_PIPE_BUSY);
            } else if (code != Win32Error.ERROR_SUCCESS) {
                kernel.closeHandle(handle);
                refused("SetNamedPipeHandleState", code);
            } else {
                connected(handle);
            }
        }

        private void connected(long handle) {
            end();
            try {
                channel.opened(handle, shape, server, client);
            } catch (Throwable t) {
                // The channel owns the handle; closing it closes the handle.
                promise.tryFailure(t);
                channel.pipeUnsafe().closeNow();
                return;
            }
            // A listener may close the channel, which must still see that it was active.
            boolean active = channel.isActive();
            boolean wanted = promise.trySuccess();
            if (active) {
                channel.pipeline().fireChannelActive();
            }
            if (wanted) {
                channel.startReading();
            } else {
                channel.pipeUnsafe().closeNow();
            }
        }

        private void retryLater(int code) {
            lastCode = code;
            if (code == Win32Error.ERROR_PIPE_BUSY && channel.canSubmit()) {
                channel.iocp().countBusyWait();
                PipeEvents.busy(server, retryMillis);
            }
            Runnable again = server.isLocal() ? () -> opened(open()) : () -> REMOTE_OPENER.execute(this::openRemote);
            retry = channel.eventLoop().schedule(again, retryMillis, TimeUnit.MILLISECONDS);
            retryMillis = Math.min(2 * retryMillis, MAX_RETRY_MILLIS);
        }

        private void timedOut(int millis) {
            if (isCurrent()) {
                String why = lastCode == Win32Error.ERROR_SUCCESS ? "" : " (" + Win32Error.symbol(lastCode) + ')';
                fail(new ConnectTimeoutException("connection timed out after " + millis + " ms: " + server + why));
                channel.pipeUnsafe().closeNow();
            }
        }

        private void fail(IOException cause) {
            end();
            promise.tryFailure(cause);
        }

        /** After this no timer and no late outcome of this attempt has any effect. */
        void end() {
            attempt = null;
            PipeEvents.connectEnds(event, server);
            if (timeout != null) {
                timeout.cancel(false);
            }
            if (retry != null) {
                retry.cancel(false);
            }
        }

        private void refused(String operation, int code) {
            fail(PipeConnectException.of(new Win32Exception(operation, server.path(), code)));
        }
    }
}
