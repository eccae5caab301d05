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
package org.namedpipe.netty.grpc;

import static io.netty.util.internal.ObjectUtil.checkNotNull;

import io.grpc.ForwardingServerBuilder;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.netty.InternalNettyServerCredentials;
import io.grpc.netty.InternalProtocolNegotiator.ServerFactory;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeServerChannel;

/**
 * Builds servers of grpc-java that listen on a named pipe. Has all settings of {@link ServerBuilder}.
 *
 * <pre>{@code
 * Server server = NamedPipeServerBuilder.forAddress(NamedPipeAddress.of("orders"))
 *         .addService(new OrdersService())
 *         .build()
 *         .start();
 * }</pre>
 *
 * <p>By default only the user of the server can connect, as with every {@link NamedPipeServerChannel}. A method finds the
 * client's identity in {@link NamedPipeGrpc#PEER}. {@code start()} fails with an {@link java.io.IOException} whose cause is
 * a {@link java.net.BindException} if the name is in use.
 */
public final class NamedPipeServerBuilder extends ForwardingServerBuilder<NamedPipeServerBuilder> {
    private final NettyServerBuilder builder;
    private @Nullable EventLoopGroup group;

    private NamedPipeServerBuilder(NamedPipeAddress address, ServerCredentials credentials) {
        ServerFactory factory = InternalNettyServerCredentials.toNegotiator(checkNotNull(credentials, "credentials"));
        ServerFactory withPeer = executors -> new PeerNegotiator(factory.newNegotiator(executors), true, group == null);
        builder = NettyServerBuilder.forAddress(
                        checkNotNull(address, "address"), InternalNettyServerCredentials.create(withPeer))
                .channelType(NamedPipeServerChannel.class)
                .withChildOption(ChannelOption.SO_KEEPALIVE, null) // set by gRPC; only sockets have it
                .intercept(new PeerInterceptor());
    }

    /** Returns a builder of servers that listen on {@code address}, without TLS. */
    public static NamedPipeServerBuilder forAddress(NamedPipeAddress address) {
        return forAddress(address, InsecureServerCredentials.create());
    }

    /** Returns a builder of servers that listen on {@code address}, for example with {@code TlsServerCredentials}. */
    public static NamedPipeServerBuilder forAddress(NamedPipeAddress address, ServerCredentials credentials) {
        return new NamedPipeServerBuilder(address, credentials);
    }

    /**
     * Sets the event loops of the server, which must be those of {@code IocpIoHandler}. The caller shuts them down. By default
     * all servers and channels share event loops, which end one second after the last of them has terminated.
     */
    public NamedPipeServerBuilder eventLoopGroup(EventLoopGroup group) {
        this.group = checkNotNull(group, "group");
        return this;
    }

    /** Sets an option of the server channel, for example {@code NamedPipeChannelOption.SECURITY}. */
    public <T> NamedPipeServerBuilder withOption(ChannelOption<T> option, T value) {
        builder.withOption(option, value);
        return this;
    }

    /** Sets an option of each accepted channel. */
    public <T> NamedPipeServerBuilder withChildOption(ChannelOption<T> option, T value) {
        builder.withChildOption(option, value);
        return this;
    }

    /**
     * Changes settings that only grpc-netty has, for example {@link NettyServerBuilder#flowControlWindow(int)}. {@link #build()}
     * sets the event loops.
     */
    public NamedPipeServerBuilder configure(Consumer<? super NettyServerBuilder> settings) {
        settings.accept(builder);
        return this;
    }

    @Override
    protected ServerBuilder<?> delegate() {
        return builder;
    }

    /** Builds a server, which uses the shared event loops from now until its shutdown and the end of its connections. */
    @Override
    public Server build() {
        if (group != null) {
            return build(group);
        }
        SharedLoops loops = new SharedLoops();
        try {
            return new SharingServer(build(loops.group()), loops);
        } catch (Throwable t) {
            loops.release();
            throw t;
        }
    }

    private Server build(EventLoopGroup loops) {
        return builder.bossEventLoopGroup(loops).workerEventLoopGroup(loops).build();
    }
}
