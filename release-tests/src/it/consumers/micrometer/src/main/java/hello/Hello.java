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

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.bootstrap.*;
import io.netty.channel.*;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.*;
import org.namedpipe.netty.iocp.*;
import org.namedpipe.netty.micrometer.*;

public class Hello {
    public static void main(String[] args) throws Exception {
        IocpIoHandlerFactory factory = IocpIoHandler.newFactory();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(factory);
        NamedPipeAddress address = NamedPipeAddress.of("hello-" + ProcessHandle.current().pid());
        ChannelHandler handler = new ChannelInitializer<Channel>() { protected void initChannel(Channel channel) {} };
        Channel server = new ServerBootstrap().group(group).channel(NamedPipeServerChannel.class).childHandler(handler).bind(address).sync().channel();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new NamedPipeMetrics(factory).bindTo(registry);
        new NamedPipeServerMetrics((NamedPipeServerChannel) server).bindTo(registry);
        new Bootstrap().group(group).channel(NamedPipeChannel.class).handler(handler).connect(address).sync();
        while (registry.get("namedpipe.server.accepted").functionCounter().count() == 0) TimeUnit.MILLISECONDS.sleep(1);
        System.out.println(registry.get("namedpipe.packets").functionCounter().count() > 0 ? "hello" : "no packets");
        group.shutdownGracefully();
    }
}
