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

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.*;
import io.netty.channel.*;
import java.nio.charset.StandardCharsets;
import org.namedpipe.netty.*;
import org.namedpipe.netty.iocp.IocpIoHandler;

public class Hello extends SimpleChannelInboundHandler<ByteBuf> {
    public static void main(String[] args) throws Exception {
        NamedPipe.ensureAvailability();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(IocpIoHandler.newFactory());
        NamedPipeAddress address = NamedPipeAddress.of("hello-" + ProcessHandle.current().pid());
        new ServerBootstrap().group(group).channel(NamedPipeServerChannel.class).childHandler(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                ctx.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.UTF_8)).addListener(ChannelFutureListener.CLOSE);
            }
        }).bind(address).sync();
        new Bootstrap().group(group).channel(NamedPipeChannel.class).handler(new Hello()).connect(address).channel().closeFuture().sync();
        group.shutdownGracefully();
    }

    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
        System.out.println(message.toString(StandardCharsets.UTF_8));
    }
}
