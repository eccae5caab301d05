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
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Sends requests one after the other, and takes their responses: on a connection, or on a stream of HTTP/2. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel
final class ResponseHandler extends SimpleChannelInboundHandler<HttpObject> {

    private final Queue<String> paths;
    private final @Nullable Path output;
    private final PrintWriter out;
    private final Promise<Void> done;

    private @Nullable Download current;

    /**
     * Makes a handler for one channel.
     *
     * @param output where to write what comes, or null to discard it
     * @param done succeeds when all responses have come, and fails as soon as that cannot happen any more
     */
    ResponseHandler(List<String> paths, @Nullable Path output, PrintWriter out, Promise<Void> done) {
        this.paths = new ArrayDeque<>(paths);
        this.output = output;
        this.out = out;
        this.done = done;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws IOException {
        requestNext(ctx);
    }

    private void requestNext(ChannelHandlerContext ctx) throws IOException {
        String path = paths.poll();
        if (path == null) {
            done.trySuccess(null);
            return;
        }
        current = new Download(path, output);
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
        request.headers().set(HttpHeaderNames.HOST, "localhost");
        ctx.writeAndFlush(request).addListener(written -> {
            if (!written.isSuccess()) {
                fail(ctx, written.cause());
            }
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) throws IOException {
        if (part.decoderResult().isFailure()) {
            fail(ctx, part.decoderResult().cause());
            return;
        }
        Download download = current;
        if (download == null) {
            fail(ctx, new IOException("a response to no request"));
            return;
        }
        if (part instanceof HttpResponse response) {
            if (!response.status().equals(HttpResponseStatus.OK)) {
                fail(ctx, new IOException("GET " + download.path() + ": " + response.status()));
                return;
            }
            download.expect(HttpUtil.getContentLength(response, -1L));
        }
        if (part instanceof HttpContent content) {
            download.take(content.content());
        }
        if (part instanceof LastHttpContent) {
            download.complete();
            current = null;
            out.println(download);
            requestNext(ctx);
        }
    }

    /** Says how far it has come. To be called on the event loop. */
    void printProgress(PrintWriter err) {
        if (current != null) {
            err.println(current);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, new EOFException("the server hung up: " + (current == null ? "nothing requested" : current)));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, cause);
    }

    private void fail(ChannelHandlerContext ctx, Throwable cause) {
        done.tryFailure(cause);
        if (current != null) {
            current.abandon();
            current = null;
        }
        ctx.close();
    }
}
