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
package org.namedpipe.netty.examples.ipc;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.nio.ByteOrder;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;

/** Answers each text of many clients with the same text in capital letters. The argument is the name of the pipe. */
public final class IpcServer {

    private IpcServer() {}

    public static void main(String[] args) throws Exception {
        String name = args.length > 0 ? args[0] : "netty-ipc";

        EventLoopGroup group = new MultiThreadIoEventLoopGroup(IocpIoHandler.newFactory());
        try {
            StateLog states = new StateLog();
            Channel server = new ServerBootstrap()
                    .group(group)
                    .channel(NamedPipeServerChannel.class)
                    .handler(states)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(new LengthFieldBasedFrameDecoder(
                                            ByteOrder.LITTLE_ENDIAN, 4 + IpcTextCodec.MAX_BYTES, 0, 4, 0, 4, true))
                                    .addLast(new LengthFieldPrepender(ByteOrder.LITTLE_ENDIAN, 4, 0, false))
                                    .addLast(new IpcTextCodec())
                                    .addLast(states)
                                    .addLast(new IpcServerHandler());
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
