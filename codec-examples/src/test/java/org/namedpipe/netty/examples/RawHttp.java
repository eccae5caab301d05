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
package org.namedpipe.netty.examples;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeServerChannel;

/** Sends requests and responses as plain text, also invalid ones. */
public final class RawHttp {

    private RawHttp() {}

    /** Sends a request on a new connection, and returns all data that the server sends until it closes the connection. */
    public static String request(EventLoopGroup group, String name, String request) throws InterruptedException {
        StringBuilder response = new StringBuilder();
        Channel channel = new Bootstrap()
                .group(group)
                .channel(NamedPipeChannel.class)
                .handler(new SimpleChannelInboundHandler<ByteBuf>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
                        response.append(bytes.toString(StandardCharsets.ISO_8859_1));
                    }
                })
                .connect(NamedPipeAddress.of(name))
                .sync()
                .channel();
        channel.writeAndFlush(ByteBufUtil.writeAscii(channel.alloc(), request)).sync();
        channel.closeFuture().sync();
        return response.toString();
    }

    /** Sends an incomplete request, and closes the connection. */
    public static void abort(EventLoopGroup group, String name, String request) throws InterruptedException {
        Channel channel = new Bootstrap()
                .group(group)
                .channel(NamedPipeChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(NamedPipeAddress.of(name))
                .sync()
                .channel();
        channel.writeAndFlush(ByteBufUtil.writeAscii(channel.alloc(), request)).sync();
        channel.close().sync();
    }

    /** Starts a server that answers the first bytes of each client with a text, and then closes the connection. */
    public static Channel respond(EventLoopGroup group, String name, String response) throws InterruptedException {
        return new ServerBootstrap()
                .group(group)
                .channel(NamedPipeServerChannel.class)
                .childHandler(new Responder(response))
                .bind(NamedPipeAddress.of(name))
                .sync()
                .channel();
    }

    private static final class Responder extends SimpleChannelInboundHandler<ByteBuf> {

        private final String response;

        Responder(String response) {
            this.response = response;
        }

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf request) {
            ByteBuf bytes = ctx.alloc().buffer();
            bytes.writeCharSequence(response, StandardCharsets.ISO_8859_1);
            ctx.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
