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
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.SecurityDescriptor;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/**
 * The instances of a server's name: those that listen, the accepted ones, and the one that only holds the name.
 *
 * <p>A name lasts as long as its last server end. With {@link NamedPipeChannelOption#FIRST_PIPE_INSTANCE} no instance is
 * created in a pipe that another server has begun, neither at first nor after the last of ours has gone.
 */
final class PipeInstances {
    private static final long NONE = 0;

    private final ListeningEnd end;
    private final LoopRegistration registration;
    private final Consumer<PipeInstance> listeningEnded;
    /** One more than the backlog, for the successor of an instance that is not yet handed over. */
    private final List<PipeInstance> places = new ArrayList<>();

    private final AcceptedInstances accepted = new AcceptedInstances();
    private int backlog;
    private int limit;
    private boolean exclusive;
    private @Nullable NamedPipeAddress address;
    private @Nullable SecurityDescriptor security;
    /** An instance that no client can join. */
    private long holder = NONE;

    /** @param listeningEnded hears of the end of each listening that was under way */
    PipeInstances(ListeningEnd end, LoopRegistration registration, Consumer<PipeInstance> listeningEnded) {
        this.end = end;
        this.registration = registration;
        this.listeningEnded = listeningEnded;
    }

    /** Says which instances are to be opened. */
    void prepare(NamedPipeAddress name) throws IOException {
        NamedPipeServerChannelConfig config = end.config();
        address = name;
        security = config.get(NamedPipeChannelOption.SECURITY).descriptor(kernel());
        exclusive = config.get(NamedPipeChannelOption.FIRST_PIPE_INSTANCE);
        limit = config.get(NamedPipeChannelOption.MAX_INSTANCES);
        backlog = config.backlog();
        // An attempt to bind that failed may have left some whose packets have not come yet.
        places.removeIf(place -> !place.isPending());
        for (int i = 0; i <= backlog; i++) {
            places.add(new PipeInstance(kernel(), end.metrics(), listeningEnded));
        }
    }

    /** Returns whether fewer listen than have to, or there is no successor for one that is about to be accepted. */
    boolean isShort(boolean successor) {
        return openPlaces() < backlog + (successor ? 1 : 0);
    }

    /** Returns whether this server has all instances that {@code MAX_INSTANCES} allows. */
    boolean isFull() {
        return limit != Win32Constants.PIPE_UNLIMITED_INSTANCES && openPlaces() + accepted.count() >= limit;
    }

    private long openPlaces() {
        return places.stream().filter(PipeInstance::isOpen).count();
    }

    /** Creates an instance in an empty place, and listens on it. */
    PipeInstance open() throws IOException {
        PipeInstance place = places.stream()
                .filter(candidate -> candidate.state() == PipeInstance.State.EMPTY)
                .findFirst()
                .orElseThrow();
        int code = place.listen(registration.iocp(), create());
        if (code != Win32Error.ERROR_SUCCESS) {
            throw new WindowsException("ConnectNamedPipe", path(), code);
        }
        return place;
    }

    private long create() throws IOException {
        if (!exclusive) {
            return checkedFurther(create(0));
        }
        if (holdName()) {
            long handle = create(0);
            if (Win32Error.isError(handle) || holdName()) {
                return checkedFurther(handle);
            }
            // The last of ours has gone meanwhile: this may be an instance of another server's pipe.
            kernel().closeHandle(handle);
        }
        return checkedFirst(create(Win32Constants.FILE_FLAG_FIRST_PIPE_INSTANCE));
    }

    private long checkedFurther(long handle) throws IOException {
        if (handle == -Win32Error.ERROR_ACCESS_DENIED) {
            throw holdName() ? BindFailures.further(error(handle)) : BindFailures.joining(error(handle));
        }
        return checked(handle);
    }

