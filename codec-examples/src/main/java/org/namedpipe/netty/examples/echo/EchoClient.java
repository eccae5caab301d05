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

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;

/** Sends frames and compares their echoes. The arguments are the name of the pipe and the number of frames. */
public final class EchoClient {

    private EchoClient() {}

    public static void main(String[] args) throws Exception {
        String name = args.length > 0 ? args[0] : "netty-echo";
        int frames = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;

        EchoClientHandler handler = new EchoClientHandler(frames);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IocpIoHandler.newFactory());
        try {
            Channel channel = new Bootstrap()
                    .group(group)
                    .channel(NamedPipeChannel.class)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(new LengthFieldBasedFrameDecoder(
                                            4 + EchoServer.MAX_FRAME_BYTES, 0, 4, 0, 4))
                                    .addLast(new LengthFieldPrepender(4))
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
