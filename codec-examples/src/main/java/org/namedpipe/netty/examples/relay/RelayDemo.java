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
package org.namedpipe.netty.examples.relay;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.Demo;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.Transport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code relay demo}: frames go from a pipe to TCP, from there to another pipe, and all the way back. */
@Command(name = "demo", description = "Run an echo server, two relays and an echo client as processes of their own.")
final class RelayDemo implements Callable<Integer> {

    @Mixin
    private Demo demo = new Demo();

    @Override
    public Integer call() throws IOException, InterruptedException {
        long deadline = demo.deadline();
        Transport transport = demo.transport();
        try (ChildProcess server = demo.start("echo", "server", transport.freshName(), List.of("--once"))) {
            String ready = Endpoint.ready("echo");
            String echo = transport + ":" + server.awaitLine(ready, deadline).substring(ready.length());
            try (ChildProcess inner = relay("tcp:" + Transport.TCP.freshName(), echo)) {
                String middle = start(inner, deadline);
                try (ChildProcess outer = relay(transport + ":" + transport.freshName(), middle)) {
                    String name = start(outer, deadline)
                            .substring(transport.toString().length() + 1);
                    try (ChildProcess client = demo.start("echo", "client", name, List.of("--frames=300"))) {
                        client.awaitSuccess(deadline);
                    }
                    outer.awaitSuccess(deadline);
                }
                inner.awaitSuccess(deadline);
            }
            server.awaitSuccess(deadline);
        }
        return demo.success("relay");
    }

    private ChildProcess relay(String from, String to) throws IOException {
        return demo.start("relay", List.of("relay", "start", "--once", "--route=" + from + "=" + to));
    }

    private static String start(ChildProcess relay, long deadline) throws IOException, InterruptedException {
        String line = relay.awaitLine(RelayStart.READY, deadline);
        return line.substring(RelayStart.READY.length(), line.indexOf(" to "));
    }
}
