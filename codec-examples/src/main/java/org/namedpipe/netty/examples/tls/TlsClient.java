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

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.LineEncoder;
import io.netty.handler.codec.string.LineSeparator;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Promise;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;

/**
 * Sends the lines of standard input over TLS to a server with a certificate of the authority, and prints the replies.
 *
 * <p>Arguments: the name of the pipe, and the directory that {@link TlsServer} has written the certificates to.
 */
public final class TlsClient {

    private static final int ANY_PORT = -1;

    private TlsClient() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        NamedPipeAddress address = NamedPipeAddress.of(args.length > 0 ? args[0] : TlsServer.PIPE);
        Path directory = Path.of(args.length > 1 ? args[1] : TlsServer.DIRECTORY);
        SslContext tls = SslContextBuilder.forClient()
                .trustManager(directory.resolve("authority.pem").toFile())
                .keyManager(
                        directory.resolve("client.pem").toFile(),
                        directory.resolve("client.key").toFile())
                .build();

        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IocpIoHandler.newFactory());
        try {
            Promise<Void> end = group.next().newPromise();
            Channel channel = new Bootstrap()
                    .group(group)
                    .channel(NamedPipeChannel.class)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel connection) {
                            connection
                                    .pipeline()
                                    .addLast(tls.newHandler(connection.alloc(), Certificates.SERVER_NAME, ANY_PORT))
                                    .addLast(new LineBasedFrameDecoder(TlsServer.MAX_LINE, true, true))
                                    .addLast(new StringDecoder(StandardCharsets.UTF_8))
                                    .addLast(new LineEncoder(LineSeparator.UNIX, StandardCharsets.UTF_8))
                                    .addLast(new ReplyPrinter(end));
                        }
                    })
                    .connect(address)
                    .sync()
                    .channel();
            sendLines(channel);
            end.sync();
        } finally {
            group.shutdownGracefully();
        }
    }

    private static void sendLines(Channel channel) throws IOException, InterruptedException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            channel.writeAndFlush(line).sync();
        }
        channel.writeAndFlush(TlsServer.LAST_LINE).sync();
    }

    private static final class ReplyPrinter extends SimpleChannelInboundHandler<String> {

        private final Promise<Void> end;

        ReplyPrinter(Promise<Void> end) {
            this.end = end;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, String reply) {
            System.out.println(reply);
            if (reply.equalsIgnoreCase(TlsServer.LAST_LINE)) {
                end.trySuccess(null);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws SSLPeerUnverifiedException {
            if (event == SslHandshakeCompletionEvent.SUCCESS) {
                SSLSession session =
                        ctx.pipeline().get(SslHandler.class).engine().getSession();
                System.out.println(session.getProtocol() + ", " + session.getCipherSuite() + ", server "
                        + session.getPeerPrincipal());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            end.tryFailure(new EOFException("connection closed before the last reply"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            System.err.println("connection closed: " + cause);
            end.tryFailure(cause);
            ctx.close();
        }
    }
}
