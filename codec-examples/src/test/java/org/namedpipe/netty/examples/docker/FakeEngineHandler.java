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

import com.google.gson.JsonObject;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers the requests of one connection. */
final class FakeEngineHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Pattern VERSIONED = Pattern.compile("^/v1\\.\\d+(?=/)");
    private static final Pattern CONTAINER = Pattern.compile("/containers/([\\w.-]+)/(\\w+)");
    private static final Pattern EXEC = Pattern.compile("/exec/(\\w+)/(\\w+)");

    private final FakeExecs execs;

    FakeEngineHandler(FakeExecs execs) {
        this.execs = execs;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            Throwable cause = request.decoderResult().cause();
            FullHttpResponse refusal = FakeResponses.json(
                    ctx,
                    HttpResponseStatus.BAD_REQUEST,
                    FakeResponses.object("message", String.valueOf(cause.getMessage())));
            refusal.headers().set(CONNECTION, HttpHeaderValues.CLOSE);
            ctx.writeAndFlush(refusal).addListener(written -> exceptionCaught(ctx, cause));
            return;
        }
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        String path = VERSIONED.matcher(uri.path()).replaceFirst("");
        Matcher container = CONTAINER.matcher(path);
        Matcher exec = EXEC.matcher(path);
        if (path.equals("/version")) {
            ctx.writeAndFlush(FakeResponses.json(ctx, HttpResponseStatus.OK, version()));
        } else if (path.equals("/containers/json")) {
            ctx.writeAndFlush(FakeResponses.json(ctx, HttpResponseStatus.OK, FakeContainer.list()));
        } else if (container.matches()) {
            container(ctx, request, container.group(1), container.group(2));
        } else if (exec.matches()) {
            exec(ctx, request, exec.group(1), exec.group(2));
        } else {
            FakeResponses.refuse(ctx, HttpResponseStatus.NOT_FOUND, "page not found");
        }
    }

    private void container(ChannelHandlerContext ctx, FullHttpRequest request, String name, String action) {
        FakeContainer container = FakeContainer.find(name).orElse(null);
        if (container == null) {
            FakeResponses.refuse(ctx, HttpResponseStatus.NOT_FOUND, "No such container: " + name);
            return;
        }
        switch (action) {
            case "logs" -> FakeResponses.log(ctx, container);
            case "exec" -> {
                String id = execs.create(request.content().toString(StandardCharsets.UTF_8));
                ctx.writeAndFlush(FakeResponses.json(ctx, HttpResponseStatus.CREATED, FakeResponses.object("Id", id)));
            }
            case "attach" -> attach(ctx, request, container);
            default -> FakeResponses.refuse(ctx, HttpResponseStatus.NOT_FOUND, "page not found");
        }
    }

    private static void attach(ChannelHandlerContext ctx, FullHttpRequest request, FakeContainer container) {
        if (container == FakeContainer.UPPER_CASE && upgrades(request)) {
            FakeResponses.hijack(ctx, true, new UpperCaseContainer(() -> {}));
        } else {
            String reason = "container " + container.containerName() + " takes no input";
            FakeResponses.refuse(ctx, HttpResponseStatus.CONFLICT, reason);
        }
    }

    private void exec(ChannelHandlerContext ctx, FullHttpRequest request, String id, String action) {
        FakeExec exec = execs.find(id).orElse(null);
        if (exec == null) {
            FakeResponses.refuse(ctx, HttpResponseStatus.NOT_FOUND, "No such exec instance: " + id);
            return;
        }
        switch (action) {
            case "start" -> FakeResponses.hijack(ctx, upgrades(request), exec.start());
            case "json" -> ctx.writeAndFlush(FakeResponses.json(ctx, HttpResponseStatus.OK, exec.inspect()));
            default -> FakeResponses.refuse(ctx, HttpResponseStatus.NOT_FOUND, "page not found");
        }
    }

    private static boolean upgrades(FullHttpRequest request) {
        return request.headers().contains(HttpHeaderNames.UPGRADE);
    }

    private static JsonObject version() {
        JsonObject version = FakeResponses.object("Version", "0-fake");
        version.addProperty("ApiVersion", "1.42");
        version.addProperty("Os", "windows");
        version.addProperty("Arch", "amd64");
        return version;
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