    private long checkedFirst(long handle) throws IOException {
        boolean exists = handle == -Win32Error.ERROR_ACCESS_DENIED || handle == -Win32Error.ERROR_PIPE_BUSY;
        if (exists && accepted.count() > 0) {
            // One of ours is being closed at this moment. It reports its end, and then this is tried again.
            throw new WindowsException("CreateNamedPipe", path(), Win32Error.ERROR_PIPE_BUSY);
        }
        if (exists) {
            throw BindFailures.first(error(handle));
        }
        return checked(handle);
    }

    private long checked(long handle) throws WindowsException {
        if (Win32Error.isError(handle)) {
            throw error(handle);
        }
        return handle;
    }

    private WindowsException error(long handle) {
        return new WindowsException("CreateNamedPipe", path(), Win32Error.codeOf(handle));
    }

    private long create(int flags) {
        NamedPipeServerChannelConfig config = end.config();
        return kernel().createNamedPipe(
                        path(),
                        config.openMode() | flags,
                        config.pipeMode(),
                        holdsLimitedName() ? limit + 1 : limit,
                        config.get(ChannelOption.SO_SNDBUF),
                        config.get(ChannelOption.SO_RCVBUF),
                        0,
                        Objects.requireNonNull(security).address());
    }

    // ---- the name

    /**
     * Returns whether an instance that no client can join is to hold the name. Without a limit there always is one that listens. One
     * more than 254 instances would be no limit.
     */
    private boolean holdsLimitedName() {
        return exclusive && limit < Win32Constants.PIPE_UNLIMITED_INSTANCES - 1;
    }

    /**
     * Has an instance hold the name that no client can join, and finds out whether this process may create further instances.
     * If there can be none the server does without: then its other instances hold the name.
     */
    void secureName() throws IOException {
        boolean unproven = backlog == 1 && limit > 1;
        if (!holdsLimitedName() && !unproven) {
            return;
        }
        NamedPipeServerChannelConfig config = end.config();
        long handle = kernel().holdNamedPipe(path(), config.openMode(), config.pipeMode());
        if (handle == -Win32Error.ERROR_ACCESS_DENIED && unproven) {
            throw BindFailures.further(
                    new WindowsException("NtCreateNamedPipeFile", path(), Win32Error.codeOf(handle)));
        }
        if (Win32Error.isError(handle)) {
            return;
        }
        // Wine has the instance listen, and clients would wait in it for ever.
        boolean listens = kernel().disconnectNamedPipe(handle) == Win32Error.ERROR_PIPE_LISTENING;
        if (holdsLimitedName() && !listens) {
            holder = handle;
        } else {
            kernel().closeHandle(handle);
        }
    }

    /** Returns whether the name is ours for certain at this moment. */
    boolean holdName() {
        return holder != NONE || places.stream().anyMatch(PipeInstance::isOpen) || accepted.hold();
    }

    /** The channel of a connected instance, which leaves its place; {@code ended} is run when Windows has it no more. */
    NamedPipeChannel accept(PipeInstance connected, Runnable ended) {
        InstanceHandles handles = accepted.add(ended);
        long handle = connected.take();
        PipeEvents.accepted(address, connected.isAborted());
        try {
            return new NamedPipeChannel(
                    end.pipeline().channel(),
                    kernel(),
                    handle,
                    handles,
                    end.config().shape(),
                    address,
                    connected.connectedAt());
        } catch (Throwable t) {
            handles.close(kernel(), handle);
            throw t;
        }
    }

    /** The security descriptor of the name, as Windows has it. */
    String securityDescriptor() throws IOException {
        for (PipeInstance place : places) {
            if (place.isOpen()) {
                return kernel().securityDescriptorOf(place.handle());
            }
        }
        throw new ClosedChannelException();
    }

    boolean isPending() {
        return places.stream().anyMatch(PipeInstance::isPending);
    }

    /** Closes those that were not accepted. */
    void close() {
        places.forEach(PipeInstance::close);
        if (holder != NONE) {
            kernel().closeHandle(holder);
            holder = NONE;
        }
        if (security != null) {
            security.close();
        }
    }

    String path() {
        return Objects.requireNonNull(address).path();
    }

    private Kernel kernel() {
        return registration.iocp().kernel();
    }
}
