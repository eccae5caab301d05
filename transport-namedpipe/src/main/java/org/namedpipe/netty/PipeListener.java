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
import io.netty.channel.ChannelPipeline;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.iocp.IocpIoOps;
import org.namedpipe.netty.win32.Kernel;
import org.namedpipe.netty.win32.SecurityDescriptor;
import org.namedpipe.netty.win32.Win32Constants;
import org.namedpipe.netty.win32.Win32Error;
import org.namedpipe.netty.win32.Win32Exception;

/**
 * Keeps a name's instances listening, from bind to close, and hands over those that clients have connected to.
 *
 * <p>Clients connect whether or not somebody reads; they are accepted by {@code read()}. Before an accepted instance is
 * handed over its place is taken by a new one. If that cannot be created the failure is told, and tried again with
 * growing pauses.
 */
final class PipeListener {
    private static final int MIN_REFILL_MILLIS = 10;
    private static final int MAX_REFILL_MILLIS = 1000;

    private enum State {
        /** Nothing is being delivered; {@code read()} may find clients. */
        IDLE,
        /** A task will deliver clients. */
        SCHEDULED,
        /** Events are being fired. */
        DELIVERING,
        CLOSED
    }

    private final NamedPipeServerChannel channel;
    private final List<PipeInstance> instances = new ArrayList<>();
    private final Queue<PipeInstance> connected = new ArrayDeque<>();
    private final Runnable deliverScheduled = this::deliverScheduled;
    private State state = State.IDLE;
    private boolean requested;
    private @Nullable NamedPipeAddress address;
    private @Nullable SecurityDescriptor security;
    private @Nullable Future<?> refill;
    private int refillMillis = MIN_REFILL_MILLIS;

    PipeListener(NamedPipeServerChannel channel) {
        this.channel = channel;
    }

    /** Creates the name and starts to listen; after this clients can connect. */
    void bind(NamedPipeAddress name) throws IOException {
        Kernel kernel = kernel();
        address = name;
        security = channel.config().get(NamedPipeChannelOption.SECURITY).descriptor(kernel);
        int flags = channel.config().get(NamedPipeChannelOption.FIRST_PIPE_INSTANCE)
                ? Win32Constants.FILE_FLAG_FIRST_PIPE_INSTANCE
                : 0;
        try {
            for (int i = 0; i < channel.config().backlog(); i++) {
                PipeInstance instance = new PipeInstance(kernel, channel.tally());
                instances.add(instance);
                open(instance, flags);
                flags = 0;
            }
        } catch (Win32Exception e) {
            releaseInstances();
            throw bindException(e);
        }
    }

    /** Asks for clients. Fires nothing itself, since it is called from within other events. */
    void read() {
        requested = true;
        if (canDeliver()) {
            schedule();
        }
    }

    /** Takes back what {@link #read()} asked for. */
    void pause() {
        requested = false;
    }

    /** Takes in the end of one instance's listening. */
    void ended(IocpIoOps ops) {
        PipeInstance instance = (PipeInstance) Objects.requireNonNull(ops.attachment());
        if (instance.state() == PipeInstance.State.CLOSED) {
            return;
        }
        try {
            if (ops.error() == Win32Error.ERROR_OPERATION_ABORTED) {
                // Not by us: the thread that listened has ended.
                check("ConnectNamedPipe", instance.listenAgain(channel));
            } else {
                check("ConnectNamedPipe", instance.ended());
            }
            noteConnected(instance);
        } catch (Win32Exception e) {
            tell(refillLater(e));
        }
        if (canDeliver()) {
            deliver();
        }
    }

    /** The security descriptor of the name, as Windows has it. */
    String securityDescriptor() throws IOException {
        for (PipeInstance instance : instances) {
            if (instance.isOpen()) {
                return kernel().securityDescriptorOf(instance.handle());
            }
        }
        throw new ClosedChannelException();
    }

    boolean isPending() {
        for (PipeInstance instance : instances) {
            if (instance.isPending()) {
                return true;
            }
        }
        return false;
    }

    void close() {
        state = State.CLOSED;
        connected.clear();
        if (refill != null) {
            refill.cancel(false);
        }
        releaseInstances();
    }

    private void releaseInstances() {
        instances.forEach(PipeInstance::close);
        if (security != null) {
            security.close();
        }
    }

    // ---- instances

