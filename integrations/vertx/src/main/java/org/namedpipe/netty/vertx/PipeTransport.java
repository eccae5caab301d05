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
package org.namedpipe.netty.vertx;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.unix.DomainSocketAddress;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeServerChannel;

/**
 * Implements the transports of Vert.x 5.0 and of 5.1 and later. Methods that only Vert.x 5.0 calls override nothing of later
 * versions.
 */
final class PipeTransport implements Transport {
    private static final int NOT_SET = -1;

    private final IoHandlerFactory loops;
    private final Consumer<ServerBootstrap> servers;
    private final Consumer<Bootstrap> clients;

    PipeTransport(IoHandlerFactory loops, Consumer<ServerBootstrap> servers, Consumer<Bootstrap> clients) {
        this.loops = loops;
        this.servers = servers;
        this.clients = clients;
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return loops;
    }

    // ---- Addresses

    @Override
    public boolean supportsDomainSockets() {
        return true;
    }

    /** Does not fail: some callers in Vert.x would not complete their future. The channel refuses a wrong address. */
    @Override
    public java.net.SocketAddress convert(SocketAddress address) {
        return address.isDomainSocket() ? new DomainSocketAddress(address.path()) : Transport.super.convert(address);
    }

    @Override
    public @Nullable SocketAddress convert(java.net.SocketAddress address) {
        return address instanceof NamedPipeAddress pipe
                ? SocketAddress.domainSocketAddress(pipe.path())
                : Transport.super.convert(address);
    }

    // ---- Channels

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        if (!domainSocket) {
            throw noTcp("connect");
        }
        return NamedPipeChannel::new;
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        if (!domainSocket) {
            throw noTcp("listen");
        }
        return NamedPipeServerChannel::new;
    }

    private static UnsupportedOperationException noTcp(String operation) {
        return new UnsupportedOperationException(
                "cannot " + operation + " over TCP: the transport of this instance of Vert.x"
                        + " has named pipes only. Give the path of a pipe, SocketAddress.domainSocketAddress(\"//./pipe/orders\"), or"
                        + " use an instance of Vert.x without this transport for TCP");
    }

    @Override
    @SuppressWarnings("deprecation")
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        throw NoDatagramChannel.noUdp();
    }

    /** The resolver of Vert.x opens such a channel with the first connection of an event loop, also if it resolves no name. */
    @Override
    public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
        return NoDatagramChannel::new;
    }

    /** Called by Vert.x 5.0, in place of {@link #datagramChannelFactory()}. */
    public DatagramChannel datagramChannel() {
        return new NoDatagramChannel();
    }

    // ---- Options: those of sockets are left out, because a pipe has none of them.

    @Override
    public void configure(TcpConfig config, boolean domainSocket, Bootstrap client) {
        configure(client, config.getSoLinger());
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap server) {
        configure(server, config.getSoLinger());
    }

    /** Called by Vert.x 5.0. */
    public void configure(ClientOptionsBase options, int connectTimeout, boolean domainSocket, Bootstrap client) {
        client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeout);
        if (options.getLocalAddress() != null) {
            // As in Vert.x 5.1: the connect fails with a message that names this address.
            client.localAddress(options.getLocalAddress(), 0);
        }
        configure(client, options.getSoLinger());
    }

    /** Called by Vert.x 5.0. */
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap server) {
        if (options.getAcceptBacklog() != NOT_SET) {
            server.option(ChannelOption.SO_BACKLOG, options.getAcceptBacklog());
        }
        configure(server, options.getSoLinger());
    }

    private void configure(Bootstrap client, int linger) {
        if (linger != NOT_SET) {
            client.option(ChannelOption.SO_LINGER, linger);
        }
        clients.accept(client);
    }

    private void configure(ServerBootstrap server, int linger) {
        if (linger != NOT_SET) {
            server.childOption(ChannelOption.SO_LINGER, linger);
        }
        servers.accept(server);
    }
}
