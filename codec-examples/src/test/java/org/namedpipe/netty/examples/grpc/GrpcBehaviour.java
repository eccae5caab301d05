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
package org.namedpipe.netty.examples.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.EventLoops;
import org.namedpipe.netty.examples.ExampleBehaviour;
import org.namedpipe.netty.examples.RunningExample;
import org.namedpipe.netty.examples.Transport;

/** What the gRPC example does over any transport. */
abstract class GrpcBehaviour extends ExampleBehaviour {

    GrpcBehaviour(Transport transport) {
        super(transport, "grpc");
    }

    @Test
    void theDemoMakesEveryKindOfCall() throws Exception {
        assertThat(demo())
                .contains("[client] unary: Hello pipe")
                .contains("[client] server streaming: 3 numbers", "[client] server streaming: 2,000 numbers")
                .contains("[client] client streaming: [pipes carry gr\u00fc\u00dfe]")
                .contains("[client] both streaming: [PIPES, CARRY, GR\u00dcSSE]")
                .contains("[client] deadline: DEADLINE_EXCEEDED", "[server] nobody waits any more")
                .containsPattern("flow control: asked for 10 numbers, the server paused after \\d{1,6}\\R")
                .contains("[client] cancellation: CANCELLED", "[server] count cancelled")
                .doesNotContain("WARNING");
    }

    @Test
    @Tag("kill")
    void aClientWhoseServerIsKilledSaysSo() throws Exception {
        try (ChildProcess server = serverProcess();
                RunningExample client = client(nameOf(server), "--count=999999999")) {
            client.awaitLine(" of 999,999,999 numbers");
            server.kill();

            assertThat(client.exitCode()).isEqualTo(1);
            assertThat(client.output()).contains("examples grpc client: io.grpc.StatusRuntimeException: UNAVAILABLE");
        }
    }

    @Test
    @Tag("kill")
    void aClientThatIsKilledLeavesTheServerToOthers() throws Exception {
        try (RunningExample server = server("--clients=2");
                ChildProcess client = clientProcess(nameOf(server), "--count=999999999")) {
            client.awaitLine("count: ", deadline());
            client.kill();

            server.awaitLine("count cancelled");
            try (RunningExample other = client(nameOf(server), "--greet=you")) {
                assertThat(other.exitCode()).as(other.output()).isZero();
            }
            assertThat(server.exitCode()).as(server.output()).isZero();
        }
    }

    @Test
    void whatIsTooLongOrGarbageHurtsNobodyElse() throws Exception {
        try (RunningExample server = server("--clients=5", "--max-message=1000");
                EventLoops loops = new EventLoops(transport, 1)) {
            String name = nameOf(server);
            try (RunningExample modest = client(name, "--count=999999999")) {
                modest.awaitLine(" of 999,999,999 numbers");

                try (RunningExample greedy = client(name, "--greet=" + "x".repeat(1001))) {
                    assertThat(greedy.exitCode()).isEqualTo(1);
                    assertThat(greedy.output())
                            .contains("RESOURCE_EXHAUSTED: gRPC message exceeds maximum size 1000: 1001");
                }
                hangsUpOn(loops, name, "no HTTP/2 at all\r\n\r\n");
                hangsUpOn(loops, name, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nno frames at all, and more of it");
                Channel truncated = connect(loops, name, new ChannelInboundHandlerAdapter());
                send(truncated, "PRI * HT".getBytes(StandardCharsets.US_ASCII));
                truncated.close().sync();

                modest.awaitMore();
            }
            assertThat(server.exitCode()).as(server.output()).isZero();
        }
    }

    private void hangsUpOn(EventLoops loops, String name, String garbage) throws InterruptedException {
        Channel channel = connect(loops, name, new ChannelInboundHandlerAdapter());
        send(channel, garbage.getBytes(StandardCharsets.US_ASCII));
        channel.closeFuture().sync();
    }
}
