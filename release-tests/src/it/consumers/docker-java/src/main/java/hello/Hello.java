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

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.*;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.*;
import java.nio.charset.StandardCharsets;
import org.namedpipe.netty.*;
import org.namedpipe.netty.dockerjava.NamedPipeDockerHttpClient;
import org.namedpipe.netty.iocp.IocpIoHandler;

public class Hello extends ChannelInboundHandlerAdapter {
    public static void main(String[] args) throws Exception {
        String name = "hello-" + ProcessHandle.current().pid();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(IocpIoHandler.newFactory());
        new ServerBootstrap().group(group).channel(NamedPipeServerChannel.class).childHandler(new Hello()).bind(NamedPipeAddress.of(name)).sync();
        DockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder().withDockerHost("npipe:////./pipe/" + name).build();
        DockerClient docker = DockerClientImpl.getInstance(config, NamedPipeDockerHttpClient.of(config.getDockerHost()));
        System.out.println(docker.versionCmd().exec().getVersion());
        System.exit(0);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object request) {
        String response = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 19\r\n\r\n{\"Version\":\"hello\"}";
        ctx.writeAndFlush(Unpooled.copiedBuffer(response, StandardCharsets.UTF_8)).addListener(ChannelFutureListener.CLOSE);
    }
}
