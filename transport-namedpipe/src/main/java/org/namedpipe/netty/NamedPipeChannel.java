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

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.ObjectUtil;
import io.netty.util.internal.StringUtil;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.iocp.IocpIoHandler;
import org.namedpipe.netty.iocp.IocpIoOps;
import org.namedpipe.netty.win32.Kernel;
import org.namedpipe.netty.win32.Win32Exception;

/**
 * A {@link Channel} over one end of a Windows named pipe: a client's, or one accepted by a
 * {@link NamedPipeServerChannel}. A stream of bytes, both ways at once.
 *
 * <p>Messages are {@link ByteBuf}s and {@link FileRegion}s. The end of the stream closes the channel; there is no half
 * close. A write's promise succeeds when Windows has taken the bytes, and bytes it has taken reach the peer even if the
 * channel is closed at once.
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/ipc/named-pipes">Named pipes</a>
 */
public final class NamedPipeChannel extends AbstractNamedPipeChannel {
    private static final String EXPECTED_TYPES = " (expected: " + StringUtil.simpleClassName(ByteBuf.class) + ", "
            + StringUtil.simpleClassName(FileRegion.class) + ')';

    private final NamedPipeChannelConfig config = new NamedPipeChannelConfig(this);
    private final PipeReader reader = new PipeReader(this);
    private final PipeWriter writer = new PipeWriter(this);
    private final PipeConnector connector = new PipeConnector(this);
    private final PipePeer peer = new PipePeer(this);
    private @Nullable Kernel kernel;
    private long handle;
    /** The handler of the loop that {@link #handle} belongs to. */
    private @Nullable IocpIoHandler port;

    /** A client, to be registered and connected to a {@link NamedPipeAddress}. */
    public NamedPipeChannel() {
        super(null, State.OPEN);
    }

    /** An accepted channel, which owns {@code handle}. */
    NamedPipeChannel(Channel parent, Kernel kernel, long handle, @Nullable NamedPipeAddress address) {
        super(parent, State.ACTIVE);
        this.kernel = kernel;
        this.handle = handle;
        local = address;
        remote = address;
    }

    @Override
    public NamedPipeChannelConfig config() {
        return config;
    }

    @Override
    public @Nullable NamedPipeAddress localAddress() {
        return (NamedPipeAddress) super.localAddress();
    }

    @Override
    public @Nullable NamedPipeAddress remoteAddress() {
        return (NamedPipeAddress) super.remoteAddress();
    }

    // ---- the peer

    /**
     * Finds out who is at the other end. Names are looked up, which may ask a domain controller and block, on a thread of
     * its own; keep the answer rather than ask again. What Windows does not tell is unknown, and no failure; the future fails
     * only if the channel is not connected. Before a server has read anything it knows its client by the process only,
     * after that by the token of the client. Any thread, once the channel is registered.
     *
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-getnamedpipeclientprocessid">GetNamedPipeClientProcessId</a>
     */
    public Future<NamedPipePeer> peer() {
        Promise<NamedPipePeer> promise = eventLoop().newPromise();
        onLoop(() -> peer.lookUp(promise));
        return promise;
    }

    /**
     * Runs something in the name of the client: what it opens is opened with the client's rights. It runs on a thread that
     * is used for nothing else, which acts for the server again before the future is completed; handlers, and threads that
     * {@code task} starts, always act for the server. Classes that {@code task} needs are better loaded before, since the
     * client may not be allowed to read their files. Any thread, once the channel is registered.
     *
     * <p>The future fails with a {@link Win32Exception} of {@code ERROR_CANNOT_IMPERSONATE} if nothing has been read from
     * this channel yet, and of {@code ERROR_BAD_IMPERSONATION_LEVEL} or {@code ERROR_CANT_OPEN_ANONYMOUS} if the client's
     * {@linkplain NamedPipeChannelOption#IMPERSONATION_LEVEL level} does not allow it, or the server lacks the privilege to;
     * {@code task} is not run then. It fails with {@link UnsupportedOperationException} at a client, and with an
     * {@link ImpersonationNotRevertedError} if the thread could not be brought back, in which case it has ended.
     *
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/namedpipeapi/nf-namedpipeapi-impersonatenamedpipeclient">ImpersonateNamedPipeClient</a>
     */
    public <V> Future<V> runAsClient(Callable<V> task) {
        ObjectUtil.checkNotNull(task, "task");
        Promise<V> promise = eventLoop().newPromise();
        onLoop(() -> peer.runAsClient(task, promise));
        return promise;
    }

