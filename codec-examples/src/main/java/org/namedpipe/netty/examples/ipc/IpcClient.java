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

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.examples.Conversation;
import org.namedpipe.netty.examples.ConversationHandler;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ipc client}: sends one message at a time, and exits with 0 if each was answered. */
@Command(name = "client", description = "Send messages, and wait for the reply to each before sending the next.")
final class IpcClient implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Mixin
    private IpcOptions options = new IpcOptions();

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "How often to send them all (default: ${DEFAULT-VALUE}).")
    private int repeat = 1;

    @Parameters(paramLabel = "MESSAGE", description = "What to send (default: hello).")
    private List<String> messages = List.of("hello");

    @Override
    public Integer call() throws InterruptedException {
        CommandLine command = spec.commandLine();
        options.check(command);
        if (repeat < 1) {
            throw new ParameterException(command, "--repeat must be at least 1");
        }
        SocketAddress address = endpoint.address(command);
        endpoint.endWithParent();

        try (EventLoops loops = new EventLoops(endpoint.transport(), 1)) {
            Promise<Void> done = loops.group().next().newPromise();
            Conversation conversation = new Conversation(messages, repeat, IpcServerHandler::reply);
            Channel channel = new Bootstrap()
                    .group(loops.group())
                    .channel(endpoint.transport().channel())
                    .handler(new IpcPipeline(
                            options, options.states(command), () -> new ConversationHandler(conversation, done)))
                    .connect(address)
                    .sync()
                    .channel();
            Future<?> progress = channel.eventLoop()
                    .scheduleAtFixedRate(() -> command.getErr().println(conversation), 1, 1, TimeUnit.SECONDS);
            done.sync();
            progress.cancel(false);
            channel.close().sync();
            command.getOut().println(conversation);
        }
        return 0;
    }
}
