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
package org.namedpipe.netty.examples.echo;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import java.io.PrintWriter;
import java.net.SocketAddress;
import java.util.concurrent.Callable;
import org.namedpipe.netty.examples.ClientLimit;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code echo server}: says when it is ready, and serves until Ctrl+C or until it has served enough clients. */
@Command(name = "server", description = "Send every frame back to where it came from.")
final class EchoServer implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Option(
            names = "--max-frame",
            paramLabel = "BYTES",
            description = "Largest frame to take; a client that sends a larger one loses its connection"
                    + " (default: ${DEFAULT-VALUE}).")
    private int maxFrame = 1024 * 1024;

    @Mixin
    private ClientLimit limit = new ClientLimit();

    @Override
    public Integer call() throws InterruptedException {
        if (maxFrame < 0 || maxFrame > FramePipeline.MAX_FRAME) {
            throw new ParameterException(
                    spec.commandLine(), "--max-frame must be at least 0 and at most " + FramePipeline.MAX_FRAME);
        }
        SocketAddress address = endpoint.address(spec.commandLine());
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        endpoint.endWithParent();

        try (EventLoops loops = new EventLoops(endpoint.transport(), 0)) {
            Channel server = new ServerBootstrap()
                    .group(loops.group())
                    .channel(endpoint.transport().serverChannel())
                    .handler(limit.handler())
                    .childHandler(new FramePipeline(maxFrame, () -> new EchoServerHandler(err)))
                    .bind(address)
                    .sync()
                    .channel();
            endpoint.serve("echo", server, out);
        }
        out.println("echo server stopped");
        return 0;
    }
}
