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
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.ConnectException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/** One call of {@code connect}, from its start to its success or failure. Confined to the channel's event loop. */
final class ConnectAttempt {
    private enum State {
        /** Asks Windows, or waits in a line. */
        TRYING,
        /** The channel has left its event loop. */
        AWAY,
        /** It has succeeded, failed, or was given up. */
        ENDED
    }

    private final ConnectingEnd end;
    private final LoopRegistration registration;
    private final NamedPipeAddress server;
    private final NamedPipeAddress local;
    private final ChannelPromise promise;
    private final Runnable ended;
    private final PipeOpen open;
    private final NamedPipeConnectPolicy policy;
    private final PipeEventTypes.@Nullable Connect event = PipeEvents.connectStarts();

    private State state = State.TRYING;
    private @Nullable Future<?> timeout;
    private @Nullable WaitingLine line;
    private @Nullable RemoteOpen remote;
    private int lastCode = Win32Error.ERROR_SUCCESS;
    /** True if the pipe was there during this attempt, or shortly before. */
    private boolean pipeWasThere;

    /** @param ended is run when the attempt has ended, before its promise is completed */
    ConnectAttempt(
            ConnectingEnd end,
            LoopRegistration registration,
            NamedPipeAddress server,
            NamedPipeAddress local,
            ChannelPromise promise,
            Runnable ended) {
        this.end = end;
        this.registration = registration;
        this.server = server;
        this.local = local;
        this.promise = promise;
        this.ended = ended;
        NamedPipeChannelConfig config = end.config();
        policy = config.get(NamedPipeChannelOption.CONNECT_POLICY);
        open = new PipeOpen(
                registration.iocp().kernel(),
                server,
                config.shape(),
                config.openFlags(),
                config.get(NamedPipeChannelOption.TRUSTED_SERVER));
    }

    // ---- its life

    void start() {
        tryOrQueue();
        if (isCurrent()) {
            watchTimeoutAndCancel();
        }
    }

    /** Returns whether the attempt has neither ended nor lost its event loop. */
    private boolean isCurrent() {
        return state == State.TRYING;
    }

    private WaitingLines lines() {
        return WaitingLines.of(end.eventLoop());
    }

    private long nanoTime() {
        return end.eventLoop().ticker().nanoTime();
    }

    /** Opens the pipe, or queues behind others of this event loop that wait for it. */
    private void tryOrQueue() {
        line = lines().line(server);
        if (line != null) {
            line.join(this);
        } else if (server.isLocal()) {
            opened(open());
        } else if (!openRemote(this::opened)) {
            fail(new ConnectException("CreateFile(" + server.path() + ") was not called: at most "
                    + RemoteCalls.MAX_OPENS + " pipes of other computers are opened at a time, and "
                    + RemoteCalls.MAX_QUEUED
                    + " more wait; connect fewer at a time, or lower CONNECT_TIMEOUT_MILLIS"));
        }
    }

    private void watchTimeoutAndCancel() {
        int millis = end.config().getConnectTimeoutMillis();
        if (millis > 0) {
            timeout = end.eventLoop().schedule(() -> onLoop(() -> timedOut(millis)), millis, TimeUnit.MILLISECONDS);
        }
        promise.addListener((ChannelFutureListener) future -> {
            if (future.isCancelled() && state != State.ENDED) {
                endNow();
                end.closeNow();
            }
        });
    }

