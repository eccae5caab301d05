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

import org.junit.jupiter.api.Test;
import org.namedpipe.netty.examples.AbstractExampleTest;
import org.namedpipe.netty.examples.ExampleProcess;
import org.namedpipe.netty.examples.RawHttp;

class GrpcIT extends AbstractExampleTest {

    private static final String ENDLESS = "999999999";

    @Test
    void demoMakesBothCallsAndExceedsADeadline() throws Exception {
        assertThat(demo("grpc").lines())
                .contains("[client] unary: Hello pipe", "[client] streaming: 20000 of 20000 numbers")
                .contains("[client] deadline: DEADLINE_EXCEEDED", "[server] wait cancelled")
                .noneMatch(line -> line.contains("WARNING"));
    }

    @Test
    void clientFailsWhenItsServerIsKilled() throws Exception {
        ExampleProcess server = server(GrpcServer.class);
        ExampleProcess client = client(GrpcClient.class, "me", ENDLESS);
        client.awaitLine("streaming: ");
        server.kill();

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.output()).contains("io.grpc.StatusRuntimeException: UNAVAILABLE");
    }

    @Test
    void serverOutlivesAKilledClient() throws Exception {
        ExampleProcess server = server(GrpcServer.class);
        ExampleProcess client = client(GrpcClient.class, "me", ENDLESS);
        client.awaitLine("streaming: ");
        client.kill();

        server.awaitLine("count cancelled");
        assertThat(client(GrpcClient.class, "me").exitCode()).isZero();
    }

    @Test
    void tooLongMessageFailsItsCall() throws Exception {
        server(GrpcServer.class);
        ExampleProcess client = client(GrpcClient.class, "x".repeat(5000));

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.output()).contains("RESOURCE_EXHAUSTED: gRPC message exceeds maximum size 4096: 5000");
    }

    @Test
    void garbageClosesOnlyItsConnection() throws Exception {
        server(GrpcServer.class);
        ExampleProcess other = client(GrpcClient.class, "me", ENDLESS);
        other.awaitLine("streaming: ");

        RawHttp.request(group(), name, "no HTTP/2 at all\r\n\r\n");
        RawHttp.request(group(), name, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nno frames at all, and more of it");
        RawHttp.abort(group(), name, "PRI * HT");

        other.awaitLine("streaming: ");
        assertThat(client(GrpcClient.class, "me", "10").exitCode()).isZero();
    }
}
