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
package org.namedpipe.netty.examples.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.EventLoops;
import org.namedpipe.netty.examples.ExampleBehaviour;
import org.namedpipe.netty.examples.Replies;
import org.namedpipe.netty.examples.RunningExample;
import org.namedpipe.netty.examples.Transport;

/** What the Reactor Netty example does over any transport. */
abstract class ReactorBehaviour extends ExampleBehaviour {

    ReactorBehaviour(Transport transport) {
        super(transport, "reactor");
    }

    @Test
    void theDemoTriesEverything() throws Exception {
        assertThat(demo())
                .contains("[client] get: Hello from Reactor")
                .contains("[client] post: GR\u00dcSSE BY POST")
                .contains("[client] stream: 3 numbers", "[client] stream: 200,000 numbers")
                .contains("[client] websocket: [hello]")
                .doesNotContain("Unknown channel option");
    }

    @Test
    @Tag("kill")
    void aClientWhoseServerIsKilledSaysSo() throws Exception {
        try (ChildProcess server = serverProcess();
                RunningExample client = client(nameOf(server), "--count=999999999")) {
            client.awaitLine(" of 999,999,999 numbers");
            server.kill();

            assertThat(client.exitCode()).isEqualTo(1);
            assertThat(client.output()).contains("examples reactor client: ");
        }
    }

    @Test
    @Tag("kill")
    void aClientThatIsKilledLeavesTheServerToOthers() throws Exception {
        try (RunningExample server = server("--clients=2");
                ChildProcess client = clientProcess(nameOf(server), "--count=999999999")) {
            client.awaitLine("count: ", deadline());
            client.kill();

            try (RunningExample other = client(nameOf(server), "--count=3")) {
                assertThat(other.exitCode()).as(other.output()).isZero();
            }
            assertThat(server.exitCode()).as(server.output()).isZero();
        }
    }

    @Test
    void badRequestsEndTheirConnectionOnly() throws Exception {
        try (RunningExample server = server("--clients=5");
                EventLoops loops = new EventLoops(transport, 1)) {
            String name = nameOf(server);
            try (RunningExample modest = client(name, "--count=999999999")) {
                modest.awaitLine(" of 999,999,999 numbers");

                assertThat(answerTo(loops, name, "garbage\r\n\r\n")).isEqualTo("HTTP/1.1 400 ");
                assertThat(answerTo(loops, name, "GET /" + "x".repeat(5000) + " HTTP/1.1\r\n\r\n"))
                        .isEqualTo("HTTP/1.1 414 ");
                assertThat(answerTo(loops, name, "GET / HTTP/1.1\r\nx: " + "x".repeat(9000) + "\r\n\r\n"))
                        .isEqualTo("HTTP/1.1 431 ");
                Channel truncated = connect(loops, name, new Replies());
                send(
                        truncated,
                        "POST /shout HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
                truncated.close().sync();
                modest.awaitMore();
            }
            assertThat(server.exitCode()).as(server.output()).isZero();
        }
    }

    @Test
    void aResponseThatIsCutShortIsAnError() throws Exception {
        try (EventLoops loops = new EventLoops(transport, 1)) {
            Channel server = listen(loops, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1\n2\n");
            try (RunningExample client = client(transport.nameOf(server.localAddress()), "--count=5")) {
                assertThat(client.exitCode()).isEqualTo(1);
                assertThat(client.output()).contains("Connection prematurely closed DURING response");
            }
            server.close().sync();
        }
    }

    private String answerTo(EventLoops loops, String name, String request) throws InterruptedException {
        Replies replies = new Replies();
        Channel channel = connect(loops, name, replies);
        send(channel, request.getBytes(StandardCharsets.US_ASCII));
        String answer = new String(replies.next(13), StandardCharsets.US_ASCII);
        channel.closeFuture().sync();
        return answer;
    }
}
