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

import static org.namedpipe.netty.NamedPipePeerFilter.elevated;
import static org.namedpipe.netty.NamedPipePeerFilter.user;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.util.List;
import org.namedpipe.netty.iocp.IocpIoHandler;

/** The examples in the Javadoc of the classes that users meet first. {@link JavadocExamplesTest} compares them. */
final class JavadocExamples {
    private JavadocExamples() {}

    static List<NamedPipeAddress> address() {
        NamedPipeAddress orders = NamedPipeAddress.of("orders"); // \\.\pipe\orders
        NamedPipeAddress docker = NamedPipeAddress.of("npipe:////./pipe/docker_engine");
        NamedPipeAddress remote = NamedPipeAddress.of("server1", "orders"); // needs ALLOW_REMOTE
        return List.of(orders, docker, remote);
    }

    static ChannelFuture channel(ChannelHandler handler) {
        ChannelFuture connected = new Bootstrap()
                .group(new MultiThreadIoEventLoopGroup(IocpIoHandler.newFactory()))
                .channel(NamedPipeChannel.class)
                .handler(handler)
                .connect(NamedPipeAddress.of("orders"));
        return connected;
    }

    static ChannelFuture serverChannel(ChannelHandler initializer) {
        ChannelFuture bound = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(IocpIoHandler.newFactory()))
                .channel(NamedPipeServerChannel.class)
                .childHandler(initializer)
                .bind(NamedPipeAddress.of("orders"));
        return bound;
    }

    static EventLoopGroup eventLoops() {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(IocpIoHandler.newFactory());
        return group;
    }

    static void options(Bootstrap bootstrap) {
        bootstrap
                .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                .option(NamedPipeChannelOption.CONNECT_POLICY, NamedPipeConnectPolicy.WAIT_FOR_SERVER);
    }

    static void security(ServerBootstrap serverBootstrap) {
        serverBootstrap.option(
                NamedPipeChannelOption.SECURITY,
                NamedPipeSecurity.builder()
                        .allowCurrentUser(NamedPipeSecurity.Access.READ_WRITE)
                        .allow("S-1-5-32-544", NamedPipeSecurity.Access.READ) // administrators
                        .build());
    }

    static void trust(Bootstrap bootstrap) {
        bootstrap.option(NamedPipeChannelOption.TRUSTED_SERVER, NamedPipeServerTrust.currentUser());
    }

    static void peer(NamedPipeChannel channel) {
        channel.peer().addListener((FutureListener<NamedPipePeer>) peer -> {
            if (peer.isSuccess()) {
                System.out.println("connected to " + peer.getNow());
            }
        });
    }

    static void filter(Channel ch) {
        ch.pipeline().addFirst(new NamedPipePeerFilter(user("CONTOSO\\ops").or(elevated())));
    }

    static Future<ByteBuf> call(EventLoopGroup group, ByteBuf request) {
        Future<ByteBuf> reply = NamedPipeCall.call(group, NamedPipeAddress.of("orders"), request, 1000);
        return reply;
    }
}
