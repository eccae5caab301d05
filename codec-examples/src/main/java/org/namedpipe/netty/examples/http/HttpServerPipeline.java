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

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.PrintWriter;
import java.nio.file.Path;

/** The pipeline of an accepted connection: what its first bytes ask for, HTTP/1.1 or HTTP/2. */
final class HttpServerPipeline extends ChannelInitializer<Channel> {

    private static final int MAX_REQUEST_BODY = 64 * 1024;
    private static final int MAX_WEB_SOCKET_FRAME = 64 * 1024;

    private final Path root;
    private final PrintWriter err;

    HttpServerPipeline(Path root, PrintWriter err) {
        this.root = root;
        this.err = err;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline()
                .addLast(new VersionDetector(this::http1, this::http2))
                .addLast(new ErrorLog(err));
    }

    private void http1(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpServerCodec())
                .addLast(new HttpServerKeepAliveHandler())
                .addLast(new HttpObjectAggregator(MAX_REQUEST_BODY))
                .addLast(new WebSocketServerProtocolHandler(
                        RequestHandler.WEB_SOCKET, null, false, MAX_WEB_SOCKET_FRAME))
                .addLast(new ChunkedWriteHandler())
                .addLast(new RequestHandler(root))
                .addLast(new WebSocketEcho())
                .addLast(new ErrorLog(err));
    }

    private void http2(ChannelPipeline pipeline) {
        pipeline.addLast(Http2FrameCodecBuilder.forServer().build())
                .addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline()
                                .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                                .addLast(new HttpObjectAggregator(MAX_REQUEST_BODY))
                                .addLast(new ChunkedWriteHandler())
                                .addLast(new RequestHandler(root))
                                .addLast(new ErrorLog(err));
                    }
                }))
                .addLast(new ErrorLog(err));
    }
}
