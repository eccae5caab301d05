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

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.stream.ChunkedNioFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.namedpipe.netty.examples.LineInput;

/** Answers requests: all of a connection of HTTP/1.1, or the one of a stream of HTTP/2. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    static final String GREETING = "Hello over HTTP\n";
    static final String COUNT = "/count/";
    static final String FILES = "/files/";
    static final String WEB_SOCKET = "/ws";

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern FILE_NAME = Pattern.compile("\\w[\\w.-]*");

    private final Path root;

    RequestHandler(Path root) {
        this.root = root;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) throws IOException {
        String path = request.uri();
        if (request.decoderResult().isFailure()) {
            refuse(ctx, request.decoderResult().cause());
        } else if (!request.method().equals(HttpMethod.GET)) {
            answer(ctx, HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET\n");
        } else if (path.equals("/")) {
            answer(ctx, HttpResponseStatus.OK, GREETING);
        } else if (path.startsWith(COUNT)
                && NUMBER.matcher(path.substring(COUNT.length())).matches()) {
            count(ctx, Integer.parseInt(path.substring(COUNT.length())));
        } else if (path.startsWith(FILES)
                && FILE_NAME.matcher(path.substring(FILES.length())).matches()) {
            file(ctx, root.resolve(path.substring(FILES.length())));
        } else {
            answer(ctx, HttpResponseStatus.NOT_FOUND, "nothing here\n");
        }
    }

    private static void count(ChannelHandlerContext ctx, int last) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set(CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN);
        HttpUtil.setTransferEncodingChunked(response, true);
        ctx.write(response);
        ctx.writeAndFlush(new HttpChunkedInput(
                new LineInput(last, (lines, line) -> ByteBufUtil.writeAscii(lines, line + 1 + "\n"))));
    }

    private static void file(ChannelHandlerContext ctx, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            answer(ctx, HttpResponseStatus.NOT_FOUND, "no such file\n");
            return;
        }
        ChunkedNioFile content = new ChunkedNioFile(FileChannel.open(file, StandardOpenOption.READ));
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set(CONTENT_TYPE, HttpHeaderValues.APPLICATION_OCTET_STREAM);
        HttpUtil.setContentLength(response, content.length());
        ctx.write(response);
        ctx.writeAndFlush(new HttpChunkedInput(content));
    }

    /** What follows a request that cannot be understood cannot be either. */
    private static void refuse(ChannelHandlerContext ctx, Throwable cause) {
        HttpResponseStatus status = cause instanceof TooLongHttpLineException
                ? HttpResponseStatus.REQUEST_URI_TOO_LONG
                : cause instanceof TooLongHttpHeaderException
                        ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                        : HttpResponseStatus.BAD_REQUEST;
        FullHttpResponse response = response(ctx, status, cause.getMessage() + '\n');
        response.headers().set(CONNECTION, HttpHeaderValues.CLOSE);
        ctx.writeAndFlush(response).addListener(written -> ctx.fireExceptionCaught(cause));
    }

    private static void answer(ChannelHandlerContext ctx, HttpResponseStatus status, String text) {
        ctx.writeAndFlush(response(ctx, status, text));
    }

    private static FullHttpResponse response(ChannelHandlerContext ctx, HttpResponseStatus status, String text) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, ByteBufUtil.writeUtf8(ctx.alloc(), text));
        response.headers().set(CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN);
        HttpUtil.setContentLength(response, response.content().readableBytes());
        return response;
    }
}