    /** The channel may have moved to another event loop since a timer was started. */
    private void onLoop(Runnable task) {
        EventLoop loop = end.eventLoop();
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    private void timedOut(int millis) {
        if (state == State.ENDED) {
            return;
        }
        int code = line == null ? lastCode : line.lastCode();
        String why = code == Win32Error.ERROR_SUCCESS ? "" : " (" + Win32Error.symbol(code) + ')';
        fail(new ConnectTimeoutException("connection timed out after " + millis + " ms: " + server + why));
    }

    /** Gives its place up, since the channel leaves its event loop. */
    void suspend() {
        if (isCurrent()) {
            state = State.AWAY;
            stopTrying();
        }
    }

    /** Tries again, on the event loop that the channel is registered to now. */
    void resume() {
        if (state == State.AWAY) {
            state = State.TRYING;
            tryOrQueue();
        }
    }

    private void stopTrying() {
        if (line != null) {
            line.leave(this);
            line = null;
        }
        if (remote != null) {
            remote.abandon();
            remote = null;
        }
    }

    /** Ends the attempt. After this no timer and no late answer has any effect. */
    private void endNow() {
        state = State.ENDED;
        ended.run();
        PipeEvents.connectEnds(event, server);
        if (timeout != null) {
            timeout.cancel(false);
        }
        stopTrying();
    }

    /** Ends the attempt with a failure, unless it has ended, and closes the channel, as the transports for sockets do. */
    void fail(Throwable cause) {
        if (state != State.ENDED) {
            endNow();
            promise.tryFailure(cause);
            end.closeNow();
        }
    }

    // ---- asking Windows

    /** Opens the pipe on this thread. */
    PipeOpen.Outcome open() {
        return open.run();
    }

    /** Opens the pipe on another thread. Returns false if none may be had; otherwise {@code answer} is run on the loop. */
    boolean openRemote(Consumer<PipeOpen.Outcome> answer) {
        remote = new RemoteOpen(open, end.eventLoop(), outcome -> {
            remote = null;
            answer.accept(outcome);
        });
        if (RemoteCalls.open(remote)) {
            return true;
        }
        remote = null;
        return false;
    }

    /** Takes in an answer that was for this client. */
    void opened(PipeOpen.Outcome outcome) {
        int code = outcome.code();
        note(code);
        if (outcome.failure() != null) {
            fail(outcome.failure());
        } else if (outcome.isOpen()) {
            connected(outcome.handleOrError());
        } else if (PipeOpen.concernsName(code) && waitsFor(code)) {
            line = lines().lineOrNew(server, end.eventLoop());
            line.joinAfter(this, code);
        } else {
            refused(outcome.call(), code);
        }
    }

    /** Takes in an answer of {@code CreateFile} for the whole line. */
    void answered(int code) {
        if (isCurrent()) {
            note(code);
            if (!waitsFor(code)) {
                refused("CreateFile", code);
            }
        }
    }

    private void note(int code) {
        lastCode = code;
        PipeEvents.connectAnswered(event, code);
        if (code == Win32Error.ERROR_SUCCESS || code == Win32Error.ERROR_PIPE_BUSY) {
            lines().seen(server, nanoTime());
        }
        pipeWasThere |= code == Win32Error.ERROR_PIPE_BUSY || lines().wasSeenLately(server, nanoTime());
    }

    /** Returns whether this client goes on waiting after a code of {@code CreateFile}. */
    boolean waitsFor(int code) {
        return switch (policy) {
            case FAIL_FAST -> false;
            case WAIT_WHILE_BUSY -> code == Win32Error.ERROR_PIPE_BUSY || pipeWasThere;
            case WAIT_FOR_SERVER -> true;
        };
    }

    /** Counts that {@code CreateFile} was called for this client, and will be called again after a pause. */
    void willAskAgain(int code, int pauseMillis) {
        if (code == Win32Error.ERROR_PIPE_BUSY) {
            registration.iocp().countBusyWait();
            PipeEvents.busy(server, pauseMillis);
        }
    }

    private void refused(String operation, int code) {
        fail(NamedPipeConnectException.of(new WindowsException(operation, server.path(), code), open.shape()));
    }

    private void connected(long handle) {
        endNow();
        try {
            end.opened(handle, open.shape(), server, local);
        } catch (Throwable t) {
            // The channel owns the handle; closing it closes the handle.
            promise.tryFailure(t);
            end.closeNow();
            return;
        }
        // A listener may close the channel, which must still see that it was active.
        boolean active = end.isActive();
        boolean wanted = promise.trySuccess();
        if (active) {
            end.pipeline().fireChannelActive();
        }
        if (wanted) {
            end.startReading();
        } else {
            end.closeNow();
        }
    }
}
