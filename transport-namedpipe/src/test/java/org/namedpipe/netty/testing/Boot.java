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
package org.namedpipe.netty.testing;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.util.Queue;
import java.util.function.Supplier;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeServerChannel;

/** Creates bootstraps over pipes. */
public final class Boot {
    private Boot() {}

    /** Returns a server whose accepted channels do nothing. */
    public static ServerBootstrap server(EventLoopGroup group) {
        return server(group, ChannelInboundHandlerAdapter::new);
    }

    /** Returns a server that adds accepted channels to {@code active} when they become active. */
    public static ServerBootstrap server(EventLoopGroup group, Queue<? super NamedPipeChannel> active) {
        return server(group, () -> new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                active.add((NamedPipeChannel) ctx.channel());
            }
        });
    }

    /** Returns a server that gives each accepted channel a handler of its own. */
    public static ServerBootstrap server(EventLoopGroup group, Supplier<? extends ChannelHandler> handlers) {
        return server(group, group, handlers);
    }

    public static ServerBootstrap server(
            EventLoopGroup boss, EventLoopGroup workers, Supplier<? extends ChannelHandler> handlers) {
        return new ServerBootstrap()
                .group(boss, workers)
                .channel(NamedPipeServerChannel.class)
                .childHandler(initializer(handlers));
    }

    /** Returns a client that does nothing. */
    public static Bootstrap client(EventLoopGroup group) {
        return client(group, ChannelInboundHandlerAdapter::new);
    }

    /** Returns a client that waits a minute for a busy pipe, since the machine may be loaded. */
    public static Bootstrap client(EventLoopGroup group, Supplier<? extends ChannelHandler> handlers) {
        return new Bootstrap()
                .group(group)
                .channel(NamedPipeChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 60_000)
                .handler(initializer(handlers));
    }

    private static ChannelHandler initializer(Supplier<? extends ChannelHandler> handlers) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(handlers.get());
            }
        };
    }
}
