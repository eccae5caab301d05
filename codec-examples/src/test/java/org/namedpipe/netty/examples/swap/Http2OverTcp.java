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
package org.namedpipe.netty.examples.swap;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpClientUpgradeHandler;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2ClientUpgradeCodec;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import java.net.InetSocketAddress;

/** A client of HTTP/2 over TCP, which upgrades a request of HTTP/1.1 as Netty's example does. */
record Http2OverTcp(int port, Http2ConnectionHandler connection, ChannelHandler responses) {

    Channel client(EventLoopGroup group) throws InterruptedException {
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .remoteAddress("127.0.0.1", port)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        configureClearText(channel);
                    }
                });
        Channel client = bootstrap.connect().sync().channel();
        return client;
    }

    private void configureClearText(SocketChannel channel) {
        HttpClientCodec http = new HttpClientCodec();
        HttpClientUpgradeHandler.UpgradeCodec http2 = new Http2ClientUpgradeCodec(connection);
        channel.pipeline()
                .addLast(http, new HttpClientUpgradeHandler(http, http2, 65_536), new UpgradeRequest(), responses);
    }

    private static final class UpgradeRequest extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            DefaultFullHttpRequest request =
                    new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/version");
            InetSocketAddress remote = (InetSocketAddress) ctx.channel().remoteAddress();
            request.headers().set(HttpHeaderNames.HOST, remote.getHostString() + ':' + remote.getPort());
            ctx.writeAndFlush(request);
            ctx.pipeline().remove(this);
        }
    }
}
