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

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.EventLoops;
import org.namedpipe.netty.examples.ExampleBehaviour;
import org.namedpipe.netty.examples.Replies;
import org.namedpipe.netty.examples.RunningExample;
import org.namedpipe.netty.examples.Transport;

/** What the Docker example does over any transport. Streams go to standard output, so their clients are processes. */
abstract class DockerBehaviour extends ExampleBehaviour {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\n";

    DockerBehaviour(Transport transport) {
        super(transport, "docker");
    }

    @Test
    void theDemoAsksForEverything() throws Exception {
        assertThat(demo())
                .contains("[version] engine 0-stand-in, API 1.42, windows/amd64")
                .containsPattern("\\[ps] \\p{XDigit}{12}  stand-in:latest +Up 5 minutes +counter")
                .contains("[logs] hello 0", "[logs] nobody answers", "[logs] hello 3")
                .contains("[attach] WHAT IS SAID", "[attach] AND THEN NO MORE", "[attach] 30 bytes shouted")
                .doesNotContain("connection closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--max-frame=100", "--no-upgrade"})
    void theEndOfTheInputIsNotTheEndOfTheOutput(String option) throws Exception {
        try (RunningExample engine = engine("--once");
                ChildProcess client = dockerProcess("attach", nameOf(engine), option, "shouter")) {
            type(client, "first\n");
            client.awaitLine("FIRST", deadline());
            type(client, "last\n");
            client.input().close();

            client.awaitLine("LAST", deadline());
            client.awaitLine("11 bytes shouted", deadline());
            client.awaitSuccess(deadline());
            assertThat(engine.exitCode()).as(engine.output()).isZero();
        }
    }

    @Test
    @Tag("kill")
    void clientsWhoseEngineIsKilledSaySo() throws Exception {
        ChildProcess engine = process("engine", arguments("engine", "--name=" + transport.freshName()));
        String name = nameOf(engine);
        try (engine;
                ChildProcess log = dockerProcess("logs", name, "--follow", "counter");
                ChildProcess attached = dockerProcess("attach", name, "shouter")) {
            log.awaitLine("number 1000", deadline());
            type(attached, "x\n");
            attached.awaitLine("X", deadline());
            engine.kill();

            assertThat(log.exitCode(deadline())).isEqualTo(1);
            log.awaitLine("examples docker logs: ", deadline());
            // The end of a TCP connection looks the same whoever has caused it.
            assertThat(attached.exitCode(deadline())).isEqualTo(transport == Transport.TCP ? 0 : 1);
        }
    }

    @Test
    @Tag("kill")
    void clientsThatAreKilledLeaveTheEngineToOthers() throws Exception {
        try (RunningExample engine = engine("--clients=3");
                ChildProcess log = dockerProcess("logs", nameOf(engine), "--follow", "counter");
                ChildProcess attached = dockerProcess("attach", nameOf(engine), "shouter")) {
            CompletableFuture<Void> typing = CompletableFuture.runAsync(() -> typeWhilePossible(attached));
            log.awaitLine("number 1000", deadline());
            attached.awaitLine("LINE", deadline());
            log.kill();
            attached.kill();
            typing.join();

            try (RunningExample other = docker("ps", nameOf(engine))) {
                assertThat(other.exitCode()).as(other.output()).isZero();
            }
            assertThat(engine.exitCode()).as(engine.output()).isZero();
        }
    }

