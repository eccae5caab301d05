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

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;

/**
 * Prints the output of a container, past and future, until the container ends.
 *
 * <p>Arguments: the name of the engine's pipe, and the name or id of the container.
 */
public final class DockerLogs {

    private DockerLogs() {}

    public static void main(String[] args) throws InterruptedException {
        NamedPipeAddress address = NamedPipeAddress.of(args.length > 0 ? args[0] : EngineRequest.PIPE);
        String container = args.length > 1 ? args[1] : "greeter";

        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IocpIoHandler.newFactory());
        try {
            Promise<Void> done = group.next().newPromise();
            Channel channel = new Bootstrap()
                    .group(group)
                    .channel(NamedPipeChannel.class)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel connection) {
                            connection
                                    .pipeline()
                                    .addLast(new HttpClientCodec())
                                    .addLast(new LogHandler())
                                    .addLast(new StreamPrinter(done));
                        }
                    })
                    .connect(address)
                    .sync()
                    .channel();
            channel.writeAndFlush(EngineRequest.of(HttpMethod.GET, container, "/logs?stdout=1&stderr=1&follow=1"));
            done.sync();
            channel.close();
        } finally {
            group.shutdownGracefully();
        }
    }

    /** Passes on the chunks of the response as one stream of bytes. */
    private static final class LogHandler extends SimpleChannelInboundHandler<HttpObject> {

        private HttpResponseStatus status = HttpResponseStatus.OK;

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) throws IOException {
            if (part.decoderResult().isFailure()) {
                throw new IOException(
                        "not an HTTP response", part.decoderResult().cause());
            }
            if (part instanceof HttpResponse response) {
                status = response.status();
                if (StreamFrameDecoder.MEDIA_TYPE.equals(response.headers().get(HttpHeaderNames.CONTENT_TYPE))) {
                    ctx.pipeline().addAfter(ctx.name(), null, new StreamFrameDecoder());
                }
            }
            if (part instanceof HttpContent content) {
                if (!status.equals(HttpResponseStatus.OK)) {
                    throw new IOException(status + ": " + content.content().toString(StandardCharsets.UTF_8));
                }
                ctx.fireChannelRead(content.content().retain());
            }
            if (part instanceof LastHttpContent) {
                // The handlers behind this one see the same end as that of an attached stream.
                ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            }
        }
    }
}
