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
package org.namedpipe.netty.examples.swap;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleUserEventChannelHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http.HttpServerUpgradeHandler.UpgradeEvent;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ServerUpgradeCodec;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import io.netty.handler.codec.http2.HttpToHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.InboundHttp2ToHttpAdapterBuilder;
import java.nio.charset.StandardCharsets;

/** Upgrades each connection to HTTP/2, and answers with the method and the URI of the request. */
@Sharable
final class Http2Server extends ChannelInitializer<Channel> {
    private static final int LIMIT = 65_536;
    /** The stream of a request that was an upgrade. */
    private static final int FIRST = 1;

    /** Returns the handler of one end of a connection. */
    static Http2ConnectionHandler connection(boolean server) {
        Http2Connection connection = new DefaultHttp2Connection(server);
        return new HttpToHttp2ConnectionHandlerBuilder()
                .connection(connection)
                .frameListener(new InboundHttp2ToHttpAdapterBuilder(connection)
                        .maxContentLength(LIMIT)
                        .build())
                .build();
    }

    @Override
    protected void initChannel(Channel channel) {
        HttpServerCodec http = new HttpServerCodec();
        HttpServerUpgradeHandler upgrade =
                new HttpServerUpgradeHandler(http, protocol -> new Http2ServerUpgradeCodec(connection(true)), LIMIT);
        channel.pipeline().addLast(http, upgrade, new Answer());
    }

    private static final class Answer extends SimpleUserEventChannelHandler<UpgradeEvent> {
        @Override
        protected void eventReceived(ChannelHandlerContext ctx, UpgradeEvent event) {
            FullHttpRequest request = event.upgradeRequest();
            String line = request.method() + " " + request.uri();
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.copiedBuffer(line, StandardCharsets.UTF_8));
            response.headers().setInt(ExtensionHeaderNames.STREAM_ID.text(), FIRST);
            ctx.writeAndFlush(response);
        }
    }
}
