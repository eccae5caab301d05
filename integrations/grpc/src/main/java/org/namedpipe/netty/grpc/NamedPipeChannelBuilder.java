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

import io.grpc.ChannelCredentials;
import io.grpc.ForwardingChannelBuilder2;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.netty.InternalNettyChannelCredentials;
import io.grpc.netty.InternalProtocolNegotiator.ClientFactory;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;

/**
 * Builds channels of grpc-java that connect to a named pipe. Has all settings of {@link ManagedChannelBuilder}.
 *
 * <pre>{@code
 * ManagedChannel channel = NamedPipeChannelBuilder.forAddress(NamedPipeAddress.of("orders")).build();
 * }</pre>
 *
 * <p>The authority is {@code localhost}, because a pipe has no host name. A call fails with {@code UNAVAILABLE} and the
 * failure of {@code CreateFile} as its cause if the pipe cannot be opened.
 */
public final class NamedPipeChannelBuilder extends ForwardingChannelBuilder2<NamedPipeChannelBuilder> {
    private final NettyChannelBuilder builder;
    private final boolean plaintext;
    private @Nullable EventLoopGroup group;

    private NamedPipeChannelBuilder(NamedPipeAddress address, ChannelCredentials credentials) {
        ClientFactory factory = InternalNettyChannelCredentials.toNegotiator(checkNotNull(credentials, "credentials"));
        builder = NettyChannelBuilder.forAddress(
                        checkNotNull(address, "address"), InternalNettyChannelCredentials.create(new WithPeer(factory)))
                .channelType(NamedPipeChannel.class, NamedPipeAddress.class)
                .withOption(ChannelOption.SO_KEEPALIVE, null) // set by gRPC; only sockets have it
                .overrideAuthority("localhost");
        plaintext = credentials instanceof InsecureChannelCredentials;
    }

    /** Returns a builder of channels to {@code address}, without TLS. */
    public static NamedPipeChannelBuilder forAddress(NamedPipeAddress address) {
        return forAddress(address, InsecureChannelCredentials.create());
    }

    /** Returns a builder of channels to {@code address}, for example with {@code TlsChannelCredentials}. */
    public static NamedPipeChannelBuilder forAddress(NamedPipeAddress address, ChannelCredentials credentials) {
        return new NamedPipeChannelBuilder(address, credentials);
    }

    /**
     * Sets the event loops of the channel, which must be those of {@code IocpIoHandler}. The caller shuts them down. By
     * default all servers and channels share event loops, which end one second after the last of them has terminated.
     */
    public NamedPipeChannelBuilder eventLoopGroup(EventLoopGroup group) {
        this.group = checkNotNull(group, "group");
        return this;
    }

    /** Sets an option of each connection, for example {@code NamedPipeChannelOption.TRUSTED_SERVER}. */
    public <T> NamedPipeChannelBuilder withOption(ChannelOption<T> option, T value) {
        builder.withOption(option, value);
        return this;
    }

    /**
     * Changes settings that only grpc-netty has, for example {@link NettyChannelBuilder#flowControlWindow(int)}. {@link
     * #build()} sets the event loops.
     */
    public NamedPipeChannelBuilder configure(Consumer<? super NettyChannelBuilder> settings) {
        settings.accept(builder);
        return this;
    }

    /** Does nothing without TLS, which is the default. */
    @Override
    public NamedPipeChannelBuilder usePlaintext() {
        return plaintext ? this : super.usePlaintext();
    }

    @Override
    protected ManagedChannelBuilder<?> delegate() {
        return builder;
    }

    /** Builds a channel, which uses the shared event loops from now until it has terminated. */
    @Override
    public ManagedChannel build() {
        if (group != null) {
            return builder.eventLoopGroup(group).build();
        }
        SharedLoops loops = new SharedLoops();
        try {
            return builder.eventLoopGroup(loops.group()).build();
        } finally {
            loops.release(); // the negotiator has a use of its own now
        }
    }

    private final class WithPeer implements ClientFactory {
        private final ClientFactory factory;

        WithPeer(ClientFactory factory) {
            this.factory = factory;
        }

        @Override
        public PeerNegotiator newNegotiator() {
            return new PeerNegotiator(factory.newNegotiator(), false, group == null);
        }

        @Override
        public int getDefaultPort() {
            return factory.getDefaultPort();
        }
    }
}
