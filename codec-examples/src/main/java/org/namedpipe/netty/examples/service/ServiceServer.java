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
package org.namedpipe.netty.examples.service;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.LineEncoder;
import io.netty.handler.codec.string.LineSeparator;
import io.netty.handler.codec.string.StringDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipePeer;
import org.namedpipe.netty.NamedPipePeerFilter;
import org.namedpipe.netty.NamedPipeSecurity;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;

/**
 * The service. The arguments are the name of the pipe and the only user to serve, as {@code DOMAIN\name} or SID; without it all
 * users of the access list are served. {@code -Dallow=} names the user or group of the access list.
 */
public final class ServiceServer {

    private static final String INTERACTIVE_USERS = "S-1-5-4";

    private ServiceServer() {}

    public static void main(String[] args) throws Exception {
        JnaFolder.create();
        String name = args.length > 0 ? args[0] : "netty-service";
        Predicate<NamedPipePeer> served = args.length > 1 ? NamedPipePeerFilter.user(args[1]) : peer -> true;
        String allowed = System.getProperty("allow", INTERACTIVE_USERS);

        // Loads the classes that reading a file needs. Java cannot load them later with the rights of a client that may
        // not.
        ServiceServerHandler.firstLine(Path.of(System.getProperty("java.home"), "release"));

        EventLoopGroup group = new MultiThreadIoEventLoopGroup(IocpIoHandler.newFactory());
        try {
            NamedPipeServerChannel server = (NamedPipeServerChannel) new ServerBootstrap()
                    .group(group)
                    .channel(NamedPipeServerChannel.class)
                    .option(
                            NamedPipeChannelOption.SECURITY,
                            NamedPipeSecurity.builder()
                                    .allow(allowed, NamedPipeSecurity.Access.READ_WRITE)
                                    .build())
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(new Authorization(served))
                                    .addLast(new LineBasedFrameDecoder(1024, true, true))
                                    .addLast(new StringDecoder(StandardCharsets.UTF_8))
                                    .addLast(new LineEncoder(LineSeparator.UNIX, StandardCharsets.UTF_8))
                                    .addLast(new ServiceServerHandler());
                        }
                    })
                    .bind(NamedPipeAddress.of(name))
                    .sync()
                    .channel();
            System.out.println(
                    "access list: " + server.securityDescriptor().sync().getNow());
            System.out.println("listening on " + server.localAddress());
            server.closeFuture().sync();
        } finally {
            group.shutdownGracefully();
        }
    }
}
