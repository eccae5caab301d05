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
package org.namedpipe.netty.examples.tls;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.LineEncoder;
import io.netty.handler.codec.string.LineSeparator;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;

/**
 * Answers lines with the same lines in capital letters, over TLS, to clients with a certificate of the authority.
 *
 * <p>Arguments: the name of the pipe, and a directory. The server makes the certificates for both ends at its start, and
 * writes them to this directory.
 */
public final class TlsServer {

    static final String PIPE = "netty-tls";
    static final String DIRECTORY = "tls-example";
    static final int MAX_LINE = 8 * 1024;
    static final String LAST_LINE = "bye";

    private TlsServer() {}

    public static void main(String[] args) throws Exception {
        NamedPipeAddress address = NamedPipeAddress.of(args.length > 0 ? args[0] : PIPE);
        Path directory = Path.of(args.length > 1 ? args[1] : DIRECTORY);
        Certificates.create(directory);
        SslContext tls = SslContextBuilder.forServer(
                        directory.resolve("server.pem").toFile(),
                        directory.resolve("server.key").toFile())
                .trustManager(directory.resolve("authority.pem").toFile())
                .clientAuth(ClientAuth.REQUIRE)
                .build();

        EventLoopGroup group = new MultiThreadIoEventLoopGroup(IocpIoHandler.newFactory());
        try {
            Channel server = new ServerBootstrap()
                    .group(group)
                    .channel(NamedPipeServerChannel.class)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(tls.newHandler(channel.alloc()))
                                    .addLast(new LineBasedFrameDecoder(MAX_LINE, true, true))
                                    .addLast(new StringDecoder(StandardCharsets.UTF_8))
                                    .addLast(new LineEncoder(LineSeparator.UNIX, StandardCharsets.UTF_8))
                                    .addLast(new TlsServerHandler());
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
}
