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
package org.namedpipe.netty.examples.docker;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers the requests of one connection. */
final class FakeEngineHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Pattern VERSIONED = Pattern.compile("^/v1\\.\\d+(?=/)");
    private static final Pattern CONTAINER = Pattern.compile("/containers/([\\w.-]+)/(\\w+)");
    private static final HttpResponseStatus UPGRADED = new HttpResponseStatus(101, "UPGRADED");

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            Throwable cause = request.decoderResult().cause();
            FullHttpResponse refusal =
                    json(ctx, HttpResponseStatus.BAD_REQUEST, message(String.valueOf(cause.getMessage())));
            refusal.headers().set(CONNECTION, HttpHeaderValues.CLOSE);
            ctx.writeAndFlush(refusal).addListener(written -> exceptionCaught(ctx, cause));
            return;
        }
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        String path = VERSIONED.matcher(uri.path()).replaceFirst("");
        Matcher container = CONTAINER.matcher(path);
        switch (path) {
            case "/version" -> ctx.writeAndFlush(json(ctx, HttpResponseStatus.OK, version()));
            case "/containers/json" -> ctx.writeAndFlush(json(ctx, HttpResponseStatus.OK, FakeContainer.list()));
            default -> {
                if (container.matches()) {
                    container(ctx, request, container.group(1), container.group(2));
                } else {
                    refuse(ctx, HttpResponseStatus.NOT_FOUND, "page not found");
                }
            }
        }
    }

    private static void container(ChannelHandlerContext ctx, FullHttpRequest request, String name, String action) {
        FakeContainer container = FakeContainer.find(name).orElse(null);
        if (container == null) {
            refuse(ctx, HttpResponseStatus.NOT_FOUND, "No such container: " + name);
        } else if (action.equals("logs")) {
            logs(ctx, container);
        } else if (!action.equals("attach")) {
            refuse(ctx, HttpResponseStatus.NOT_FOUND, "page not found");
        } else if (container != FakeContainer.UPPER_CASE || !request.headers().contains(HttpHeaderNames.UPGRADE)) {
            refuse(ctx, HttpResponseStatus.CONFLICT, "container " + name + " takes no input");
        } else {
            attach(ctx);
        }
    }

    private static void logs(ChannelHandlerContext ctx, FakeContainer container) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set(CONTENT_TYPE, StreamFrameDecoder.MEDIA_TYPE);
        HttpUtil.setTransferEncodingChunked(response, true);
        ctx.write(response);
        ctx.writeAndFlush(new HttpChunkedInput(new FakeLog(container)));
    }

    private static void attach(ChannelHandlerContext ctx) {
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.remove(HttpServerKeepAliveHandler.class);
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, UPGRADED);
        response.headers()
                .set(CONTENT_TYPE, StreamFrameDecoder.MEDIA_TYPE)
                .set(CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.UPGRADE, "tcp");
        ctx.writeAndFlush(response);
        pipeline.addLast(new UpperCaseContainer());
        pipeline.remove(FakeEngineHandler.class);
        pipeline.remove(ChunkedWriteHandler.class);
        pipeline.remove(HttpObjectAggregator.class);
        pipeline.remove(HttpServerCodec.class);
    }

    private static void refuse(ChannelHandlerContext ctx, HttpResponseStatus status, String reason) {
        ctx.writeAndFlush(json(ctx, status, message(reason)));
    }

    private static JsonObject version() {
        JsonObject version = new JsonObject();
        version.addProperty("Version", "0-fake");
        version.addProperty("ApiVersion", "1.42");
        version.addProperty("Os", "windows");
        version.addProperty("Arch", "amd64");
        return version;
    }

    private static JsonObject message(String reason) {
        JsonObject message = new JsonObject();
        message.addProperty("message", reason);
        return message;
    }

    private static FullHttpResponse json(ChannelHandlerContext ctx, HttpResponseStatus status, JsonElement json) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, ByteBufUtil.writeUtf8(ctx.alloc(), json + "\n"));
        response.headers().set(CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
        HttpUtil.setContentLength(response, response.content().readableBytes());
        return response;
    }

    /** Closes a connection that can send no more requests. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        System.err.println("connection closed: " + cause);
        ctx.close();
    }
}
