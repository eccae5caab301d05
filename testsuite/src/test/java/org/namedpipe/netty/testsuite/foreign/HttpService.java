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
package org.namedpipe.netty.testsuite.foreign;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Serves the requests of {@code http_peer.js} on one connection: {@code /hello}, {@code /echo}, {@code /chunks}, {@code
 * /endless}.
 */
final class HttpService extends ChannelInitializer<Channel> {
    static final int CHUNKS = 40;
    static final int CHUNK = 50_000;

    private final int largestBody;
    private final Promise<Void> disconnected = GlobalEventExecutor.INSTANCE.newPromise();
    private final AtomicLong endlessBytes = new AtomicLong();

    HttpService(int largestBody) {
        this.largestBody = largestBody;
    }

    /** Returns the number of bytes of {@code /endless} whose writes have completed. */
    long endlessBytes() {
        return endlessBytes.get();
    }

    /** Completes when the client has disconnected. */
    Future<Void> disconnected() {
        return disconnected;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline()
                .addLast(new HttpServerCodec())
                .addLast(new HttpServerKeepAliveHandler())
                .addLast(new HttpObjectAggregator(largestBody))
                .addLast(new Answers());
    }

    private final class Answers extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            switch (request.uri()) {
                case "/hello" -> answer(ctx, Unpooled.copiedBuffer("hello from netty", StandardCharsets.US_ASCII));
                case "/echo" -> answer(ctx, request.content().retain());
                case "/chunks" -> {
                    begin(ctx);
                    for (int i = 0; i < CHUNKS; i++) {
                        ctx.write(chunk());
                    }
                    ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
                }
                case "/endless" -> {
                    begin(ctx);
                    endless(ctx);
                }
                default -> throw new IllegalArgumentException(request.uri());
            }
        }

        private void answer(ChannelHandlerContext ctx, ByteBuf body) {
            DefaultFullHttpResponse response =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
            HttpUtil.setContentLength(response, body.readableBytes());
            ctx.writeAndFlush(response);
        }

        private void begin(ChannelHandlerContext ctx) {
            HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            HttpUtil.setTransferEncodingChunked(response, true);
            ctx.write(response);
        }

        private DefaultHttpContent chunk() {
            return new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[CHUNK]));
        }

        /** Writes chunks until a write fails because the client has disconnected. */
        private void endless(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(chunk()).addListener(written -> {
                if (written.isSuccess()) {
                    endlessBytes.addAndGet(CHUNK);
                    endless(ctx);
                }
            });
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            disconnected.setSuccess(null);
        }
    }
}
