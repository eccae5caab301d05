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
import java.net.BindException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.win32.Kernel;
import org.namedpipe.netty.win32.SecurityDescriptor;
import org.namedpipe.netty.win32.Win32Constants;
import org.namedpipe.netty.win32.Win32Error;
import org.namedpipe.netty.win32.Win32Exception;

/**
 * The instances of a server's name: those that listen, and the accepted ones, which hold the name too.
 *
 * <p>A name lasts as long as its last instance. With {@link NamedPipeChannelOption#FIRST_PIPE_INSTANCE} no instance is ever
 * created in a pipe that somebody else has begun, neither at first nor after the last of ours has gone.
 */
final class PipeInstances {
    static final String TAKEN = ": the name is taken";

    private final NamedPipeServerChannel channel;
    /** One more than shall listen, for the successor of an instance that is not yet handed over. */
    private final List<PipeInstance> places = new ArrayList<>();

    private final Set<NamedPipeChannel> children = ConcurrentHashMap.newKeySet();
    private int backlog;
    private boolean exclusive;
    private @Nullable NamedPipeAddress address;
    private @Nullable SecurityDescriptor security;
    /** What our pipe is known by; {@code null} before there is one. */
    private @Nullable String descriptor;

    PipeInstances(NamedPipeServerChannel channel) {
        this.channel = channel;
    }

    /** Says which instances are to be opened. */
    void prepare(NamedPipeAddress name) throws IOException {
        NamedPipeServerChannelConfig config = channel.config();
        address = name;
        descriptor = null;
        security = config.get(NamedPipeChannelOption.SECURITY).descriptor(kernel());
        exclusive = config.get(NamedPipeChannelOption.FIRST_PIPE_INSTANCE);
        backlog = config.backlog();
        // An attempt to bind that failed may have left some whose packets have not come yet.
        places.removeIf(place -> !place.isPending());
        for (int i = 0; i <= backlog; i++) {
            places.add(new PipeInstance(kernel(), channel.tally()));
        }
    }

    /** Whether there are fewer than shall listen, or no successor for one that is about to be accepted. */
    boolean isShort(boolean successor) {
        return places.stream().filter(PipeInstance::isOpen).count() < backlog + (successor ? 1 : 0);
    }

    /** Creates an instance in an empty place, and listens on it. */
    PipeInstance open() throws IOException {
        PipeInstance place = places.stream()
                .filter(candidate -> candidate.state() == PipeInstance.State.EMPTY)
                .findFirst()
                .orElseThrow();
        long handle = create();
        if (exclusive && descriptor == null) {
            descriptor = descriptorOf(handle);
        }
        int code = place.listen(channel, handle);
        if (code != Win32Error.ERROR_SUCCESS) {
            throw new Win32Exception("ConnectNamedPipe", path(), code);
        }
        return place;
    }

    private long create() throws IOException {
        if (!exclusive) {
            return checked(create(0));
        }
        if (holdName()) {
            long handle = create(0);
            if (Win32Error.isError(handle) || holdName()) {
                return checked(handle);
            }
            // The last child has closed meanwhile: this may be an instance of somebody else's pipe.
            kernel().closeHandle(handle);
        }
        long first = create(Win32Constants.FILE_FLAG_FIRST_PIPE_INSTANCE);
        return exists(first) ? join(first) : checked(first);
    }

    /** Creates an instance of a name that exists though no instance of it is ours, if it was ours. */
    private long join(long refused) throws IOException {
        if (descriptor == null) {
            throw bindException(error(refused), TAKEN);
        }
        // A client that has not closed its end holds the name, and a place among the instances, for the server it had.
        long handle = create(0);
        if (handle == -Win32Error.ERROR_PIPE_BUSY) {
            throw error(handle);
        }
        if (Win32Error.isError(handle)) {
            throw bindException(error(handle), TAKEN);
        }
        if (!descriptorOf(handle).equals(descriptor)) {
            kernel().closeHandle(handle);
            throw bindException(error(refused), TAKEN);
        }
        return handle;
    }

    /** The descriptor of an instance, which is closed if there is none to be had. */
    private String descriptorOf(long handle) throws Win32Exception {
        try {
            return kernel().securityDescriptorOf(handle);
        } catch (Win32Exception e) {
            kernel().closeHandle(handle);
            throw e;
        }
    }

    private static boolean exists(long handle) {
        return handle == -Win32Error.ERROR_ACCESS_DENIED || handle == -Win32Error.ERROR_PIPE_BUSY;
    }

    private long checked(long handle) throws Win32Exception {
        if (Win32Error.isError(handle)) {
            throw error(handle);
        }
        return handle;
    }

    private Win32Exception error(long handle) {
        return new Win32Exception("CreateNamedPipe", path(), Win32Error.codeOf(handle));
    }

    static BindException bindException(Win32Exception cause, String hint) {
        BindException exception = new BindException(cause.getMessage() + hint);
        exception.initCause(cause);
        return exception;
    }

    private long create(int flags) {
        NamedPipeServerChannelConfig config = channel.config();
        return kernel().createNamedPipe(
                        path(),
                        config.openMode() | flags,
                        config.pipeMode(),
                        config.get(NamedPipeChannelOption.MAX_INSTANCES),
                        config.get(ChannelOption.SO_SNDBUF),
                        config.get(ChannelOption.SO_RCVBUF),
                        0,
                        Objects.requireNonNull(security).address());
    }

    /** Whether the name is ours at this moment. A child that is open has not closed its handle yet. */
    boolean holdName() {
        return places.stream().anyMatch(PipeInstance::isOpen)
                || children.stream().anyMatch(NamedPipeChannel::isOpen);
    }

    /** The channel of a connected instance, which leaves its place; {@code closed} is run, on any thread, when it closes. */
    NamedPipeChannel accept(PipeInstance connected, Runnable closed) {
        long handle = connected.take();
        PipeEvents.accepted(address, connected.cameAndWent());
        NamedPipeChannel child =
                new NamedPipeChannel(channel, kernel(), handle, channel.config().shape(), address);
        children.add(child);
        child.closeFuture().addListener(future -> {
            children.remove(child);
            closed.run();
        });
        return child;
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
        if (security != null) {
            security.close();
        }
    }

    String path() {
        return Objects.requireNonNull(address).path();
    }

    private Kernel kernel() {
        return channel.iocp().kernel();
    }
}
