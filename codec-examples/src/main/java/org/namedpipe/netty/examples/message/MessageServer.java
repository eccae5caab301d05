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
package org.namedpipe.netty.examples.message;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeMode;
import org.namedpipe.netty.examples.ClientLimit;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code message server}: answers every message with one. */
@Command(name = "server", description = "Answer every message with one that says the same backwards.")
final class MessageServer implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Mixin
    private ClientLimit limit = new ClientLimit();

    @Option(
            names = "--max-message",
            paramLabel = "BYTES",
            description = "Largest message to take (default: ${DEFAULT-VALUE}).")
    private int maxMessage = 64 * 1024;

    @Override
    public Integer call() throws InterruptedException {
        CommandLine command = spec.commandLine();
        if (maxMessage < 1) {
            throw new ParameterException(command, "--max-message must be at least 1");
        }
        NamedPipeAddress address = endpoint.pipeAddress(command);
        PrintWriter out = command.getOut();
        endpoint.endWithParent();

        try (EventLoops loops = new EventLoops(endpoint.transport(), 0)) {
            Channel server = new ServerBootstrap()
                    .group(loops.group())
                    .channel(endpoint.transport().serverChannel())
                    .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                    .childOption(NamedPipeChannelOption.MAX_MESSAGE_SIZE, maxMessage)
                    .handler(limit.handler())
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new MessageServerHandler(command.getErr()));
                        }
                    })
                    .bind(address)
                    .sync()
                    .channel();
            endpoint.serve("message", server, out);
        }
        out.println("message server stopped");
        return 0;
    }
}
