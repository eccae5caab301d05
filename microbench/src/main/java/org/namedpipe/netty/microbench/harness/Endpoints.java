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

/** A server and its clients in this JVM. Each side has one event loop. */
final class Endpoints implements AutoCloseable {
    private final Transport transport;
    private final EventLoopGroup serverGroup;
    private final EventLoopGroup clientGroup;
    private final Channel server;

    /** Binds a server with {@code child} in the pipeline of each connection. */
    Endpoints(Transport transport, ChannelHandler child) throws InterruptedException {
        this(transport, 1, child);
    }

    /** Binds a server; both ends have a number of event loops. */
    Endpoints(Transport transport, int loops, ChannelHandler child) throws InterruptedException {
        this(transport, loops, transport.newFactory(), transport.newFactory(), child);
    }

    Endpoints(Transport transport, IoHandlerFactory serverFactory, IoHandlerFactory clientFactory, ChannelHandler child)
            throws InterruptedException {
        this(transport, 1, serverFactory, clientFactory, child);
    }

    private Endpoints(
            Transport transport,
            int loops,
            IoHandlerFactory serverFactory,
            IoHandlerFactory clientFactory,
            ChannelHandler child)
            throws InterruptedException {
        this.transport = transport;
        serverGroup = new MultiThreadIoEventLoopGroup(loops, serverFactory);
        clientGroup = new MultiThreadIoEventLoopGroup(loops, clientFactory);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(serverGroup)
                .channel(transport.serverClass)
                .childHandler(child);
        transport.tune(bootstrap);
        server = bootstrap.bind(transport.newAddress()).sync().channel();
    }

    /** Returns a bootstrap that connects to the server. */
    Bootstrap client(ChannelHandler handler) {
        Bootstrap bootstrap = new Bootstrap()
                .group(clientGroup)
                .channel(transport.clientClass)
                .handler(handler)
                .remoteAddress(server.localAddress());
        transport.tune(bootstrap);
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
