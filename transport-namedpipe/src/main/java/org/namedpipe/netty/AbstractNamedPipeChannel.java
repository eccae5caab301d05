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
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.EventLoop;
import io.netty.channel.FileRegion;
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
import org.namedpipe.netty.internal.iocp.IocpContext;
import org.namedpipe.netty.iocp.IocpIoEvent;
import org.namedpipe.netty.iocp.IocpIoHandle;
import org.namedpipe.netty.iocp.IocpIoOps;

/** Holds what both channels share: their state, and their registration with an event loop. */
abstract class AbstractNamedPipeChannel extends AbstractChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);

    enum State {
        OPEN,
        /** Bound, or connected. */
        ACTIVE,
        CLOSED
    }

    private volatile State state;
    final LoopRegistration registration = new LoopRegistration(this);
    /** The event loop that the channel was registered to last; reads are paused there. */
    private volatile @Nullable IoEventLoop lastLoop;

    volatile @Nullable NamedPipeAddress local;
    volatile @Nullable NamedPipeAddress remote;

    AbstractNamedPipeChannel(@Nullable Channel parent, State state) {
        super(parent);
        this.state = state;
    }

    /** Gives what the channel owns of Windows to the event loop it was just registered to. */
    abstract void attach(IocpContext iocp) throws Exception;

    /** Does what was asked for while the channel was not registered. */
    abstract void resume();

    /** Stops what only a registered channel can do. */
    void suspend() {}

    /** Takes back what {@code read()} asked for, as far as it is not under way. */
    abstract void pauseReading();

    /** Returns whether the kernel still owns memory of this channel. */
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
        if (registration.isLeaving() && registration.isOf(loop)) {
            attached(promise);
            return;
        }
        if (registration.isLeaving()) {
            promise.setFailure(new IllegalStateException(this + " has operations under way on another event loop"));
            return;
        }
        loop.register((PipeUnsafe) unsafe()).addListener((Future<IoRegistration> future) -> {
            if (!future.isSuccess()) {
                promise.setFailure(future.cause());
                return;
            }
            registration.registered(future.getNow(), loop);
            try {
                attach(iocp());
            } catch (Throwable t) {
                registration.release();
                promise.setFailure(t);
                return;
            }
            attached(promise);
        });
    }

    private void attached(ChannelPromise promise) {
        registration.attach();
        promise.setSuccess();
        resume();
    }

    @Override
    protected final void doDeregister() {
        suspend();
        registration.leave();
        if (!hasPendingOperations()) {
            registration.release();
        }
    }

    /** Returns the registration with the handler of the event loop, which takes operations. */
    final IocpContext iocp() {
        return registration.iocp();
    }

    /** Returns whether operations can be submitted. What is asked for while they cannot waits for {@link #resume()}. */
    final boolean canSubmit() {
        return registration.isAttached();
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
            registration.release();
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
            if ((!isOpen() || registration.isLeaving()) && !hasPendingOperations()) {
                registration.release();
            }
        }

        /** The loop ends. */
        @Override
        public void close() {
            closeNow();
        }

        /** Closes without lingering, for the state machines. */
        public final void closeNow() {
            super.close(voidPromise());
        }

        public final void flushNow() {
            flush0();
        }

        /** Throws if the file of a region has fewer bytes than the region. */
        public final void checkRegion(FileRegion region) throws IOException {
            if (region instanceof DefaultFileRegion file) {
                validateFileRegion(file, region.transferred());
            }
        }

        /**
         * Closes with any {@code cause} if {@code AUTO_CLOSE} is on. Netty does so for an {@link IOException} only, and
         * shuts the output down for others; the peer of a pipe does not see that, and would wait.
         */
        public final void writeFailed(Throwable cause) {
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
