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

import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.iocp.IocpIoEvent;
import org.namedpipe.netty.iocp.IocpIoHandle;
import org.namedpipe.netty.iocp.IocpIoOps;
import org.namedpipe.netty.iocp.IocpRegistration;

/** What both channels share: their state, and their registration with an event loop from first to last operation. */
abstract class AbstractNamedPipeChannel extends AbstractChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);

    enum State {
        OPEN,
        /** Bound, or connected. */
        ACTIVE,
        CLOSED
    }

    private enum Attachment {
        /** Without an event loop: what is asked for has to wait. */
        NONE,
        ATTACHED,
        /** Deregistered, with operations under way that end on the loop it is leaving. */
        LEAVING
    }

    private volatile State state;
    private Attachment attachment = Attachment.NONE;
    /** What the event loop counts; the handler's own is behind it. */
    private @Nullable IoRegistration registration;

    private @Nullable IocpRegistration iocp;
    private @Nullable IoEventLoop registeredTo;
    /** Where reads were asked for, also while the channel is not registered. */
    private volatile @Nullable IoEventLoop lastLoop;

    volatile @Nullable NamedPipeAddress local;
    volatile @Nullable NamedPipeAddress remote;

    AbstractNamedPipeChannel(@Nullable Channel parent, State state) {
        super(parent);
        this.state = state;
    }

    /** Gives what the channel owns of Windows to the event loop it was just registered to. */
    abstract void attach(IocpRegistration iocp) throws Exception;

    /** Does what was asked for while the channel was not registered. */
    abstract void resume();

    /** Stops what only a registered channel can do. */
    void suspend() {}

    /** Takes back what {@code read()} asked for, as far as it is not under way. */
    abstract void pauseReading();

    /** Whether the kernel still owns memory of this channel. */
    abstract boolean hasPendingOperations();

    /** Cancels what is under way and closes handles. Called once. */
    abstract void closeHandles();

    @Override
    public final ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public final boolean isOpen() {
        return state != State.CLOSED;
    }

    @Override
    public final boolean isActive() {
        return state == State.ACTIVE;
    }

    final void activate() {
        assert state == State.OPEN;
        state = State.ACTIVE;
    }

    @Override
    protected final @Nullable SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected final @Nullable SocketAddress remoteAddress0() {
        return remote;
    }

    /** Leaves the check to {@link #doRegister}, which can say what is wrong. */
    @Override
    protected final boolean isCompatible(EventLoop loop) {
        return true;
    }

    // ---- registration

    @Override
    protected final void doRegister(ChannelPromise promise) {
        String problem = LoopCheck.problem(eventLoop(), PipeUnsafe.class);
        if (problem != null) {
            promise.setFailure(new IllegalStateException(problem));
            return;
        }
        IoEventLoop loop = (IoEventLoop) eventLoop();
        lastLoop = loop;
        if (attachment == Attachment.LEAVING && registeredTo == loop) {
            attached(promise);
            return;
        }
        if (attachment == Attachment.LEAVING) {
            promise.setFailure(new IllegalStateException(this + " has operations under way on another event loop"));
            return;
        }
        loop.register((PipeUnsafe) unsafe()).addListener((Future<IoRegistration> future) -> {
            if (!future.isSuccess()) {
                promise.setFailure(future.cause());
                return;
            }
            registration = future.getNow();
            iocp = registration.attachment();
            registeredTo = loop;
            try {
                attach(iocp());
            } catch (Throwable t) {
                releaseRegistration();
                promise.setFailure(t);
                return;
            }
            attached(promise);
        });
    }

    private void attached(ChannelPromise promise) {
        attachment = Attachment.ATTACHED;
        promise.setSuccess();
        resume();
    }

    @Override
    protected final void doDeregister() {
        suspend();
        if (attachment == Attachment.ATTACHED) {
            attachment = Attachment.LEAVING;
        }
        if (!hasPendingOperations()) {
            releaseRegistration();
        }
    }

    private void releaseRegistration() {
        IoRegistration released = registration;
        if (released != null) {
            attachment = Attachment.NONE;
            registration = null;
            iocp = null;
            registeredTo = null;
            released.cancel();
        }
    }

    /** Returns the registration with the handler of the event loop, which takes operations. */
    final IocpRegistration iocp() {
        IocpRegistration current = iocp;
        if (current == null) {
            throw new IllegalStateException(this + " is not registered");
        }
        return current;
    }

    /** Whether operations can be submitted; what is asked for while they cannot has to wait for {@link #resume()}. */
    final boolean canSubmit() {
        return attachment == Attachment.ATTACHED;
    }

    /** Auto-read was switched off. Any thread. */
    final void autoReadCleared() {
        IoEventLoop loop = lastLoop;
        if (loop == null || !isOpen()) {
            return;
        }
        if (loop.inEventLoop()) {
            pauseUnlessResumed();
        } else {
            loop.execute(this::pauseUnlessResumed);
        }
    }

    /** Auto-read may be on again by the time the loop hears of this, and its read asked for. */
    private void pauseUnlessResumed() {
        if (!config().isAutoRead()) {
            pauseReading();
        }
    }

    /** Runs {@code task} with {@code promise} on the loop; fails the promise if there is none. */
    final ChannelFuture onLoop(ChannelPromise promise, Consumer<ChannelPromise> task) {
        if (!isRegistered()) {
            return promise.setFailure(isOpen() ? new NotYetConnectedException() : new ClosedChannelException());
        }
        if (eventLoop().inEventLoop()) {
            task.accept(promise);
        } else {
            eventLoop().execute(() -> task.accept(promise));
        }
        return promise;
    }

    // ---- closing

    @Override
    protected final void doClose() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        closeHandles();
        if (!hasPendingOperations()) {
            releaseRegistration();
        }
    }

    @Override
    protected final void doDisconnect() {
        doClose();
    }

    abstract class PipeUnsafe extends AbstractUnsafe implements IocpIoHandle {
        @Override
        public final void handle(IoRegistration raw, IoEvent event) {
            IocpIoOps ended = ((IocpIoEvent) event).ops();
            ended.completionHandler().completed(ended);
            // Only now is the memory of a closed channel its own again.
            if ((!isOpen() || attachment == Attachment.LEAVING) && !hasPendingOperations()) {
                releaseRegistration();
            }
        }

        /** The loop ends. */
        @Override
        public void close() {
            closeNow();
        }

        /** Closes without lingering, for the state machines. */
        final void closeNow() {
            super.close(voidPromise());
        }

        final void flushNow() {
            flush0();
        }

        /**
         * Closes with any {@code cause} if {@code AUTO_CLOSE} is on. Netty does so for an {@link IOException} only, and
         * shuts the output down for others; the peer of a pipe does not see that, and would wait.
         */
        final void writeFailed(Throwable cause) {
            if (cause instanceof IOException || !config().isAutoClose()) {
                handleWriteError(cause);
                return;
            }
            ClosedChannelException closed = new ClosedChannelException();
            closed.initCause(cause);
            close(voidPromise(), cause, closed);
        }
    }
}
