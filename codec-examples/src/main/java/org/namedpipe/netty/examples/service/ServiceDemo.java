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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.Demo;
import org.namedpipe.netty.examples.Endpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code service demo}: a client that is served, one that trusts only another service, and one that is turned away. */
@Command(name = "demo", description = "Run two services and three clients as processes of their own.")
final class ServiceDemo implements Callable<Integer> {

    /** The anonymous, who own nothing and run nothing. */
    private static final String NOBODY = "S-1-5-7";

    @Mixin
    private Demo demo = new Demo();

    @Override
    public Integer call() throws IOException, InterruptedException {
        long deadline = demo.deadline();
        Path file = Files.createTempFile("service-demo", ".txt");
        try (ChildProcess server = server("--clients=2")) {
            Files.writeString(file, "read in your name\n");
            String name = ready(server, deadline);
            client(name, deadline, 0, "whoami", "read " + file, "status");
            client(name, deadline, 1, "--trust=" + NOBODY, "status");
            server.awaitSuccess(deadline);
        } finally {
            Files.delete(file);
        }
        try (ChildProcess server = server("--clients=1", "--operator=" + NOBODY)) {
            client(ready(server, deadline), deadline, 1, "status");
            server.awaitSuccess(deadline);
        }
        return demo.success("service");
    }

    private ChildProcess server(String... options) throws IOException {
        return demo.start("service", "server", demo.transport().freshName(), List.of(options));
    }

    private static String ready(ChildProcess server, long deadline) throws IOException, InterruptedException {
        String ready = Endpoint.ready("service");
        return server.awaitLine(ready, deadline).substring(ready.length());
    }

    private void client(String name, long deadline, int exitCode, String... options)
            throws IOException, InterruptedException {
        try (ChildProcess client = demo.start("service", "client", name, List.of(options))) {
            int actual = client.exitCode(deadline);
            if (actual != exitCode) {
                throw new IOException("the client ended with exit code " + actual + " instead of " + exitCode);
            }
        }
    }
}
