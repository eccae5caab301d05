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

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.namedpipe.netty.examples.AbstractExampleTest;
import org.namedpipe.netty.examples.ExampleProcess;
import org.namedpipe.netty.examples.RawHttp;
import org.namedpipe.netty.examples.Replies;

class DockerIT extends AbstractExampleTest {

    @Test
    void demoRunsAllCommands() throws Exception {
        assertThat(demo("docker").lines())
                .contains("[client] engine 0-fake, API 1.42, windows/amd64")
                .anyMatch(line -> line.matches("\\[client] \\p{XDigit}{12}  fake:latest +Up 5 minutes +counter"))
                .contains("[client] hello 0", "[client] an error", "[client] hello 3")
                .contains("[client] THE INPUT", "[client] AND ITS END", "[client] 22 bytes read")
                .noneMatch(line -> line.contains("connection closed"));
    }

    @Test
    void outputContinuesAfterTheEndOfTheInput() throws Exception {
        server(FakeEngine.class);
        ExampleProcess client = client(DockerAttach.class, "upper-case");
        client.type("first\n");
        client.awaitLine("FIRST");
        client.type("last\n");
        client.input().close();

        client.awaitLine("LAST");
        client.awaitLine("11 bytes read");
        assertThat(client.exitCode()).isZero();
    }

    @Test
    void clientsFailWhenTheirEngineIsKilled() throws Exception {
        ExampleProcess engine = server(FakeEngine.class);
        ExampleProcess attached = client(DockerAttach.class, "upper-case");
        attached.type("x\n");
        attached.awaitLine("X");
        ExampleProcess logs = client(DockerLogs.class, "counter");
        logs.awaitLine("number 1000");
        engine.kill();

        assertThat(logs.exitCode()).isEqualTo(1);
        assertThat(attached.exitCode()).isEqualTo(1);
        assertThat(attached.output()).contains("the engine closed the connection before the end of the output");
    }

    @Test
    void engineOutlivesKilledClients() throws Exception {
        server(FakeEngine.class);
        ExampleProcess attached = client(DockerAttach.class, "upper-case");
        CompletableFuture<Void> typing = CompletableFuture.runAsync(() -> typeWhilePossible(attached));
        attached.awaitLine("LINE");
        ExampleProcess logs = client(DockerLogs.class, "counter");
        logs.awaitLine("number 1000");
        logs.kill();
        attached.kill();
        typing.join();

        assertThat(client(DockerPs.class).exitCode()).isZero();
    }

    @Test
    void badRequestsCloseOnlyTheirConnection() throws Exception {
        ExampleProcess engine = server(FakeEngine.class);
        Replies replies = new Replies();
        Channel other = connect(replies);
        send(other, "GET /version HTT".chars().toArray());

        assertThat(RawHttp.request(group(), name, "garbage\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        engine.awaitLine("connection closed: java.lang.IllegalArgumentException");
        assertThat(RawHttp.request(group(), name, "GET /" + "x".repeat(5000) + " HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
        engine.awaitLine("TooLongHttpLineException");
        RawHttp.abort(group(), name, "POST /containers/upper-");

        send(other, "P/1.1\r\nConnection: close\r\n\r\n".chars().toArray());
        assertThat(replies.next(15)).isEqualTo("HTTP/1.1 200 OK".getBytes(StandardCharsets.US_ASCII));
        other.closeFuture().sync();
    }

    @Test
    void errorsOfTheEngineAreReported() throws Exception {
        server(FakeEngine.class);

        assertFails(client(DockerLogs.class, "missing"), "404 Not Found: {\"message\":\"No such container: missing\"}");
        assertFails(client(DockerLogs.class, "../version"), "404 Not Found: {\"message\":\"page not found\"}");
        assertFails(client(DockerAttach.class, "counter"), "409 Conflict: {\"message\":\"container counter takes no");
    }

    static List<Arguments> badResponses() {
        String ok = "HTTP/1.1 200 OK\r\nContent-Type: " + StreamFrameDecoder.MEDIA_TYPE + "\r\nContent-Length: ";
        return List.of(
                arguments("garbage\r\n\r\n", "not an HTTP response"),
                arguments(ok + "20\r\n\r\n\1\0\0\0\0\0\0\3hel", "before the end of the output"),
                arguments(ok + "11\r\n\r\n\1\0\0\0\0\0\0\5hel", "the stream ended within a frame: 2 bytes are missing"),
                arguments(ok + "8\r\n\r\n\1\0\0\0\2\0\0\0", "a frame of 33554432 bytes, the maximum is 16777216"),
                arguments(ok + "8\r\n\r\nno frame", "not the header of a frame: stream 110"));
    }

    @ParameterizedTest
    @MethodSource("badResponses")
    void badResponsesAreErrors(String response, String error) throws Exception {
        Channel engine = RawHttp.respond(group(), name, response);

        assertFails(client(DockerLogs.class, "any"), error);
        engine.close().sync();
    }

    private static void assertFails(ExampleProcess client, String error) throws Exception {
        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.output()).contains(error);
    }

    private static void typeWhilePossible(ExampleProcess process) {
        try {
            while (true) {
                process.type("line\n".repeat(1000));
            }
        } catch (IOException e) {
            // The process has ended.
        }
    }
}
