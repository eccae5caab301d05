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
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.ObjectUtil;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.win32.WindowsException;

/**
 * A {@link Channel} over one end of a Windows named pipe: a client's, or one accepted by a
 * {@link NamedPipeServerChannel}. A stream of bytes, or of messages, both ways at once.
 *
 * <pre>{@code
 * ChannelFuture connected = new Bootstrap()
 *         .group(new MultiThreadIoEventLoopGroup(IocpIoHandler.newFactory()))
 *         .channel(NamedPipeChannel.class)
 *         .handler(handler)
 *         .connect(NamedPipeAddress.of("orders"));
 * }</pre>
 *
 * <p>What is written are {@link ByteBuf}s and {@link FileRegion}s, what is read are {@link ByteBuf}s; in
 * {@linkplain NamedPipeMode#MESSAGE message mode} each is one message, which may be empty. The end of the stream closes the
 * channel. Windows knows no half close; in message mode {@link ChannelOption#ALLOW_HALF_CLOSURE} makes an empty message
 * stand for one, at both ends. A write's promise succeeds when Windows has taken the bytes, and bytes it has taken reach the peer even if the
 * channel is closed at once.
 *
 * <p>Options beside Netty's generic ones and those of {@link NamedPipeChannelOption}, at any time:
 *
 * <ul>
 *   <li>{@link ChannelOption#ALLOW_HALF_CLOSURE}: an empty message is the end of its sender's output, in message mode. Default:
 *       {@code false}.
 *   <li>{@link ChannelOption#SO_LINGER}: the longest time in seconds that a close waits for the peer to read everything; 0 or
 *       less does not wait. Default: -1. A close by the shutdown of the event loop never waits.
 * </ul>
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/ipc/named-pipes">Named pipes</a>
 */
public final class NamedPipeChannel extends PipeEndChannel implements DuplexChannel {
    private final PipePeer peer = new PipePeer(end, pipe, reader);

    /** A client, to be registered and connected to a {@link NamedPipeAddress}. */
    public NamedPipeChannel() {
        super(null, State.OPEN);
    }

    /** An accepted channel, which owns {@code handle}, one of {@code handles}. */
    NamedPipeChannel(
            Channel parent,
            Kernel kernel,
            long handle,
            InstanceHandles handles,
            PipeEndMode shape,
            @Nullable NamedPipeAddress address,
            ConnectionTime connected) {
        super(parent, State.ACTIVE);
        pipe.open(kernel, handle, handles, shape, connected);
        local = address;
        remote = address;
    }

    @Override
    public @Nullable NamedPipeAddress localAddress() {
        return (NamedPipeAddress) super.localAddress();
    }

    @Override
    public @Nullable NamedPipeAddress remoteAddress() {
        return (NamedPipeAddress) super.remoteAddress();
    }

    // ---- half close

    @Override
    public boolean isInputShutdown() {
        return halves.isInputShutdown();
    }

    /**
     * Reads no more. A half close needs {@linkplain NamedPipeMode#MESSAGE message mode} and
     * {@link ChannelOption#ALLOW_HALF_CLOSURE}; without them the future fails with {@link UnsupportedOperationException}.
     */
    @Override
    public ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        return onLoop(promise, halves::shutdownInput);
    }

    @Override
    public boolean isOutputShutdown() {
        return halves.isOutputShutdown();
    }

    /**
     * Sends an empty message after all that was written before, and takes no further writes. What a half close needs is
     * said at {@link #shutdownInput()}.
     */
    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        return onLoop(promise, halves::shutdownOutput);
    }

    @Override
    public boolean isShutdown() {
        return isInputShutdown() && isOutputShutdown();
    }

    @Override
    public ChannelFuture shutdown() {
        return shutdown(newPromise());
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        return onLoop(promise, halves::shutdown);
    }

    // ---- beyond what channels do

    /**
     * Waits until the peer has read all that was written so far: asks the pipe's quotas, and where these prove nothing {@code
     * FlushFileBuffers}, on one of 4 threads that all channels share.
     *
     * <p>A peer that closes its end without reading ends the wait too: Windows calls the rest flushed or broken.
     *
     * @param timeoutMillis how long to wait in milliseconds; 0 or less waits for as long as the pipe is open
     * @return a future that fails with a {@link java.util.concurrent.TimeoutException} when the time has passed, and with an
     *     {@link IOException} if the pipe breaks before; the channel stays open in the first case
     */
    public ChannelFuture drain(long timeoutMillis) {
        return onLoop(newPromise(), promise -> drain.drain(promise, timeoutMillis));
    }

    /**
     * Cuts the client off, and destroys what it has not read: {@code DisconnectNamedPipe}, then closes. To be used where
     * the peer is to be denied what it was sent; {@link #close()} lets it read that.
     *
     * @return a future that fails with an {@link UnsupportedOperationException} on a client's end
     */
    public ChannelFuture disconnectAndDiscard() {
        return onLoop(newPromise(), promise -> {
            if (!pipe.shape().server()) {
                promise.setFailure(new UnsupportedOperationException("only a server can disconnect its client"));
                return;
            }
            pipe.disconnect();
            closeFuture().addListener(closed -> promise.trySuccess());
            end.closeNow();
        });
    }

    // ---- the peer

    /**
     * Finds out who is at the other end. Names are looked up, which may block, on one of 4 threads that all channels share;
     * keep the answer rather than ask again. Before a server has read anything it knows its client by the process only, after
     * that by the token of the client. Any thread, once the channel is registered.
     *
     * @return a future that fails only if the channel is not connected, or 1,024 look-ups wait
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-getnamedpipeclientprocessid">GetNamedPipeClientProcessId</a>
     */
    public Future<NamedPipePeer> peer() {
        return peer.lookUp();
    }

    /**
     * Runs something with the rights of the client, on one of 16 threads that are used for nothing else and act for the server
     * again before the future is completed. Handlers, and threads that {@code task} starts, always act for the server. The
     * pipe stays open until the task has ended: if the channel closes before, the client sees the end of the stream only
     * then. Load the classes of {@code task} before, since the client may not be allowed to read their files. Any thread.
     *
     * <p>The future fails with a {@link WindowsException} of {@code ERROR_CANNOT_IMPERSONATE} if nothing has been read from
     * this channel yet, and of {@code ERROR_BAD_IMPERSONATION_LEVEL} or {@code ERROR_CANT_OPEN_ANONYMOUS} if the client's
     * {@linkplain NamedPipeChannelOption#IMPERSONATION_LEVEL level} does not allow it, or the server lacks the privilege to;
     * {@code task} is not run then. It fails with {@link UnsupportedOperationException} at a client, and with an
     * {@link NamedPipeRevertToSelfError} if the thread could not be brought back, in which case it has ended,
     * and with a {@link java.util.concurrent.RejectedExecutionException} if 1,024 tasks wait for a thread.
     *
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/namedpipeapi/nf-namedpipeapi-impersonatenamedpipeclient">ImpersonateNamedPipeClient</a>
     */
    public <V> Future<V> runAsClient(Callable<V> task) {
        return peer.runAsClient(ObjectUtil.checkNotNull(task, "task"));
    }
}
