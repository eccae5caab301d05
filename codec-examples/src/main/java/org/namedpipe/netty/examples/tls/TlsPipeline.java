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
package org.namedpipe.netty.examples.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.LineEncoder;
import io.netty.handler.codec.string.LineSeparator;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The pipeline of both ends: TLS first, and lines once both have proved who they are and agreed on a protocol. */
final class TlsPipeline extends ChannelInitializer<Channel> {

    private static final int MAX_LINE = 8 * 1024;
    private static final int ANY_PORT = -1;

    private final SslContext context;
    private final BiFunction<LineProtocol, SslHandler, ChannelHandler> handler;
    private final Consumer<Throwable> failed;

    /**
     * Makes an initializer.
     *
     * @param handler makes what handles the lines of one channel in the protocol agreed on
     * @param failed told why there was no agreement
     */
    TlsPipeline(
            SslContext context,
            BiFunction<LineProtocol, SslHandler, ChannelHandler> handler,
            Consumer<Throwable> failed) {
        this.context = context;
        this.handler = handler;
        this.failed = failed;
    }

    @Override
    protected void initChannel(Channel channel) {
        SslHandler tls = context.isClient()
                ? context.newHandler(channel.alloc(), Certificates.SERVER_NAME, ANY_PORT)
                : context.newHandler(channel.alloc());
        channel.pipeline().addLast(tls).addLast(new Negotiation(tls));
    }

    private final class Negotiation extends ApplicationProtocolNegotiationHandler {

        private final SslHandler tls;

        Negotiation(SslHandler tls) {
            super("");
            this.tls = tls;
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
            ctx.pipeline()
                    .addLast(new LineBasedFrameDecoder(MAX_LINE, true, true))
                    .addLast(new StringDecoder(StandardCharsets.UTF_8))
                    .addLast(new LineEncoder(LineSeparator.UNIX, StandardCharsets.UTF_8))
                    .addLast(handler.apply(LineProtocol.ofAlpn(protocol), tls));
        }

        /** Also told if the peer leaves before the end of the handshake, unlike the method below. */
        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
            if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
                failed.accept(handshake.cause());
            }
            super.userEventTriggered(ctx, event);
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
