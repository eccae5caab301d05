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
package org.namedpipe.netty.examples.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeMode;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;

/**
 * Passes connections to a pipe on to TCP, and connections to TCP on to a pipe, over any number of routes.
 *
 * <p>Arguments: the routes, as {@code pipe:NAME=tcp:HOST:PORT} or {@code tcp:HOST:PORT=pipe:NAME}. With
 * {@code --half-close} as the first argument, the end of one direction leaves the other direction open. Pipes then carry
 * messages, and an empty message is the end of a direction.
 */
public final class Relay {

    private static final String DEFAULT_ROUTE = "pipe:netty-relay=tcp:127.0.0.1:7007";
    private static final int MAX_MESSAGE = 16 * 1024 * 1024;

    private Relay() {}

    public static void main(String[] args) throws InterruptedException {
        List<String> arguments = args.length > 0 ? List.of(args) : List.of(DEFAULT_ROUTE);
        boolean halfClose = arguments.contains("--half-close");

        EventLoopGroup pipes = new MultiThreadIoEventLoopGroup(IocpIoHandler.newFactory());
        EventLoopGroup sockets = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
        try {
            List<Channel> servers = new ArrayList<>();
            for (String argument : arguments.subList(halfClose ? 1 : 0, arguments.size())) {
                Route route = Route.parse(argument);
                Bootstrap connector = route.to() instanceof NamedPipeAddress
                        ? pipeConnector(pipes, halfClose)
                        : new Bootstrap().group(sockets).channel(NioSocketChannel.class);
                connector
                        .option(ChannelOption.ALLOW_HALF_CLOSURE, halfClose)
                        .option(ChannelOption.AUTO_READ, false)
                        .remoteAddress(route.to());
                ServerBootstrap listener = route.from() instanceof NamedPipeAddress
                        ? pipeListener(pipes, halfClose)
                        : new ServerBootstrap().group(sockets).channel(NioServerSocketChannel.class);
                Channel server = listener.childOption(ChannelOption.ALLOW_HALF_CLOSURE, halfClose)
                        .childOption(ChannelOption.AUTO_READ, false) // until the other side is connected
                        .childHandler(new RelayInitializer(connector))
                        .bind(route.from())
                        .sync()
                        .channel();
                servers.add(server);
                System.out.println("listening on " + server.localAddress());
            }
            for (Channel server : servers) {
                server.closeFuture().sync();
            }
        } finally {
            pipes.shutdownGracefully();
            sockets.shutdownGracefully();
        }
    }

    private static Bootstrap pipeConnector(EventLoopGroup group, boolean halfClose) {
        Bootstrap bootstrap = new Bootstrap().group(group).channel(NamedPipeChannel.class);
        if (halfClose) {
            bootstrap
                    .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                    .option(NamedPipeChannelOption.MAX_MESSAGE_SIZE, MAX_MESSAGE);
        }
        return bootstrap;
    }

    private static ServerBootstrap pipeListener(EventLoopGroup group, boolean halfClose) {
        ServerBootstrap bootstrap = new ServerBootstrap().group(group).channel(NamedPipeServerChannel.class);
        if (halfClose) {
            bootstrap
                    .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                    .childOption(NamedPipeChannelOption.MAX_MESSAGE_SIZE, MAX_MESSAGE);
        }
        return bootstrap;
    }
}