    @Test
    void badRequestsEndTheirConnectionOnly() throws Exception {
        try (RunningExample engine = engine("--clients=7");
                EventLoops loops = new EventLoops(transport, 1)) {
            String name = nameOf(engine);
            Replies replies = new Replies();
            Channel modest = connect(loops, name, replies);
            send(modest, ascii("GET /version HTT"));

            assertThat(answerTo(loops, name, "garbage\r\n\r\n")).isEqualTo("HTTP/1.1 400 ");
            engine.awaitLine("connection closed: java.lang.IllegalArgumentException");
            assertThat(answerTo(loops, name, "GET /" + "x".repeat(5000) + " HTTP/1.1\r\n\r\n"))
                    .isEqualTo("HTTP/1.1 400 ");
            engine.awaitLine("TooLongHttpLineException");
            Channel truncated = connect(loops, name, new Replies());
            send(truncated, ascii("POST /containers/shou"));
            truncated.close().sync();
            refused(docker("logs", name, "nobody"), "404 Not Found: No such container: nobody");
            refused(docker("attach", name, "counter"), "409 Conflict: container counter takes no input");
            refused(docker("logs", name, "../version"), "404 Not Found: page not found");

            send(modest, ascii("P/1.1\r\nConnection: close\r\n\r\n"));
            assertThat(replies.next(15)).isEqualTo(ascii("HTTP/1.1 200 OK"));
            modest.closeFuture().sync();
            assertThat(engine.exitCode()).as(engine.output()).isZero();
        }
    }

    @Test
    void answersThatAreNotRightAreErrors() throws Exception {
        try (EventLoops loops = new EventLoops(transport, 1)) {
            answered(loops, "garbage\r\n\r\n", "not the answer of an engine");
            answered(
                    loops,
                    OK + "Content-Length: 20\r\n\r\n\1\0\0\0\0\0\0\3hel",
                    "hung up before the end of its answer");
            answered(
                    loops,
                    OK + "Content-Length: 11\r\n\r\n\1\0\0\0\0\0\0\5hel",
                    "the stream ended within a frame: 2 bytes were missing");
            answered(
                    loops,
                    OK + "Content-Length: 8\r\n\r\n\1\0\0\0\1\0\0\0",
                    "a frame of 16777216 bytes, allowed are 1000000");
            answered(loops, OK + "Content-Length: 8\r\n\r\nno frame", "not the beginning of a frame: stream 110");
        }
    }

    private void answered(EventLoops loops, String answer, String complaint) throws Exception {
        Channel server = listen(loops, transport.halfClosable(new ServerBootstrap()), answer);
        refused(docker("logs", transport.nameOf(server.localAddress()), "--max-frame=1000000", "any"), complaint);
        server.close().sync();
    }

    private static void refused(RunningExample client, String complaint) throws Exception {
        try (client) {
            assertThat(client.exitCode()).isEqualTo(1);
            assertThat(client.output()).startsWith("examples docker ").contains(complaint);
        }
    }

    private RunningExample engine(String option) {
        return RunningExample.start(
                arguments("engine", "--name=" + transport.freshName(), option).toArray(String[]::new));
    }

    private RunningExample docker(String command, String name, String... options) {
        return RunningExample.start(client(command, name, options).toArray(String[]::new));
    }

    private ChildProcess dockerProcess(String command, String name, String... options) throws IOException {
        return process(command, client(command, name, options));
    }

    private List<String> client(String command, String name, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("docker", command, "--host=" + EngineHost.of(transport, name)));
        arguments.addAll(List.of(options));
        return arguments;
    }

    private List<String> arguments(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of("docker", command, "--transport=" + transport));
        arguments.addAll(List.of(options));
        return arguments;
    }

    private static void type(ChildProcess process, String text) throws IOException {
        process.input().write(ascii(text));
        process.input().flush();
    }

    private static void typeWhilePossible(ChildProcess process) {
        try (OutputStream input = process.input()) {
            while (true) {
                input.write(ascii("line\n".repeat(1000)));
                input.flush();
            }
        } catch (IOException e) {
            // The process has ended.
        }
    }

    private String answerTo(EventLoops loops, String name, String request) throws InterruptedException {
        Replies replies = new Replies();
        Channel channel = connect(loops, name, replies);
        send(channel, ascii(request));
        String answer = new String(replies.next(13), StandardCharsets.US_ASCII);
        channel.closeFuture().sync();
        return answer;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
