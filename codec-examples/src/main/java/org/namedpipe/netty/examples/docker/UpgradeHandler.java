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

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Removes HTTP from the pipeline when the engine has accepted the upgrade. */
final class UpgradeHandler extends SimpleChannelInboundHandler<HttpObject> {

    private final Consumer<Channel> upgraded;
    private HttpResponseStatus status = HttpResponseStatus.OK;

    /** Creates a handler that passes the channel to {@code upgraded} when HTTP has been removed. */
    UpgradeHandler(Consumer<Channel> upgraded) {
        this.upgraded = upgraded;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) throws IOException {
        if (part.decoderResult().isFailure()) {
            throw new IOException("not an HTTP response", part.decoderResult().cause());
        }
        if (part instanceof HttpResponse response) {
            status = response.status();
            // The output of a container with a terminal has no frames.
            if (StreamFrameDecoder.MEDIA_TYPE.equals(response.headers().get(HttpHeaderNames.CONTENT_TYPE))) {
                ctx.pipeline().addAfter(ctx.name(), null, new StreamFrameDecoder());
            }
        }
        if (part instanceof HttpContent content && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            throw new IOException(status + ": " + content.content().toString(StandardCharsets.UTF_8));
        }
        if (part instanceof LastHttpContent) {
            ctx.pipeline().remove(this);
            // The codec passes on the bytes that follow the response.
            ctx.pipeline().remove(HttpClientCodec.class);
            upgraded.accept(ctx.channel());
        }
    }
}
