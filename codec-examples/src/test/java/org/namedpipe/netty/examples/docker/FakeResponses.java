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
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
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
import io.netty.handler.stream.ChunkedWriteHandler;

/** The kinds of responses of the fake engine. */
final class FakeResponses {

    private static final HttpResponseStatus UPGRADED = new HttpResponseStatus(101, "UPGRADED");

    private FakeResponses() {}

    static JsonObject object(String name, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(name, value);
        return object;
    }

    static FullHttpResponse json(ChannelHandlerContext ctx, HttpResponseStatus status, JsonElement json) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, ByteBufUtil.writeUtf8(ctx.alloc(), json + "\n"));
        response.headers().set(CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
        HttpUtil.setContentLength(response, response.content().readableBytes());
        return response;
    }

    static void refuse(ChannelHandlerContext ctx, HttpResponseStatus status, String reason) {
        ctx.writeAndFlush(json(ctx, status, object("message", reason)));
    }

    /** Sends the log of a container as a body. */
    static void log(ChannelHandlerContext ctx, FakeContainer container) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set(CONTENT_TYPE, StreamFrameDecoder.MEDIA_TYPE);
        HttpUtil.setTransferEncodingChunked(response, true);
        ctx.write(response);
        ctx.writeAndFlush(new HttpChunkedInput(new FakeLog(container)));
    }

    /** Ends HTTP on a connection. Without an upgrade the stream is a body that ends with the connection. */
    static void hijack(ChannelHandlerContext ctx, boolean upgrade, ChannelHandler program) {
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.remove(HttpServerKeepAliveHandler.class);
        HttpResponse response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, upgrade ? UPGRADED : HttpResponseStatus.OK);
        response.headers().set(CONTENT_TYPE, StreamFrameDecoder.MEDIA_TYPE);
        if (upgrade) {
            response.headers().set(CONNECTION, HttpHeaderValues.UPGRADE).set(HttpHeaderNames.UPGRADE, "tcp");
        }
        ctx.writeAndFlush(response);
        pipeline.remove(ChunkedWriteHandler.class);
        pipeline.remove(HttpObjectAggregator.class);
        pipeline.addLast(program);
        pipeline.remove(FakeEngineHandler.class);
        pipeline.remove(HttpServerCodec.class);
    }
}