    private void onLoop(Runnable task) {
        if (eventLoop().inEventLoop()) {
            task.run();
        } else {
            eventLoop().execute(task);
        }
    }

    boolean hasRead() {
        return reader.hasRead();
    }

    Kernel kernel() {
        return Objects.requireNonNull(kernel);
    }

    // ---- for the state machines

    long handle() {
        return handle;
    }

    String pipeName() {
        return String.valueOf(remote);
    }

    PipeUnsafe pipeUnsafe() {
        return (PipeUnsafe) unsafe();
    }

    RecvByteBufAllocator.ExtendedHandle allocHandle() {
        return (RecvByteBufAllocator.ExtendedHandle) unsafe().recvBufAllocHandle();
    }

    int messagesPerWrite() {
        return maxMessagesPerWrite();
    }

    void checkRegion(FileRegion region) throws IOException {
        if (region instanceof DefaultFileRegion file) {
            validateFileRegion(file, region.transferred());
        }
    }

    /** Takes over the handle of an opened pipe; it is closed with the channel, also if this throws. */
    void opened(long opened, NamedPipeAddress server, @Nullable SocketAddress client) throws Win32Exception {
        kernel = iocp().kernel();
        handle = opened;
        associate(server.path());
        remote = server;
        local = client instanceof NamedPipeAddress name ? name : server;
        activate();
    }

    void startReading() {
        if (isActive()) {
            reader.start();
        }
    }

    /** Auto-read was switched off. Any thread. */
    void autoReadCleared() {
        if (!isRegistered()) {
            return;
        }
        if (eventLoop().inEventLoop()) {
            reader.pause();
        } else {
            eventLoop().execute(reader::pause);
        }
    }

    // ---- AbstractChannel

    @Override
    void attach(IocpIoHandler iocp) throws Win32Exception {
        if (handle == 0 || port == iocp) {
            return;
        }
        if (port != null) {
            throw new IllegalStateException("a pipe cannot leave the event loop it was first registered to: " + this);
        }
        associate(pipeName());
    }

    private void associate(String name) throws Win32Exception {
        IocpIoHandler iocp = iocp();
        iocp.associate(handle, name, false);
        port = iocp;
    }

    @Override
    void resume() {
        if (isActive()) {
            reader.start();
            pipeUnsafe().flushNow();
        }
    }

    @Override
    void operationEnded(IocpIoOps ops) {
        if (reader.owns(ops)) {
            reader.ended();
        } else {
            assert writer.owns(ops);
            writer.ended();
        }
    }

    @Override
    boolean hasPendingOperations() {
        return reader.isPending() || writer.isPending();
    }

    @Override
    protected void doBind(SocketAddress localAddress) {
        throw new UnsupportedOperationException("a client's end of a pipe has no name of its own to bind");
    }

    @Override
    protected void doBeginRead() {
        reader.read();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) throws Exception {
        writer.write(out);
    }

    @Override
    protected void doShutdownOutput() {
        // A write under way keeps its own buffer, and reads go on.
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf buffer) {
            return Buffers.isAddressable(buffer) ? buffer : Buffers.toDirect(buffer, alloc());
        }
        if (message instanceof FileRegion) {
            return message;
        }
        throw new UnsupportedOperationException(
                "unsupported message type: " + StringUtil.simpleClassName(message) + EXPECTED_TYPES);
    }

    @Override
    void closeHandles() {
        connector.close();
        reader.close();
        writer.close();
        Kernel owner = kernel;
        if (owner != null && handle != 0) {
            owner.closeHandle(handle);
            handle = 0;
        }
    }

    @Override
    protected PipeUnsafe newUnsafe() {
        return new PipeUnsafe() {
            @Override
            public void connect(SocketAddress server, SocketAddress client, ChannelPromise promise) {
                if (promise.isDone() || !ensureOpen(promise)) {
                    return;
                }
                try {
                    connector.connect(server, client, promise);
                } catch (Throwable t) {
                    promise.tryFailure(t);
                    closeIfClosed();
                }
            }

            @Override
            protected void flush0() {
                if (!writer.isBusy() && (canSubmit() || !isActive())) {
                    super.flush0();
                }
            }
        };
    }
}
