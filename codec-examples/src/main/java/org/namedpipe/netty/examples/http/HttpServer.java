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
package org.namedpipe.netty.examples.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.nio.file.Path;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;

/**
 * Serves HTTP/1.1 over a named pipe: {@code /} is a greeting, {@code /files/NAME} is a file of a directory, and
 * {@code /ws} is a WebSocket that echoes text frames.
 *
 * <p>Arguments: the name of the pipe, and the directory. Files in its subdirectories are not served.
 */
public final class HttpServer {

    static final String PIPE = "netty-http";
    static final String WEB_SOCKET = "/ws";

    private static final int MAX_REQUEST_BODY = 64 * 1024;
    private static final int MAX_WEB_SOCKET_FRAME = 64 * 1024;

    private HttpServer() {}

    public static void main(String[] args) throws InterruptedException {
        NamedPipeAddress address = NamedPipeAddress.of(args.length > 0 ? args[0] : PIPE);
        Path directory = Path.of(args.length > 1 ? args[1] : "");

        EventLoopGroup group = new MultiThreadIoEventLoopGroup(IocpIoHandler.newFactory());
        try {
            Channel server = new ServerBootstrap()
                    .group(group)
                    .channel(NamedPipeServerChannel.class)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(new HttpServerCodec())
                                    .addLast(new HttpServerKeepAliveHandler())
                                    .addLast(new HttpObjectAggregator(MAX_REQUEST_BODY))
                                    .addLast(new WebSocketServerProtocolHandler(
                                            WEB_SOCKET, null, false, MAX_WEB_SOCKET_FRAME))
                                    .addLast(new ChunkedWriteHandler())
                                    .addLast(new HttpServerHandler(directory))
                                    .addLast(new WebSocketEchoHandler());
                        }
                    })
                    .bind(address)
                    .sync()
                    .channel();
            System.out.println("listening on " + server.localAddress());
            server.closeFuture().sync();
        } finally {
            group.shutdownGracefully();
        }
    }

    /** Echoes text frames. As the last handler of the pipeline it also reports the errors of all handlers. */
    private static final class WebSocketEchoHandler extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
            ctx.write(frame.retain());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }

        /** Stops reading from a client that does not read its echoes. */
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            ctx.channel().config().setAutoRead(ctx.channel().isWritable());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            System.err.println("connection closed: " + cause);
            ctx.close();
        }
    }
}
