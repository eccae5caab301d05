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
package hello;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.*;
import java.nio.charset.StandardCharsets;
import org.namedpipe.netty.*;
import org.namedpipe.netty.iocp.IocpIoHandler;
import org.namedpipe.netty.streams.NamedPipeStreams;

public class Hello extends ChannelInboundHandlerAdapter {
    public static void main(String[] args) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(IocpIoHandler.newFactory());
        NamedPipeAddress address = NamedPipeAddress.of("hello-" + ProcessHandle.current().pid());
        new ServerBootstrap().group(group).channel(NamedPipeServerChannel.class).childHandler(new Hello()).bind(address).sync();
        try (NamedPipeStreams streams = NamedPipeStreams.connect(group, address)) {
            System.out.println(new String(streams.inputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        group.shutdownGracefully();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.UTF_8)).addListener(ChannelFutureListener.CLOSE);
    }
}
