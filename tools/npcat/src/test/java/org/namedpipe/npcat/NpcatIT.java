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
package org.namedpipe.npcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs the jar as two or three processes, over real pipes. */
class NpcatIT {

    private final String name = "npcat-" + UUID.randomUUID();
    private final List<NpcatProcess> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (NpcatProcess process : processes) {
            process.close();
        }
    }

    private NpcatProcess listen(String... options) throws Exception {
        NpcatProcess listener = start("listener", options, "-l", name);
        listener.awaitLine("npcat: listening on \\\\.\\pipe\\" + name);
        return listener;
    }

    private NpcatProcess connect(String... options) throws IOException {
        return start("client", options, name);
    }

    private NpcatProcess start(String role, String[] options, String... arguments) throws IOException {
        NpcatProcess process = NpcatProcess.start(
                role, Stream.concat(Stream.of(options), Stream.of(arguments)).toArray(String[]::new));
        processes.add(process);
        return process;
    }

    @Test
    void bytesAreSentInBothDirections() throws Exception {
        NpcatProcess listener = listen("--once", "--hex");
        NpcatProcess client = connect("--quit");

        listener.type("77 65 6c 63 6f 6d 65 0a\n");
        client.awaitLine("welcome");
        client.type("thank you\n");
        client.input().close();

        listener.awaitLine("|00000000| 74 68 61 6e 6b 20 79 6f 75 0a");
        assertThat(client.exitCode()).isZero();
        assertThat(listener.exitCode()).isZero();
    }

    @Test
    void killedProcessEndsOnlyItsConnection() throws Exception {
        NpcatProcess listener = listen();
        NpcatProcess sender = connect();
        NpcatProcess receiver = connect();
        receiver.type("connected\n");
        listener.awaitLine("connected");
        CompletableFuture<Void> typing = CompletableFuture.runAsync(() -> typeWhilePossible(sender));
        listener.awaitLine("line");
        sender.kill();
        typing.join();
        listener.type("still here\n");
        receiver.awaitLine("still here");

        CompletableFuture<Void> typingMore = CompletableFuture.runAsync(() -> typeWhilePossible(receiver));
        listener.awaitLine("line");
        listener.kill();
        assertThat(receiver.exitCode()).isZero();
        typingMore.join();
    }

    private static void typeWhilePossible(NpcatProcess process) {
        try (OutputStream input = process.input()) {
            while (true) {
                input.write("line\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
                input.flush();
            }
        } catch (IOException e) {
            // The process has ended.
        }
    }

    @Test
    void refusesDigitsThatAreNotHexadecimal() throws Exception {
        NpcatProcess listener = listen("--once");
        NpcatProcess client = connect("--hex");
        client.type("6f 6b 0a\nnot digits\n");

        listener.awaitLine("ok");
        client.awaitLine("npcat: standard input: java.lang.IllegalArgumentException");
        assertThat(client.exitCode()).isZero();
        assertThat(listener.exitCode()).isZero();
    }

    @Test
    void halfCloseEndsOneDirection() throws Exception {
        NpcatProcess listener = listen("--once", "--half-close");
        NpcatProcess client = connect("--half-close");
        client.type("first\n");
        listener.awaitLine("first");
        client.input().close();
        listener.type("second\n");
        client.awaitLine("second");
        listener.input().close();

        assertThat(client.exitCode()).isZero();
        assertThat(listener.exitCode()).isZero();
    }

    @Test
    void halfCloseDoesNotSendEmptyMessages() throws Exception {
        NpcatProcess listener = listen("--once", "--half-close");
        NpcatProcess client = connect("--message", "--half-close");
        client.type("one\n\n");

        listener.awaitLine("one");
        client.awaitLine("npcat: standard input: java.lang.IllegalArgumentException: with --half-close");
        assertThat(client.exitCode()).isZero();
        assertThat(listener.exitCode()).isZero();
    }

    @Test
    void whoOptionPrintsThePeer() throws Exception {
        NpcatProcess listener = listen("--once", "--who");
        NpcatProcess client = connect("--who", "--quit");

        listener.awaitLine("npcat: connected with NamedPipePeer(process ");
        client.awaitLine("npcat: connected with NamedPipePeer(process ");
    }

    @Test
    void eachLineIsAMessage() throws Exception {
        NpcatProcess listener = listen("--once", "--message");
        NpcatProcess client = connect("--message", "--quit");
        listener.type("welcome\n\nagain\n");
        client.awaitLine("welcome");
        assertThat(client.awaitLine("")).isEmpty();
        client.awaitLine("again");

        client.type("x".repeat(1024 * 1024 + 1) + "\nshort\n");
        listener.awaitLine("npcat: message exceeds MAX_MESSAGE_SIZE of 1048576 bytes");
        listener.awaitLine("short");
    }

    @Test
    void failsWithoutServer() throws Exception {
        NpcatProcess client = connect();

        client.awaitLine("npcat: ");
        assertThat(client.exitCode()).isEqualTo(1);
    }

    @Test
    void failsIfTheServerHasNoMessages() throws Exception {
        listen();
        NpcatProcess client = connect("--message");

        assertThat(client.awaitLine("npcat: ")).contains("SetNamedPipeHandleState");
        assertThat(client.exitCode()).isEqualTo(1);
    }

    @Test
    void printsHelp() throws Exception {
        NpcatProcess help = NpcatProcess.start("help", "--help");
        processes.add(help);

        help.awaitLine("Usage: npcat ");
        assertThat(help.exitCode()).isZero();
    }

    @Test
    void refusesAnInvalidName() throws Exception {
        NpcatProcess wrong = NpcatProcess.start("wrong", "\\\\a\\b");
        processes.add(wrong);

        wrong.awaitLine("Invalid value for positional parameter");
        assertThat(wrong.exitCode()).isEqualTo(2);
    }
}
