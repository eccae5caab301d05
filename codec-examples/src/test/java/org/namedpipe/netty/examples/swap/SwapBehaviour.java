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

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.resources.ConnectionProvider;

/** The tests of both sides of the guide. */
abstract class SwapBehaviour {
    private static final int SECONDS = 30;

    private final Program program = program();
    private final EventLoopGroup group = program.loops();

    abstract Program program();

    @AfterEach
    void close() throws InterruptedException {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    @Test
    void serverAndClient() throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        Channel server = program.server(group, new Echo());
        Channel client = program.at(server.localAddress()).client(group, new SimpleChannelInboundHandler<ByteBuf>() {
            @Override
            protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
                received.complete(bytes.toString(StandardCharsets.UTF_8));
            }
        });
        client.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.UTF_8))
                .sync();

        assertThat(received.get(SECONDS, TimeUnit.SECONDS)).isEqualTo("hello");
    }

    @Test
    void grpcServerAndClient() throws Exception {
        MethodDescriptor<String, String> greet = MethodDescriptor.<String, String>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName("swap.Guide/Greet")
                .setRequestMarshaller(new Text())
                .setResponseMarshaller(new Text())
                .build();
        ServerServiceDefinition service = ServerServiceDefinition.builder("swap.Guide")
                .addMethod(greet, ServerCalls.asyncUnaryCall((name, answer) -> {
                    answer.onNext("hello, " + name);
                    answer.onCompleted();
                }))
                .build();
        Server server = program.grpcServer(service);
        ManagedChannel channel = program.at(server.getListenSockets().get(0)).grpcClient();
        try {
            CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
            assertThat(ClientCalls.blockingUnaryCall(channel, greet, options, "pipe"))
                    .isEqualTo("hello, pipe");
        } finally {
            channel.shutdown().awaitTermination(SECONDS, TimeUnit.SECONDS);
            server.shutdown().awaitTermination(SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void httpClient() throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        Channel server = program.server(group, new HttpServer());
        program.at(server.localAddress()).httpClient(group, new SimpleChannelInboundHandler<FullHttpResponse>() {
            @Override
            protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
                received.complete(response.content().toString(StandardCharsets.UTF_8));
            }
        });

        assertThat(received.get(SECONDS, TimeUnit.SECONDS)).isEqualTo("GET /version");
    }

    @Test
    void http2Client() throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        Channel server = program.server(group, new Http2Server());
        program.at(server.localAddress())
                .http2Client(group, Http2Server.connection(false), new SimpleChannelInboundHandler<FullHttpResponse>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
                        received.complete(response.content().toString(StandardCharsets.UTF_8));
                    }
                });

        assertThat(received.get(SECONDS, TimeUnit.SECONDS)).isEqualTo("GET /version");
    }

    @Test
    void reactorNettyClient() throws Exception {
        Channel server = program.server(group, new HttpServer());
        ConnectionProvider connections = ConnectionProvider.create("swap", 1);
        String answer = program.at(server.localAddress())
                .reactorClient(group, connections)
                .get()
                .uri("/version")
                .responseContent()
                .aggregate()
                .asString()
                .block(Duration.ofSeconds(SECONDS));
        connections.disposeLater().block(Duration.ofSeconds(SECONDS));

        assertThat(answer).isEqualTo("GET /version");
    }

    @Sharable
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ctx.writeAndFlush(message);
        }
    }

    /** Answers with the method and the URI of the request. */
    @Sharable
    private static final class HttpServer extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(1024), answers());
        }

        private static ChannelHandler answers() {
            return new SimpleChannelInboundHandler<FullHttpRequest>() {
                @Override
                protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
                    String line = request.method() + " " + request.uri();
                    FullHttpResponse response = new DefaultFullHttpResponse(
                            request.protocolVersion(),
                            HttpResponseStatus.OK,
                            Unpooled.copiedBuffer(line, StandardCharsets.UTF_8));
                    HttpUtil.setContentLength(response, response.content().readableBytes());
                    ctx.writeAndFlush(response);
                }
            };
        }
    }

    private static final class Text implements Marshaller<String> {
        @Override
        public InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream bytes) {
            try {
                return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
