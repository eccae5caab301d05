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
package org.namedpipe.netty.examples.docker;

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

/** {@code docker demo}: everything the client can do, with the stand-in. */
@Command(name = "demo", description = "Run the stand-in and four clients as processes of their own.")
final class DockerDemo implements Callable<Integer> {

    @Mixin
    private Demo demo = new Demo();

    @Override
    public Integer call() throws IOException, InterruptedException {
        long deadline = demo.deadline();
        try (ChildProcess engine =
                demo.start("docker", "engine", demo.transport().freshName(), List.of("--clients=4"))) {
            String ready = Endpoint.ready("docker");
            String name = engine.awaitLine(ready, deadline).substring(ready.length());
            run(name, deadline, "", "version");
            run(name, deadline, "", "ps", "--all");
            run(name, deadline, "", "logs", "--follow", "greeter");
            run(name, deadline, "what is said\nand then no more\n", "attach", "shouter");
            engine.awaitSuccess(deadline);
        }
        return demo.success("docker");
    }

    private void run(String name, long deadline, String input, String command, String... options)
            throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("docker", command, "--host=" + EngineHost.of(demo.transport(), name)));
        arguments.addAll(List.of(options));
        try (ChildProcess client = demo.start(command, arguments)) {
            try (OutputStream typing = client.input()) {
                typing.write(input.getBytes(StandardCharsets.UTF_8));
            }
            client.awaitSuccess(deadline);
        }
    }
}
