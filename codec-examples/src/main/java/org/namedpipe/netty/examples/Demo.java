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
package org.namedpipe.netty.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of a demo, and what it does: to run programs of one example as processes of their own. */
public final class Demo {

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--transport",
            defaultValue = "pipe",
            description = "What to run over: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Transport transport = Transport.PIPE;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            description = "Give up after this long (default: ${DEFAULT-VALUE}).")
    private long timeLimit = 300;

    @Option(
            names = "--java-option",
            paramLabel = "OPTION",
            description = "An option for the Java of all processes, such as -Xmx64m. May be repeated.")
    private List<String> javaOptions = new ArrayList<>();

    /** When to give up if the demo starts now, in {@link System#nanoTime()}. */
    public long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(timeLimit);
    }

    /** What to run over. */
    public Transport transport() {
        return transport;
    }

    /**
     * Runs a server and then clients, one after the other, over a name that nobody else uses.
     *
     * @param example whose programs to run
     * @param serverOptions options that make the server end after the last client
     * @param clients the options of each client
     * @return the exit code, if all have ended well
     * @throws IOException if one has not
     */
    @SafeVarargs
    public final int run(String example, List<String> serverOptions, List<String>... clients)
            throws IOException, InterruptedException {
        long deadline = deadline();
        try (ChildProcess server = start(example, "server", transport.freshName(), serverOptions)) {
            String ready = Endpoint.ready(example);
            String name = server.awaitLine(ready, deadline).substring(ready.length());
            for (List<String> options : clients) {
                try (ChildProcess client = start(example, "client", name, options)) {
                    client.awaitSuccess(deadline);
                }
            }
            server.awaitSuccess(deadline);
        }
        return success(example);
    }

    /** Says that all is well, and returns the exit code that says it too. */
    public int success(String example) {
        spec.commandLine().getOut().println(example + " demo: all processes ended well");
        return CommandLine.ExitCode.OK;
    }

    /** Starts one of the programs of an example that take the options of {@link Endpoint}. Its input is empty. */
    public ChildProcess start(String example, String role, String name, List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(example, role, "--transport=" + transport, "--name=" + name));
        arguments.addAll(options);
        ChildProcess process = start(role, arguments);
        process.input().close();
        return process;
    }

    /** Starts the launcher, with its input open. The command must know the option {@code --parent}. */
    public ChildProcess start(String role, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.add("--parent=" + ProcessHandle.current().pid());
        return ChildProcess.start(role, javaOptions, all, spec.commandLine().getOut());
    }
}
