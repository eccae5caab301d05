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

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import java.io.PrintWriter;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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

/** {@code http server}: serves both versions on one name. */
@Command(
        name = "server",
        description =
                "Serve HTTP/1.1 and HTTP/2: / is a greeting, /count/N are N numbers in chunks, /files/NAME is a file,"
                        + " /ws is a WebSocket that echoes.")
final class HttpServer implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Mixin
    private ClientLimit limit = new ClientLimit();

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "The directory of /files/; those below it are not served (default: the current one).")
    private Path root = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
        CommandLine command = spec.commandLine();
        if (!Files.isDirectory(root)) {
            throw new ParameterException(command, "--root: not a directory: '" + root + "'");
        }
        SocketAddress address = endpoint.address(command);
        PrintWriter out = command.getOut();
        endpoint.endWithParent();

        try (EventLoops loops = new EventLoops(endpoint.transport(), 0)) {
            Channel server = new ServerBootstrap()
                    .group(loops.group())
                    .channel(endpoint.transport().serverChannel())
                    .handler(limit.handler())
                    .childHandler(new HttpServerPipeline(root, command.getErr()))
                    .bind(address)
                    .sync()
                    .channel();
            endpoint.serve("http", server, out);
        }
        out.println("http server stopped");
        return 0;
    }
}
