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

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.EOFException;

/** Makes a stream of the chunks of an answer, whose end is that of the answer and not that of the connection. */
final class LogAnswer extends SimpleChannelInboundHandler<HttpObject> {

    private final long maxFrame;

    LogAnswer(long maxFrame) {
        this.maxFrame = maxFrame;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        if (part instanceof HttpResponse response
                && response.headers().contains(HttpHeaderNames.CONTENT_TYPE, EngineRequests.MULTIPLEXED, true)) {
            ctx.pipeline().addAfter(ctx.name(), null, new StreamFrameDecoder(maxFrame));
        }
        if (part instanceof HttpContent content) {
            ctx.fireChannelRead(content.content().retain());
        }
        if (part instanceof LastHttpContent) {
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ctx.fireExceptionCaught(new EOFException("the engine hung up before the end of its answer"));
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }
}
