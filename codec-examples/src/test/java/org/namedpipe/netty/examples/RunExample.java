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
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.examples.Examples.Example;
import org.namedpipe.netty.examples.Examples.Program;

/**
 * Runs the example of {@code mvn -Pdemo package -Dexample=...}: {@code echo} starts the server and the client as two
 * processes, {@code echo.EchoServer} runs only that program.
 */
public final class RunExample {

    private static final long LIMIT = TimeUnit.MINUTES.toNanos(5);

    private RunExample() {}

    /**
     * Runs an example or a program.
     *
     * @param args the name of the example, or the name of the program's class and its arguments
     */
    public static void main(String[] args) throws Throwable {
        Example example = Examples.ALL.get(args[0]);
        if (example == null) {
            ExampleProcess.runMain(
                    RunExample.class.getPackageName() + '.' + args[0], Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        try {
            run(example, LIMIT, List.of(), System.out);
        } catch (IOException e) {
            System.err.println(args[0] + " demo: " + e.getMessage());
            System.exit(1);
        }
        System.out.println(args[0] + " demo: succeeded");
    }

    /**
     * Starts the servers, runs the clients one after the other, and ends the servers.
     *
     * @param limit the time limit in nanoseconds
     * @param javaOptions further options for the Java of the programs
     * @param out the stream that gets the output of the programs
     * @throws IOException if a client ends with another exit code than 0, or a server ends by itself
     */
    static void run(Example example, long limit, List<String> javaOptions, PrintStream out)
            throws IOException, InterruptedException {
        String name = "netty-example-" + UUID.randomUUID();
        long deadline = System.nanoTime() + limit;
        Deque<ExampleProcess> servers = new ArrayDeque<>();
        try {
            for (Program server : example.servers()) {
                servers.push(start(server, name, deadline, javaOptions, out));
                servers.getFirst().awaitListening();
            }
            for (Program client : example.clients()) {
                try (ExampleProcess process = start(client, name, deadline, javaOptions, out)) {
                    try (OutputStream input = process.input()) {
                        input.write(client.input().getBytes(StandardCharsets.UTF_8));
                    }
                    int exitCode = process.exitCode();
                    if (exitCode != 0) {
                        throw new IOException("the " + client.role() + " ended with exit code " + exitCode);
                    }
                }
            }
            for (ExampleProcess server : servers) {
                if (!server.isAlive()) {
                    throw new IOException("a server ended with exit code " + server.exitCode());
                }
            }
        } finally {
            servers.forEach(ExampleProcess::close);
        }
    }

    private static ExampleProcess start(
            Program program, String name, long deadline, List<String> javaOptions, PrintStream out) throws IOException {
        List<String> arguments = program.arguments().stream()
                .map(argument -> argument.replace(Examples.NAME, name))
                .toList();
        return ExampleProcess.start(program.role(), javaOptions, program.main(), arguments, out)
                .limit(deadline - System.nanoTime());
    }
}
