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

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.util.concurrent.Promise;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code http websocket}: exits with 0 if every text came back. */
@Command(name = "websocket", description = "Open a WebSocket, send texts, and wait for the echo of each.")
final class WebSocketClient implements Callable<Integer> {

    private static final int MAX_HANDSHAKE = 8 * 1024;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Parameters(paramLabel = "TEXT", description = "What to send (default: hello).")
    private List<String> texts = List.of("hello");

    @Override
    public Integer call() throws InterruptedException {
        CommandLine command = spec.commandLine();
        SocketAddress address = endpoint.address(command);
        endpoint.endWithParent();

        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri("ws://localhost" + RequestHandler.WEB_SOCKET)
                .build();
        try (EventLoops loops = new EventLoops(endpoint.transport(), 1)) {
            Promise<Void> done = loops.group().next().newPromise();
            new Bootstrap()
                    .group(loops.group())
                    .channel(endpoint.transport().channel())
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(new HttpClientCodec())
                                    .addLast(new HttpObjectAggregator(MAX_HANDSHAKE))
                                    .addLast(new WebSocketClientProtocolHandler(config))
                                    .addLast(new WebSocketClientHandler(texts, command.getOut(), done));
                        }
                    })
                    .connect(address)
                    .sync();
            done.sync();
        }
        return 0;
    }
}
