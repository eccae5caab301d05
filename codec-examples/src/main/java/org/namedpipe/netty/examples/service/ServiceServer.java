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

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipePeer;
import org.namedpipe.netty.NamedPipePeerFilter;
import org.namedpipe.netty.NamedPipeSecurity;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.examples.ClientLimit;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code service server}: the service. */
@Command(
        name = "server",
        description = "Serve whom the access list lets in and the operators include:"
                + " whoami, status, and read FILE in the name of who asks.")
final class ServiceServer implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Mixin
    private ClientLimit limit = new ClientLimit();

    @Option(
            names = "--allow",
            paramLabel = "ACCOUNT",
            description = "A user or group, or its SID, to put on the access list beside the service's own user."
                    + " May be repeated (default: the users who are logged on at this computer).")
    private List<String> allowed = new ArrayList<>();

    @Option(
            names = "--operator",
            paramLabel = "USER",
            description = "Of those, a user to serve: DOMAIN\\name or a SID. May be repeated (default: all).")
    private List<String> operators = new ArrayList<>();

    @Option(
            names = "--jna",
            paramLabel = "FOLDER",
            description =
                    "The folder of jnidispatch.dll, which an installed service brings along; JNA then unpacks nothing"
                            + " (default: a new folder for this user only).")
    private @Nullable Path jna;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JnaLibrary.secure(jna);
        CommandLine command = spec.commandLine();
        NamedPipeAddress address = endpoint.pipeAddress(command);
        PrintWriter out = command.getOut();
        endpoint.endWithParent();
        FirstLine.load();

        Authorization authorization = new Authorization(operator(), out);
        try (EventLoops loops = new EventLoops(endpoint.transport(), 0)) {
            NamedPipeServerChannel server = (NamedPipeServerChannel) new ServerBootstrap()
                    .group(loops.group())
                    .channel(endpoint.transport().serverChannel())
                    .option(NamedPipeChannelOption.SECURITY, security())
                    .handler(limit.handler())
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(authorization);
                            Lines.addCodecs(channel.pipeline());
                            channel.pipeline().addLast(new ServiceHandler(Caller.of(channel), command.getErr()));
                        }
                    })
                    .bind(address)
                    .sync()
                    .channel();
            out.println("access list: " + server.securityDescriptor().sync().getNow());
            endpoint.serve("service", server, out);
        }
        out.println("service server stopped");
        return 0;
    }

    private NamedPipeSecurity security() {
        if (allowed.isEmpty()) {
            return NamedPipeSecurity.interactiveUsers();
        }
        NamedPipeSecurity.Builder list = NamedPipeSecurity.builder();
        allowed.forEach(account -> list.allow(account, NamedPipeSecurity.Access.READ_WRITE));
        return list.build();
    }

    private Predicate<NamedPipePeer> operator() {
        return operators.stream()
                .map(NamedPipePeerFilter::user)
                .reduce(Predicate::or)
                .orElse(peer -> true);
    }
}
