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

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.PrintWriter;
import java.net.SocketAddress;
import java.util.concurrent.Callable;
import org.namedpipe.netty.examples.ClientLimit;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import org.namedpipe.netty.examples.Transport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code docker engine}: enough of an engine to try the client with, where there is none. */
@Command(
        name = "engine",
        description = "Stand in for an engine: speak the same HTTP, for the containers greeter, counter and shouter.")
final class DockerEngine implements Callable<Integer> {

    private static final int MAX_REQUEST_BODY = 64 * 1024;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Mixin
    private ClientLimit limit = new ClientLimit();

    @Override
    public Integer call() throws InterruptedException {
        CommandLine command = spec.commandLine();
        SocketAddress address = endpoint.address(command);
        PrintWriter out = command.getOut();
        endpoint.endWithParent();

        Transport transport = endpoint.transport();
        try (EventLoops loops = new EventLoops(transport, 0)) {
            Channel server = transport
                    .halfClosable(new ServerBootstrap())
                    .group(loops.group())
                    .channel(transport.serverChannel())
                    .handler(limit.handler())
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(new HttpServerCodec())
                                    .addLast(new HttpServerKeepAliveHandler())
                                    .addLast(new HttpObjectAggregator(MAX_REQUEST_BODY))
                                    .addLast(new ChunkedWriteHandler())
                                    .addLast(new EngineHandler(command.getErr()));
                        }
                    })
                    .bind(address)
                    .sync()
                    .channel();
            endpoint.serve("docker", server, out);
        }
        out.println("docker engine stopped");
        return 0;
    }
}
