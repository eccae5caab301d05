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

import static io.netty.handler.codec.http.HttpVersion.HTTP_1_1;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.stream.ChunkedNioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers the requests of one connection. */
final class HttpServerHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    /** A plain file name: no separator and no leading dot, so that it cannot leave the directory. */
    private static final Pattern FILE = Pattern.compile("/files/(\\w[\\w.-]*)");

    private final Path directory;

    HttpServerHandler(Path directory) {
        this.directory = directory;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) throws IOException {
        Matcher file = FILE.matcher(request.uri());
        if (request.decoderResult().isFailure()) {
            refuse(ctx, request.decoderResult().cause());
        } else if (!request.method().equals(HttpMethod.GET)) {
            send(ctx, HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET\n");
        } else if (request.uri().equals("/")) {
            send(ctx, HttpResponseStatus.OK, "Hello over HTTP\n");
        } else if (file.matches() && Files.isRegularFile(directory.resolve(file.group(1)))) {
            sendFile(ctx, directory.resolve(file.group(1)));
        } else {
            send(ctx, HttpResponseStatus.NOT_FOUND, "not found\n");
        }
    }

    /** Sends a file piece by piece. The {@code ChunkedWriteHandler} reads the next piece when the last is written. */
    private static void sendFile(ChannelHandlerContext ctx, Path file) throws IOException {
        ChunkedNioFile content = new ChunkedNioFile(file.toFile());
        HttpResponse response = new DefaultHttpResponse(HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_OCTET_STREAM);
        HttpUtil.setContentLength(response, content.length());
        ctx.write(response);
        ctx.writeAndFlush(new HttpChunkedInput(content));
    }

    private static void send(ChannelHandlerContext ctx, HttpResponseStatus status, String text) {
        ctx.writeAndFlush(response(ctx, status, text));
    }

    /** Answers a request that cannot be decoded, and closes: the start of the next request is unknown. */
    private static void refuse(ChannelHandlerContext ctx, Throwable cause) {
        HttpResponseStatus status = HttpResponseStatus.BAD_REQUEST;
        if (cause instanceof TooLongHttpLineException) {
            status = HttpResponseStatus.REQUEST_URI_TOO_LONG;
        } else if (cause instanceof TooLongHttpHeaderException) {
            status = HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
        }
        FullHttpResponse response = response(ctx, status, cause.getMessage() + '\n');
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ctx.writeAndFlush(response).addListener(written -> ctx.fireExceptionCaught(cause));
    }

    private static FullHttpResponse response(ChannelHandlerContext ctx, HttpResponseStatus status, String text) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HTTP_1_1, status, ByteBufUtil.writeUtf8(ctx.alloc(), text));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN);
        HttpUtil.setContentLength(response, response.content().readableBytes());
        return response;
    }
}
