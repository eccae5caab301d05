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

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.iocp.IocpContext;

/**
 * A {@link ServerChannel} that owns the name of a Windows named pipe and accepts {@link NamedPipeChannel}s on it.
 *
 * <pre>{@code
 * ChannelFuture bound = new ServerBootstrap()
 *         .group(new MultiThreadIoEventLoopGroup(IocpIoHandler.newFactory()))
 *         .channel(NamedPipeServerChannel.class)
 *         .childHandler(initializer)
 *         .bind(NamedPipeAddress.of("orders"));
 * }</pre>
 *
 * <p>From bind to close several instances listen at once, so that clients find one while others are being accepted, also
 * with auto-read off. Only the current user may connect, and only from this computer; binding fails if the name exists. Other
 * users are let in by {@link NamedPipeChannelOption#SECURITY}.
 *
 * <p>A client that connected and left before it was accepted is accepted all the same: what it wrote can be read, and
 * then the end of the stream.
 *
 * <p>Options beside Netty's generic ones and those of {@link NamedPipeChannelOption}, until the channel is bound:
 *
 * <ul>
 *   <li>{@link ChannelOption#SO_BACKLOG}: the number of instances that listen at once; more than 64 count as 64. Default: 8.
 *   <li>{@link ChannelOption#SO_RCVBUF}: the number of bytes that a client may write ahead of the server's reads, {@code
 *       nInBufferSize} of {@code CreateNamedPipe}. With 0 each write waits until it is read. Default: 64 KiB.
 *   <li>{@link ChannelOption#SO_SNDBUF}: the number of bytes that the server may write ahead of a client's reads, {@code
 *       nOutBufferSize}. Default: 64 KiB.
 * </ul>
 *
 * @see <a
 *     href="https://learn.microsoft.com/windows/win32/api/namedpipeapi/nf-namedpipeapi-createnamedpipew">CreateNamedPipeW</a>
 */
public final class NamedPipeServerChannel extends AbstractNamedPipeChannel implements ServerChannel {
    private final NamedPipeServerChannelConfig config = new NamedPipeServerChannelConfig(this);
    private final ServerMetrics metrics = new ServerMetrics();
    private final PipeListener listener = new PipeListener((End) unsafe(), registration);

    /** A server channel, to be registered and bound to a local {@link NamedPipeAddress}. */
    public NamedPipeServerChannel() {
        super(null, State.OPEN);
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    /** Returns the config with the options of this kind of channel. */
    NamedPipeServerChannelConfig pipeConfig() {
        return config;
    }

    @Override
    public @Nullable NamedPipeAddress localAddress() {
        return (NamedPipeAddress) super.localAddress();
    }

    @Override
    public @Nullable NamedPipeAddress remoteAddress() {
        return null;
    }

    /** Returns the counters of this channel. Any thread. */
    public NamedPipeServerCounters counters() {
        return metrics.read();
    }

    ServerMetrics metrics() {
        return metrics;
    }

    /**
     * The security descriptor of the name as Windows has it, not as it was asked for: owner, group and DACL in their textual
     * form, which Windows may write in another way than {@link NamedPipeChannelOption#SECURITY} did. Fails if the channel is
     * not bound. Any thread, once the channel is registered.
     *
     * @see <a href="https://learn.microsoft.com/windows/win32/api/aclapi/nf-aclapi-getsecurityinfo">GetSecurityInfo</a>
     */
    public Future<String> securityDescriptor() {
        return eventLoop().submit(listener::securityDescriptor);
    }

    @Override
    void pauseReading() {
        listener.pause();
    }

    // ---- AbstractChannel

    @Override
    protected void doBind(SocketAddress address) throws IOException {
        NamedPipeAddress name = PipeAddresses.check("bind to", address);
        if (!name.isLocal()) {
            throw new IllegalArgumentException("cannot bind to a name on another computer: " + name);
        }
        if (isActive()) {
            throw new IllegalStateException("already bound to " + local);
        }
        listener.bind(name);
        local = name;
        activate();
    }

    @Override
    protected void doBeginRead() {
        listener.read();
    }

    @Override
    void attach(IocpContext iocp) {
        // Instances belong to no port: each is associated with that of the loop its channel will be registered to.
    }

    @Override
    void resume() {
        if (isActive()) {
            listener.resume();
        }
    }

    @Override
    boolean hasPendingOperations() {
        return listener.isPending();
    }

    @Override
    void closeHandles() {
        listener.close();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected PipeUnsafe newUnsafe() {
        return new End();
    }

    /** The channel as Netty and its listener see it. */
    private final class End extends PipeUnsafe implements ListeningEnd {
        @Override
        public void connect(SocketAddress server, SocketAddress client, ChannelPromise promise) {
            safeSetFailure(promise, new UnsupportedOperationException("a server channel does not connect"));
        }

        @Override
        public boolean isOpen() {
            return NamedPipeServerChannel.this.isOpen();
        }

        @Override
        public EventLoop eventLoop() {
            return NamedPipeServerChannel.this.eventLoop();
        }

        @Override
        public ChannelPipeline pipeline() {
            return NamedPipeServerChannel.this.pipeline();
        }

        @Override
        public NamedPipeServerChannelConfig config() {
            return config;
        }

        @Override
        public RecvByteBufAllocator.ExtendedHandle allocHandle() {
            return (RecvByteBufAllocator.ExtendedHandle) recvBufAllocHandle();
        }

        @Override
        public ServerMetrics metrics() {
            return metrics;
        }
    }
}
