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
package org.namedpipe.netty.examples.echo;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;

/** Echoes every frame to its client. The argument is the name of the pipe. */
public final class EchoServer {

    static final int MAX_FRAME_BYTES = 64 * 1024;

    private EchoServer() {}

    public static void main(String[] args) throws Exception {
        String name = args.length > 0 ? args[0] : "netty-echo";

        EventLoopGroup group = new MultiThreadIoEventLoopGroup(IocpIoHandler.newFactory());
        try {
            Channel server = new ServerBootstrap()
                    .group(group)
                    .channel(NamedPipeServerChannel.class)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(new LengthFieldBasedFrameDecoder(4 + MAX_FRAME_BYTES, 0, 4, 0, 4))
                                    .addLast(new LengthFieldPrepender(4))
                                    .addLast(new EchoServerHandler());
                        }
                    })
                    .bind(NamedPipeAddress.of(name))
                    .sync()
                    .channel();
            System.out.println("listening on " + server.localAddress());
            server.closeFuture().sync();
        } finally {
            group.shutdownGracefully();
        }
    }
}
