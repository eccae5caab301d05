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
package org.namedpipe.netty.examples.service;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.util.concurrent.Promise;
import java.util.List;
import java.util.concurrent.Callable;
import org.namedpipe.netty.ImpersonationLevel;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeServerTrust;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code service client}: the helper. */
@Command(name = "client", description = "Ask a service that is trusted, one thing after the other.")
final class ServiceClient implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Option(
            names = "--trust",
            paramLabel = "SERVER",
            defaultValue = "me",
            converter = TrustConverter.class,
            description = "Whose service to talk to: me, a SID, pid:NUMBER, or any (default: ${DEFAULT-VALUE}).")
    private NamedPipeServerTrust trust = NamedPipeServerTrust.currentUser();

    @Option(
            names = "--level",
            defaultValue = "impersonation",
            description = "What the service may do in the client's name: ${COMPLETION-CANDIDATES}"
                    + " (default: ${DEFAULT-VALUE}, which reading files takes).")
    private ImpersonationLevel level = ImpersonationLevel.IMPERSONATION;

    @Option(names = "--repeat", paramLabel = "N", description = "How often to ask it all (default: ${DEFAULT-VALUE}).")
    private int repeat = 1;

    @Parameters(paramLabel = "REQUEST", description = "What to ask: whoami, status, or 'read FILE' (default: whoami).")
    private List<String> requests = List.of("whoami");

    @Override
    public Integer call() throws InterruptedException {
        CommandLine command = spec.commandLine();
        if (repeat < 1) {
            throw new ParameterException(command, "--repeat must be at least 1");
        }
        NamedPipeAddress address = endpoint.pipeAddress(command);
        endpoint.endWithParent();

        try (EventLoops loops = new EventLoops(endpoint.transport(), 1)) {
            Promise<Void> done = loops.group().next().newPromise();
            NamedPipeChannel channel = (NamedPipeChannel) new Bootstrap()
                    .group(loops.group())
                    .channel(endpoint.transport().channel())
                    .option(NamedPipeChannelOption.TRUSTED_SERVER, trust)
                    .option(NamedPipeChannelOption.IMPERSONATION_LEVEL, level)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel connection) {
                            Lines.addCodecs(connection.pipeline());
                            connection
                                    .pipeline()
                                    .addLast(new ServiceClientHandler(requests, repeat, command.getOut(), done));
                        }
                    })
                    .connect(address)
                    .sync()
                    .channel();
            channel.peer().addListener(server -> {
                if (server.isSuccess()) {
                    command.getOut().println("connected to " + server.getNow());
                }
            });
            done.sync();
            channel.close().sync();
        }
        return 0;
    }

    /** Reads what the option says. */
    static final class TrustConverter implements ITypeConverter<NamedPipeServerTrust> {

        private static final String PROCESS = "pid:";

        @Override
        public NamedPipeServerTrust convert(String text) {
            try {
                return switch (text) {
                    case "any" -> NamedPipeServerTrust.any();
                    case "me" -> NamedPipeServerTrust.currentUser();
                    default ->
                        text.startsWith(PROCESS)
                                ? NamedPipeServerTrust.process(Long.parseLong(text.substring(PROCESS.length())))
                                : NamedPipeServerTrust.owner(text);
                };
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("neither me, any, pid:NUMBER nor a SID: '" + text + "'");
            }
        }
    }
}
