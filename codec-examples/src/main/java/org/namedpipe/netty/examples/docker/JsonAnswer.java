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

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Takes an answer that is one JSON document. */
final class JsonAnswer extends SimpleChannelInboundHandler<FullHttpResponse> {

    private static final int LONGEST = 4 * 1024 * 1024;

    private final Consumer<JsonElement> consumer;
    private final Promise<Void> done;

    private JsonAnswer(Consumer<JsonElement> consumer, Promise<Void> done) {
        this.consumer = consumer;
        this.done = done;
    }

    /** The handlers that take such an answer. */
    static List<ChannelHandler> handlers(Consumer<JsonElement> consumer, Promise<Void> done) {
        return List.of(new HttpObjectAggregator(LONGEST), new JsonAnswer(consumer, done));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) throws IOException {
        try {
            consumer.accept(JsonParser.parseString(response.content().toString(StandardCharsets.UTF_8)));
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("not the answer of an engine: " + e.getMessage(), e);
        }
        done.trySuccess(null);
    }

    /** A member of an object as text, which is empty if there is no such. */
    static String text(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }
}
