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

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeCall;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeMode;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code message client}: transactions on one connection. Needs no handler: each answer goes to a future. */
@Command(
        name = "client",
        description = "Send messages over one connection, and wait for the answer to each before sending the next.")
final class MessageClient implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Mixin
    private Exchange exchange = new Exchange();

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "How often to send them all (default: ${DEFAULT-VALUE}).")
    private int repeat = 1;

    @Override
    public Integer call() throws IOException, InterruptedException {
        CommandLine command = spec.commandLine();
        exchange.check(command);
        if (repeat < 1) {
            throw new ParameterException(command, "--repeat must be at least 1");
        }
        NamedPipeAddress address = endpoint.pipeAddress(command);
        endpoint.endWithParent();

        try (EventLoops loops = new EventLoops(endpoint.transport(), 1)) {
            NamedPipeChannel channel = (NamedPipeChannel) new Bootstrap()
                    .group(loops.group())
                    .channel(endpoint.transport().channel())
                    .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(address)
                    .sync()
                    .channel();
            Future<?> progress = channel.eventLoop()
                    .scheduleAtFixedRate(() -> command.getErr().println(exchange), 1, 1, TimeUnit.SECONDS);
            exchange.run(
                    command, repeat, message -> NamedPipeCall.transact(channel, message, exchange.timeoutMillis()));
            progress.cancel(false);
            channel.close().sync();
        }
        command.getOut().println(exchange);
        return 0;
    }
}
