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

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.LineEncoder;
import io.netty.handler.codec.string.LineSeparator;
import io.netty.handler.codec.string.StringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeImpersonationLevel;
import org.namedpipe.netty.NamedPipeServerTrust;
import org.namedpipe.netty.iocp.IocpIoHandler;

/**
 * The client. The arguments are the name of the pipe, the file that the service is to read, and the SID of the user whose
 * service it must be, by default the user of this program.
 */
public final class ServiceClient {

    private ServiceClient() {}

    public static void main(String[] args) throws Exception {
        String name = args.length > 0 ? args[0] : "netty-service";
        String file = args.length > 1 ? args[1] : "README.md";
        NamedPipeServerTrust trusted =
                args.length > 2 ? NamedPipeServerTrust.owner(args[2]) : NamedPipeServerTrust.currentUser();

        ServiceClientHandler handler = new ServiceClientHandler("whoami", "read " + file);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IocpIoHandler.newFactory());
        try {
            Channel channel = new Bootstrap()
                    .group(group)
                    .channel(NamedPipeChannel.class)
                    // Connecting fails if another user's process listens on the name.
                    .option(NamedPipeChannelOption.TRUSTED_SERVER, trusted)
                    // Lets the service read the file with the rights of this program.
                    .option(NamedPipeChannelOption.IMPERSONATION_LEVEL, NamedPipeImpersonationLevel.IMPERSONATION)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(new LineBasedFrameDecoder(1024, true, true))
                                    .addLast(new StringDecoder(StandardCharsets.UTF_8))
                                    .addLast(new LineEncoder(LineSeparator.UNIX, StandardCharsets.UTF_8))
                                    .addLast(handler);
                        }
                    })
                    .connect(NamedPipeAddress.of(name))
                    .sync()
                    .channel();
            channel.closeFuture().sync();
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        }
        handler.checkComplete();
    }
}
