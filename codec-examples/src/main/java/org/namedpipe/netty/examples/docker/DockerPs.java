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
import com.google.gson.JsonParser;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.util.concurrent.Promise;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;

/**
 * Prints the version of the engine, and lists all containers, by two requests over one connection.
 *
 * <p>Argument: the name of the engine's pipe.
 */
public final class DockerPs {

    private static final String VERSION = "/version";
    private static final String CONTAINERS = "/containers/json?all=1";
    private static final int MAX_RESPONSE = 4 * 1024 * 1024;

    private DockerPs() {}

    public static void main(String[] args) throws InterruptedException {
        NamedPipeAddress address = NamedPipeAddress.of(args.length > 0 ? args[0] : EngineRequest.PIPE);

        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IocpIoHandler.newFactory());
        try {
            Promise<Void> done = group.next().newPromise();
            new Bootstrap()
                    .group(group)
                    .channel(NamedPipeChannel.class)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(new HttpClientCodec())
                                    .addLast(new HttpObjectAggregator(MAX_RESPONSE))
                                    .addLast(new RequestSequence(done));
                        }
                    })
                    .connect(address)
                    .sync();
            done.sync();
        } finally {
            group.shutdownGracefully();
        }
    }

    /** Sends the second request after the response to the first. */
    private static final class RequestSequence extends SimpleChannelInboundHandler<FullHttpResponse> {

        private final Promise<Void> done;
        private String path = VERSION;

        RequestSequence(Promise<Void> done) {
            this.done = done;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(EngineRequest.of(HttpMethod.GET, path));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) throws IOException {
            String text = response.content().toString(StandardCharsets.UTF_8);
            if (response.decoderResult().isFailure() || response.status().code() != 200) {
                throw new IOException("GET " + path + ": " + response.status() + ": " + text);
            }
            JsonElement json = JsonParser.parseString(text);
            if (path.equals(VERSION)) {
                printVersion(json.getAsJsonObject());
                path = CONTAINERS;
                ctx.writeAndFlush(EngineRequest.of(HttpMethod.GET, path));
            } else {
                json.getAsJsonArray().forEach(container -> printContainer(container.getAsJsonObject()));
                done.trySuccess(null);
                ctx.close();
            }
        }

        private static void printVersion(JsonObject version) {
            System.out.println("engine " + text(version, "Version") + ", API " + text(version, "ApiVersion") + ", "
                    + text(version, "Os") + "/" + text(version, "Arch"));
        }

        private static void printContainer(JsonObject container) {
            System.out.printf(
                    Locale.ROOT,
                    "%.12s  %-20s  %-20s  %s%n",
                    text(container, "Id"),
                    text(container, "Image"),
                    text(container, "Status"),
                    container.getAsJsonArray("Names").get(0).getAsString().substring(1)); // without the slash
        }

        private static String text(JsonObject object, String name) {
            return object.has(name) ? object.get(name).getAsString() : "";
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            done.tryFailure(new EOFException("GET " + path + ": the engine closed the connection before it answered"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            done.tryFailure(cause);
            ctx.close();
        }
    }
}
