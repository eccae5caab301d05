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

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.examples.Transport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code echo demo}: a server and a client as two processes, over a name that nobody else uses. */
@Command(name = "demo", description = "Run a server and a client as two processes.")
final class EchoDemo implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--transport",
            defaultValue = "pipe",
            description = "What to run over: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Transport transport = Transport.PIPE;

    @Mixin
    private Load load = new Load();

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            description = "Give up after this long (default: ${DEFAULT-VALUE}).")
    private long timeLimit = 300;

    @Option(
            names = "--java-option",
            paramLabel = "OPTION",
            description = "An option for the Java of both processes, such as -Xmx64m. May be repeated.")
    private List<String> javaOptions = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        load.check(spec.commandLine());
        PrintWriter out = spec.commandLine().getOut();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeLimit);

        try (ChildProcess server = start("server", transport.freshName(), "--once", "--max-frame=" + load.maxSize)) {
            String name = server.awaitLine(EchoServer.READY, deadline).substring(EchoServer.READY.length());
            try (ChildProcess client = start("client", name, load.arguments().toArray(String[]::new))) {
                client.awaitSuccess(deadline);
            }
            server.awaitSuccess(deadline);
        }
        out.println("echo demo: both processes ended well");
        return 0;
    }

    private ChildProcess start(String role, String name, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("echo", role, "--transport=" + transport, "--name=" + name));
        arguments.add("--parent=" + ProcessHandle.current().pid());
        arguments.addAll(List.of(options));
        return ChildProcess.start(
                role, javaOptions, arguments, spec.commandLine().getOut());
    }
}
