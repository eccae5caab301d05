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
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.examples.AbstractExampleTest;
import org.namedpipe.netty.examples.ExampleProcess;
import org.namedpipe.netty.examples.RawHttp;

class ReactorIT extends AbstractExampleTest {

    private static final String ENDLESS = "999999999";

    @Test
    void demoMakesAllRequests() throws Exception {
        assertThat(demo("reactor").lines())
                .contains("[client] get: Hello from Reactor", "[client] post: GR\u00dcSSE BY POST")
                .contains("[client] stream: 100000 of 100000 numbers", "[client] websocket: [hello]")
                .noneMatch(line -> line.contains("Unknown channel option"));
    }

    @Test
    void clientFailsWhenItsServerIsKilled() throws Exception {
        ExampleProcess server = server(ReactorServer.class);
        ExampleProcess client = client(ReactorClient.class, ENDLESS);
        client.awaitLine("stream: ");
        server.kill();

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.output()).contains("Connection prematurely closed DURING response");
    }

    @Test
    void serverOutlivesAKilledClient() throws Exception {
        server(ReactorServer.class);
        ExampleProcess client = client(ReactorClient.class, ENDLESS);
        client.awaitLine("stream: ");
        client.kill();

        assertThat(client(ReactorClient.class, "3").exitCode()).isZero();
    }

    @Test
    void badRequestsCloseOnlyTheirConnection() throws Exception {
        server(ReactorServer.class);
        ExampleProcess other = client(ReactorClient.class, ENDLESS);
        other.awaitLine("stream: ");

        assertThat(request("garbage\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(request("GET /" + "x".repeat(5000) + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 414 ");
        assertThat(request("GET / HTTP/1.1\r\nx: " + "x".repeat(9000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(request("GET /count/many HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
        RawHttp.abort(group(), name, "POST /upper-case HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf");

        other.awaitLine("stream: ");
        assertThat(client(ReactorClient.class, "3").exitCode()).isZero();
    }

    @Test
    void truncatedResponseIsAnError() throws Exception {
        Channel server = RawHttp.respond(group(), name, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        ExampleProcess client = client(ReactorClient.class);

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.output()).contains("Connection prematurely closed DURING response");
        server.close().sync();
    }

    private String request(String text) throws InterruptedException {
        return RawHttp.request(group(), name, text);
    }
}
