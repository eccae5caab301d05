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

import io.netty.channel.IoHandler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.iocp.IocpContext;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.NativeMemory;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.PipeLocalInformation;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/** The handle of one end of a pipe, from its opening to its end, and the one completion port it belongs to in between. */
final class PipeHandle {
    /** No handle of Windows. */
    private static final long NONE = 0;
    /** The {@code OVERLAPPED} of a call that always fails at once. */
    private static final NativeMemory NEVER_USED = new NativeMemory(Overlapped.SIZE);

    private PipeEndMode shape = new PipeEndMode(NamedPipeMode.BYTE, NamedPipeAccess.DUPLEX, false);
    private @Nullable Kernel kernel;
    private InstanceHandles handles = new InstanceHandles(() -> {});
    private long handle = NONE;
    /** The computer that the server is on, if it is another one. */
    private @Nullable String host;

    private @Nullable IoHandler port;
    private @Nullable ConnectionTime connectedAt;
    private boolean disconnected;

    /** Takes over the open handle of a client's end, of a pipe that was connected at this time or before. */
    void open(Kernel owner, long opened, PipeEndMode openedAs, ConnectionTime connected) {
        open(owner, opened, new InstanceHandles(() -> {}), openedAs, connected);
    }

    /** Takes over the open handle of a server's end, which is one of {@code counted}. */
    void open(Kernel owner, long opened, InstanceHandles counted, PipeEndMode openedAs, ConnectionTime connected) {
        kernel = owner;
        handles = counted;
        handle = opened;
        shape = openedAs;
        connectedAt = connected;
    }

    /** Has the handle closed on another thread, since that goes over the network. */
    void isOn(String otherComputer) {
        host = otherComputer;
    }

    /** Returns whether this is a client's end of a pipe of another computer. */
    boolean isRemote() {
        return host != null;
    }

    /** Returns the computer that the server is on, if it is another one. */
    @Nullable
    String host() {
        return host;
    }

    boolean isOpen() {
        return handle != NONE;
    }

    long value() {
        return handle;
    }

    /** Counts what other handles there are of this end. */
    InstanceHandles handles() {
        return handles;
    }

    /** Returns the kernel that the pipe belongs to, once there is a pipe. */
    Kernel kernel() {
        return Objects.requireNonNull(kernel);
    }

    /** Returns a time at which both ends of the pipe were there, once there is a pipe. */
    ConnectionTime connectedAt() {
        return Objects.requireNonNull(connectedAt);
    }

    /** Returns how many bytes a local pipe holds for this end; 0 if Windows does not say. Another computer is not asked. */
    int available() {
        if (isRemote()) {
            return 0;
        }
        PipeLocalInformation information = PipeLocalInformation.ofThread();
        return information.query(kernel(), handle) == Win32Error.ERROR_SUCCESS ? information.readDataAvailable() : 0;
    }

    /** Returns true if Windows says that both ends of the pipe are open; for a local pipe, on the loop. */
    boolean isConnected() {
        PipeLocalInformation information = PipeLocalInformation.ofThread();
        int code = information.query(kernel(), handle);
        if (code == Win32Error.ERROR_ACCESS_DENIED && shape.server() && !disconnected) {
            return answersThatItIsConnected();
        }
        return code == Win32Error.ERROR_SUCCESS && information.state() == PipeLocalInformation.CONNECTED;
    }

    /**
     * {@code ConnectNamedPipe} needs no right, and fails at once on a pipe that is connected, or whose client has gone. Only on
     * one that was disconnected would it wait for a client.
     */
    private boolean answersThatItIsConnected() {
        return kernel().connectNamedPipe(handle, NEVER_USED.address()) == Win32Error.ERROR_PIPE_CONNECTED;
    }

    /** Returns the shape of the pipe, also when it is closed; before there is one, that of a client in byte mode. */
    PipeEndMode shape() {
        return shape;
    }

    /**
     * Gives the handle to a port, unless it is there already.
     *
     * @throws IllegalStateException if it belongs to another port
     */
    void attach(IocpContext iocp, String name) throws WindowsException {
        if (port != null && port != iocp.handler()) {
            throw new IllegalStateException("a pipe cannot leave the event loop it was first registered to: " + name);
        }
        // Windows 8 and later report a message that is longer than its buffer by packet, older ones synchronously. With
        // packets for successes there is always one.
        boolean packetOnSuccess = shape.readsMessages();
        if (port == null) {
            iocp.associate(handle, name, packetOnSuccess);
            port = iocp.handler();
        } else {
            iocp.associated(packetOnSuccess);
        }
    }

    /** Cuts the client off: {@code DisconnectNamedPipe}. */
    void disconnect() {
        if (isOpen()) {
            disconnected = true;
            kernel().disconnectNamedPipe(handle);
        }
    }

    /** Closes the handle, or leaves it to a drain that still uses it. */
    void close(PipeDrain drain) {
        if (!drain.takeOver(handle)) {
            if (isRemote()) {
                RemoteCalls.close(kernel(), handle);
            } else {
                handles.closing();
                kernel().closeHandle(handle);
                handles.closed();
            }
        }
        handle = NONE;
    }
}
