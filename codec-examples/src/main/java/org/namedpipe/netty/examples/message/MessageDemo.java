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
package org.namedpipe.netty.examples.message;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.Demo;
import org.namedpipe.netty.examples.Endpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code message demo}: messages of all sizes from none to too many bytes, then two calls. */
@Command(name = "demo", description = "Run a server, a client and a caller as processes of their own.")
final class MessageDemo implements Callable<Integer> {

    @Mixin
    private Demo demo = new Demo();

    @Override
    public Integer call() throws IOException, InterruptedException {
        long deadline = demo.deadline();
        try (ChildProcess server = demo.start(
                "message", "server", demo.transport().freshName(), List.of("--clients=3", "--max-message=1000"))) {
            String ready = Endpoint.ready("message");
            String name = server.awaitLine(ready, deadline).substring(ready.length());
            run("client", name, deadline, "hello", "", "x".repeat(1001), "still here");
            run("call", name, deadline, "one shot", "");
            server.awaitSuccess(deadline);
        }
        return demo.success("message");
    }

    private void run(String role, String name, long deadline, String... messages)
            throws IOException, InterruptedException {
        try (ChildProcess client = demo.start("message", role, name, List.of(messages))) {
            client.awaitSuccess(deadline);
        }
    }
}
