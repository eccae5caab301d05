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
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.function.Consumer;

/** Turns the connection from HTTP into the streams of a container, and leaves. */
final class AttachAnswer extends SimpleChannelInboundHandler<HttpObject> {

    private final boolean terminal;
    private final long maxFrame;
    private final Consumer<Channel> attached;
    private boolean framed;

    /**
     * Makes a handler for one channel.
     *
     * @param terminal whether the container has one, and no frames; a 200 does not tell
     * @param attached is given the channel when it is open for standard input
     */
    AttachAnswer(boolean terminal, long maxFrame, Consumer<Channel> attached) {
        this.terminal = terminal;
        this.maxFrame = maxFrame;
        this.attached = attached;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) throws IOException {
        if (part instanceof HttpResponse response) {
            HttpResponseStatus status = response.status();
            if (status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                // An empty content is still to come from the codec.
                framed = response.headers().contains(HttpHeaderNames.CONTENT_TYPE, EngineRequests.MULTIPLEXED, true);
            } else if (status.equals(HttpResponseStatus.OK)) {
                framed = !terminal;
                leaveHttp(ctx);
            } else {
                throw new IOException("the engine does not attach: " + status);
            }
        } else if (part instanceof LastHttpContent) {
            leaveHttp(ctx);
        }
    }

    private void leaveHttp(ChannelHandlerContext ctx) {
        ChannelPipeline pipeline = ctx.pipeline();
        if (framed) {
            pipeline.addAfter(ctx.name(), null, new StreamFrameDecoder(maxFrame));
        }
        pipeline.remove(ErrorAnswers.class);
        pipeline.remove(this);
        // What has come behind the answer goes on to the handlers that are left.
        pipeline.remove(HttpClientCodec.class);
        attached.accept(ctx.channel());
    }
}
