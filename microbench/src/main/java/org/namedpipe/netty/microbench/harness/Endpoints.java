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
package org.namedpipe.netty.microbench.harness;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.TimeUnit;

/** A server and its clients in this JVM, each side on one event loop of its own. */
final class Endpoints implements AutoCloseable {
    private final Wire wire;
    private final EventLoopGroup serverGroup;
    private final EventLoopGroup clientGroup;
    private final Channel server;

    /** A server that is bound, with {@code child} in the pipeline of each connection. */
    Endpoints(Wire wire, ChannelHandler child) throws InterruptedException {
        this(wire, wire.newFactory(), wire.newFactory(), child);
    }

    Endpoints(Wire wire, IoHandlerFactory serverFactory, IoHandlerFactory clientFactory, ChannelHandler child)
            throws InterruptedException {
        this.wire = wire;
        serverGroup = new MultiThreadIoEventLoopGroup(1, serverFactory);
        clientGroup = new MultiThreadIoEventLoopGroup(1, clientFactory);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(serverGroup)
                .channel(wire.serverClass)
                .childHandler(child);
        wire.tune(bootstrap);
        server = bootstrap.bind(wire.newAddress()).sync().channel();
    }

    /** A bootstrap of clients, which connects to the server. */
    Bootstrap client(ChannelHandler handler) {
        Bootstrap bootstrap = new Bootstrap()
                .group(clientGroup)
                .channel(wire.clientClass)
                .handler(handler)
                .remoteAddress(server.localAddress());
        wire.tune(bootstrap);
        return bootstrap;
    }

    EventLoopGroup serverGroup() {
        return serverGroup;
    }

    EventLoopGroup clientGroup() {
        return clientGroup;
    }

    Channel server() {
        return server;
    }

    @Override
    public void close() {
        clientGroup.shutdownGracefully(0, 60, TimeUnit.SECONDS).syncUninterruptibly();
        serverGroup.shutdownGracefully(0, 60, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
