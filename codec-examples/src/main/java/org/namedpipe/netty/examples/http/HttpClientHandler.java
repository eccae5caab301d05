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

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Promise;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Sends a request when the response to the last is complete, and completes a promise after the last response. */
final class HttpClientHandler extends SimpleChannelInboundHandler<HttpObject> {

    private final Queue<String> paths;
    private final Path directory;
    private final Promise<Void> done;

    private String path = "";
    private OutputStream output = OutputStream.nullOutputStream();
    private long length;
    private long received;
    private long percent;

    HttpClientHandler(List<String> paths, Path directory, Promise<Void> done) {
        this.paths = new ArrayDeque<>(paths);
        this.directory = directory;
        this.done = done;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        requestNext(ctx);
    }

    private void requestNext(ChannelHandlerContext ctx) {
        if (paths.isEmpty()) {
            done.trySuccess(null);
            ctx.close();
            return;
        }
        path = paths.remove();
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
        request.headers().set(HttpHeaderNames.HOST, "localhost");
        ctx.writeAndFlush(request);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) throws IOException {
        if (done.isDone()) {
            return; // ignore data after an error
        }
        if (part.decoderResult().isFailure()) {
            throw new IOException(
                    "GET " + path + ": not an HTTP response",
                    part.decoderResult().cause());
        }
        if (part instanceof HttpResponse response) {
            begin(response);
        }
        if (part instanceof HttpContent content) {
            receive(content.content());
        }
        if (part instanceof LastHttpContent) {
            output.close();
            System.out.println(path + ": complete, " + received + " bytes");
            requestNext(ctx);
        }
    }

    private void begin(HttpResponse response) throws IOException {
        if (!response.status().equals(HttpResponseStatus.OK)) {
            throw new IOException("GET " + path + ": " + response.status());
        }
        length = HttpUtil.getContentLength(response, -1L);
        received = 0;
        percent = 0;
        output = OutputStream.nullOutputStream();
        if (path.startsWith("/files/")) {
            output = Files.newOutputStream(directory.resolve(path.substring("/files/".length())));
        }
    }

    private void receive(ByteBuf bytes) throws IOException {
        received += bytes.readableBytes();
        bytes.readBytes(output, bytes.readableBytes());
        if (length > 0 && received * 100 / length >= percent + 10) {
            percent = received * 100 / length;
            System.out.println(path + ": " + percent + " %");
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        done.tryFailure(new EOFException("GET " + path + ": connection closed after " + received + " bytes"));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) throws IOException {
        output.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        done.tryFailure(cause);
        ctx.close();
    }
}
