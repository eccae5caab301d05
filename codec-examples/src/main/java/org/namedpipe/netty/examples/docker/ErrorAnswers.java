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
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes an exception of an answer that is an error, or that is not HTTP, and lets others pass. */
final class ErrorAnswers extends ChannelInboundHandlerAdapter {

    private static final int LONGEST = 4 * 1024;

    private final StringBuilder text = new StringBuilder();
    private @Nullable HttpResponseStatus error;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            ctx.fireExceptionCaught(new IOException(
                    "not the answer of an engine: " + part.decoderResult().cause()));
            return;
        }
        if (message instanceof HttpResponse response && isError(response.status())) {
            error = response.status();
        }
        if (error == null) {
            ctx.fireChannelRead(message);
            return;
        }
        if (message instanceof HttpContent content && text.length() < LONGEST) {
            text.append(content.content().toString(StandardCharsets.UTF_8));
        }
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent) {
            ctx.fireExceptionCaught(new IOException("the engine says " + error + ": " + reason(text.toString())));
            error = null;
        }
    }

    private static boolean isError(HttpResponseStatus status) {
        return status.codeClass() == HttpStatusClass.CLIENT_ERROR || status.codeClass() == HttpStatusClass.SERVER_ERROR;
    }

    /** What the engine gives as the reason, usually as JSON. */
    private static String reason(String text) {
        try {
            JsonElement json = JsonParser.parseString(text);
            return json.isJsonObject() && json.getAsJsonObject().has("message")
                    ? json.getAsJsonObject().get("message").getAsString()
                    : text.strip();
        } catch (JsonParseException | UnsupportedOperationException | IllegalStateException e) {
            return text.strip();
        }
    }
}
