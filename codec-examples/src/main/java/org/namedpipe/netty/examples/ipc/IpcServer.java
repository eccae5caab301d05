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
package org.namedpipe.netty.examples.ipc;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.io.PrintWriter;
import java.net.SocketAddress;
import java.util.concurrent.Callable;
import org.namedpipe.netty.examples.ClientLimit;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ipc server}: answers every message with the same in capital letters. */
@Command(name = "server", description = "Answer every message of every client with the same in capital letters.")
final class IpcServer implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Mixin
    private ClientLimit limit = new ClientLimit();

    @Mixin
    private IpcOptions options = new IpcOptions();

    @Override
    public Integer call() throws InterruptedException {
        CommandLine command = spec.commandLine();
        options.check(command);
        SocketAddress address = endpoint.address(command);
        PrintWriter out = command.getOut();
        endpoint.endWithParent();

        StateLog states = options.states(command);
        try (EventLoops loops = new EventLoops(endpoint.transport(), 0)) {
            Channel server = new ServerBootstrap()
                    .group(loops.group())
                    .channel(endpoint.transport().serverChannel())
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(states, limit.handler());
                        }
                    })
                    .childHandler(new IpcPipeline(options, states, () -> new IpcServerHandler(command.getErr())))
                    .bind(address)
                    .sync()
                    .channel();
            endpoint.serve("ipc", server, out);
        }
        out.println("ipc server stopped");
        return 0;
    }
}
