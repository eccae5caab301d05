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

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One connection with {@code jsonrpc_peer.js}: calls its methods, and implements the same methods. */
final class JsonRpcConnection extends ChannelInitializer<Channel> {
    static final int METHOD_NOT_FOUND = -32601;
    static final int REQUEST_CANCELLED = -32800;
    static final int REQUESTED_ERROR = 1234;

    private final Promise<Channel> channel = GlobalEventExecutor.INSTANCE.newPromise();
    private final Map<Integer, Promise<JsonObject>> requests = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
    private final JsonArray notes = new JsonArray();

    @Override
    protected void initChannel(Channel connected) {
        connected.pipeline().addLast(new JsonRpcCodec()).addLast(new Messages());
        channel.setSuccess(connected);
    }

    Channel channel() {
        return channel.getNow();
    }

    /** Returns a queue with an element for each {@code waiting} notification and each {@code wait} request of the peer. */
    BlockingQueue<String> waiting() {
        return waiting;
    }

    void notify(String method, Object... parameters) {
        channel().writeAndFlush(message(method, parameters));
    }

    /** Sends a request, and returns the future of its complete response. */
    Future<JsonObject> request(String method, Object... parameters) {
        return request(lastId.incrementAndGet(), method, parameters);
    }

    private Future<JsonObject> request(int id, String method, Object... parameters) {
        Promise<JsonObject> answer = GlobalEventExecutor.INSTANCE.newPromise();
        requests.put(id, answer);
        channel().writeAndFlush(message(method, parameters).put("id", id));
        return answer;
    }

    /** Cancels the last request. */
    void cancelLast() {
        channel().writeAndFlush(message("$/cancelRequest").put("params", new JsonObject().put("id", lastId.get())));
    }

    private static JsonObject message(String method, Object... parameters) {
        JsonObject message = new JsonObject().put("jsonrpc", "2.0").put("method", method);
        return parameters.length == 0 ? message : message.put("params", JsonArray.of(parameters));
    }

    private final class Messages extends SimpleChannelInboundHandler<JsonObject> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, JsonObject message) {
            String method = message.getString("method");
            if (method == null) {
                Promise<JsonObject> answered = requests.remove(message.getInteger("id"));
                if (answered == null) {
                    throw new IllegalStateException("a response without a request: " + message);
                }
                answered.setSuccess(message);
                return;
            }
            Object id = message.getValue("id");
            switch (method) {
                case "note" -> notes.add(parameter(message, 0));
                case "waiting" -> waiting.add(method);
                case "wait" -> {
                    waiting.add(method);
                    ctx.writeAndFlush(message("waiting"));
                }
                case "$/cancelRequest" -> {
                    Object cancelled = message.getJsonObject("params").getValue("id");
                    error(ctx, cancelled, REQUEST_CANCELLED, "cancelled", null);
                }
                case "notes" -> result(ctx, id, notes);
                case "echo" -> result(ctx, id, parameter(message, 0));
                case "add" -> result(ctx, id, (Integer) parameter(message, 0) + (Integer) parameter(message, 1));
                case "fail" ->
                    error(ctx, id, REQUESTED_ERROR, "requested error", new JsonObject().put("detail", "none"));
                default -> error(ctx, id, METHOD_NOT_FOUND, "Unhandled method " + method, null);
            }
        }

        private static Object parameter(JsonObject message, int index) {
            return message.getJsonArray("params").getValue(index);
        }

        private static void result(ChannelHandlerContext ctx, @Nullable Object id, Object result) {
            ctx.writeAndFlush(
                    new JsonObject().put("jsonrpc", "2.0").put("id", id).put("result", result));
        }

        private static void error(
                ChannelHandlerContext ctx, @Nullable Object id, int code, String text, @Nullable JsonObject data) {
            JsonObject error = new JsonObject().put("code", code).put("message", text);
            if (data != null) {
                error.put("data", data);
            }
            ctx.writeAndFlush(
                    new JsonObject().put("jsonrpc", "2.0").put("id", id).put("error", error));
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            requests.values().forEach(request -> request.tryFailure(new ClosedChannelException()));
        }
    }
}
