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
package org.namedpipe.netty.examples.npcat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.Demo;
import org.namedpipe.netty.examples.Endpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code npcat demo}: types something into each of two processes, and waits to see it at the other. */
@Command(name = "demo", description = "Run one that listens and one that connects as processes of their own.")
final class NpcatDemo implements Callable<Integer> {

    @Mixin
    private Demo demo = new Demo();

    @Override
    public Integer call() throws IOException, InterruptedException {
        long deadline = demo.deadline();
        try (ChildProcess listener = start("listen", demo.transport().freshName(), "--once", "--hex")) {
            String ready = Endpoint.ready("npcat");
            String name = listener.awaitLine(ready, deadline).substring(ready.length());
            try (ChildProcess client = start("connect", name, "--quit")) {
                type(listener, "77 65 6c 63 6f 6d 65 0a");
                client.awaitLine("welcome", deadline);
                type(client, "thank you");
                listener.awaitLine("|00000000| 74 68 61 6e 6b 20 79 6f 75 0a", deadline);
                client.awaitSuccess(deadline);
            }
            listener.awaitSuccess(deadline);
        }
        return demo.success("npcat");
    }

    private ChildProcess start(String role, String name, String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("npcat", role, "--transport=" + demo.transport(), "--name=" + name));
        arguments.addAll(List.of(options));
        return demo.start(role, arguments);
    }

    private static void type(ChildProcess process, String line) throws IOException {
        try (OutputStream input = process.input()) {
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