    private void open(PipeInstance instance, int flags) throws Win32Exception {
        NamedPipeServerChannelConfig config = channel.config();
        long handle = kernel().createNamedPipe(
                        path(),
                        config.openMode() | flags,
                        config.pipeMode(),
                        config.get(NamedPipeChannelOption.MAX_INSTANCES),
                        config.get(ChannelOption.SO_SNDBUF),
                        config.get(ChannelOption.SO_RCVBUF),
                        0,
                        Objects.requireNonNull(security).address());
        if (Win32Error.isError(handle)) {
            throw new Win32Exception("CreateNamedPipe", path(), Win32Error.codeOf(handle));
        }
        check("ConnectNamedPipe", instance.listen(channel, handle));
        noteConnected(instance);
    }

    private void noteConnected(PipeInstance instance) {
        if (instance.state() == PipeInstance.State.CONNECTED) {
            connected.add(instance);
        }
    }

    /** Sees to what had to wait while the channel was not registered. */
    void resume() {
        refill();
    }

    /** Sees to an empty place later. @return the failure, if it is one rather than the limit of MAX_INSTANCES */
    private @Nullable Win32Exception refillLater(Win32Exception why) {
        if (refill == null) {
            refill = channel.eventLoop().schedule(this::refill, refillMillis, TimeUnit.MILLISECONDS);
            refillMillis = Math.min(2 * refillMillis, MAX_REFILL_MILLIS);
        }
        if (why.code() == Win32Error.ERROR_PIPE_BUSY) {
            return null;
        }
        channel.tally().acceptFailures.add(1);
        return why;
    }

    private void tell(@Nullable Win32Exception failure) {
        if (failure != null) {
            channel.pipeline().fireExceptionCaught(failure);
        }
    }

    private void refill() {
        refill = null;
        if (state == State.CLOSED || !channel.canSubmit()) {
            return;
        }
        try {
            for (PipeInstance instance : instances) {
                if (instance.state() == PipeInstance.State.EMPTY) {
                    open(instance, 0);
                }
            }
            refillMillis = MIN_REFILL_MILLIS;
        } catch (Win32Exception e) {
            tell(refillLater(e));
        }
        if (canDeliver()) {
            deliver();
        }
    }

    // ---- delivery

    private boolean canDeliver() {
        return requested && state == State.IDLE && !connected.isEmpty() && channel.canSubmit();
    }

    private void schedule() {
        state = State.SCHEDULED;
        channel.eventLoop().execute(deliverScheduled);
    }

    private void deliverScheduled() {
        if (state == State.SCHEDULED) {
            state = State.IDLE;
            if (canDeliver()) {
                deliver();
            }
        }
    }

    /** One read loop: hands over clients for as long as the allocator says. */
    private void deliver() {
        state = State.DELIVERING;
        ChannelPipeline pipeline = channel.pipeline();
        RecvByteBufAllocator.ExtendedHandle allocHandle = channel.allocHandle();
        allocHandle.reset(channel.config());
        Win32Exception failure = null;
        do {
            PipeInstance instance = connected.poll();
            if (instance == null) {
                break;
            }
            requested = false;
            long handle = instance.take();
            PipeEvents.accepted(address, instance.cameAndWent());
            try {
                open(instance, 0);
            } catch (Win32Exception e) {
                failure = refillLater(e);
            }
            allocHandle.incMessagesRead(1);
            pipeline.fireChannelRead(new NamedPipeChannel(
                    channel, kernel(), handle, channel.config().shape(), address));
        } while (failure == null && state == State.DELIVERING && allocHandle.continueReading());
        allocHandle.readComplete();
        pipeline.fireChannelReadComplete();
        tell(failure);
        if (state == State.DELIVERING) {
            state = State.IDLE;
            if (canDeliver()) {
                schedule();
            }
        }
    }

    // ----

    private Kernel kernel() {
        return channel.iocp().kernel();
    }

    private String path() {
        return Objects.requireNonNull(address).path();
    }

    private void check(String operation, int code) throws Win32Exception {
        if (code != Win32Error.ERROR_SUCCESS) {
            throw new Win32Exception(operation, path(), code);
        }
    }

    private static BindException bindException(Win32Exception cause) {
        String hint = cause.code() == Win32Error.ERROR_ACCESS_DENIED ? ": the name is taken" : "";
        BindException exception = new BindException(cause.getMessage() + hint);
        exception.initCause(cause);
        return exception;
    }
}
