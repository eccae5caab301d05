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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the jar as two or three processes, over real pipes. */
class NpcatIT extends AbstractNpcatTest {

    private static final int FILE = 4_000_000;

    @Test
    void bytesAreSentInBothDirections() throws Exception {
        NpcatProcess listener = listen("--hex", "--hex-input");
        NpcatProcess client = connect("--quit");

        listener.type("77 65 6c 63 6f 6d 65 0a\n");
        client.awaitLine("welcome");
        client.type("thank you\n");
        client.input().close();

        listener.awaitLine("> 00000000  77 65 6c 63 6f 6d 65 0a ");
        listener.awaitLine("< 00000000  74 68 61 6e 6b 20 79 6f 75 0a ");
        assertThat(client.exitCode()).isZero();
        assertThat(listener.exitCode()).isZero();
    }

    @Test
    void filesAreCopiedUnchanged(@TempDir Path folder) throws Exception {
        byte[] bytes = new byte[FILE];
        new Random(1).nextBytes(bytes);
        Path empty = Files.createFile(folder.resolve("empty"));
        Path sent = Files.write(folder.resolve("sent"), bytes);
        Path received = folder.resolve("received");
        NpcatProcess listener =
                awaitListening(owned(NpcatProcess.startWithFiles("listener", empty, received, "-l", name)));
        NpcatProcess client = owned(NpcatProcess.startWithFiles("client", sent, folder.resolve("nothing"), "-q", name));

        assertThat(client.exitCode()).isZero();
        assertThat(listener.exitCode()).isZero();
        assertThat(received).hasBinaryContent(bytes);
        assertThat(folder.resolve("nothing")).isEmptyFile();
    }

    @Test
    void killedProcessEndsOnlyItsConnection() throws Exception {
        NpcatProcess listener = listen("-k");
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

        listener.kill();
        assertThat(receiver.exitCode()).isZero();
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
    void listenerOfManyClientsEndsWithItsInput() throws Exception {
        NpcatProcess listener = listen("-k", "-q");
        NpcatProcess first = connect();
        listener.type("to the first\n");
        first.awaitLine("to the first");
        NpcatProcess second = connect();
        second.type("connected\n");
        listener.awaitLine("connected");
        listener.type("to both\n");
        first.awaitLine("to both");
        second.awaitLine("to both");
        listener.input().close();

        assertThat(listener.exitCode()).isZero();
        assertThat(first.exitCode()).isZero();
        assertThat(second.exitCode()).isZero();
    }

    @Test
    void refusesDigitsThatAreNotHexadecimal() throws Exception {
        NpcatProcess listener = listen();
        NpcatProcess client = connect("--hex-input");
        client.type("6f 6b 0a\nnot digits\n");

        listener.awaitLine("ok");
        client.awaitError("npcat: standard input: not pairs of hexadecimal digits: notdigits");
        assertThat(client.exitCode()).isEqualTo(3);
        assertThat(listener.exitCode()).isZero();
    }

    @Test
    void halfCloseEndsOneDirection() throws Exception {
        NpcatProcess listener = listen("--half-close");
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
        NpcatProcess listener = listen("--half-close");
        NpcatProcess client = connect("--message", "--half-close");
        client.type("one\n\n");

        listener.awaitLine("one");
        client.awaitError("npcat: standard input: an empty line cannot be sent");
        assertThat(client.exitCode()).isEqualTo(3);
        assertThat(listener.exitCode()).isZero();
    }

    @Test
    void whoOptionPrintsThePeer() throws Exception {
        NpcatProcess listener = listen("--who");
        NpcatProcess client = connect("--who", "--quit");
        client.input().close();

        listener.awaitError("npcat: connected with NamedPipePeer(process ");
        client.awaitError("npcat: connected with NamedPipePeer(process ");
        assertThat(client.exitCode()).isZero();
        assertThat(listener.exitCode()).isZero();
    }

    @Test
    void eachLineIsAMessage() throws Exception {
        NpcatProcess listener = listen("--message");
        NpcatProcess client = connect("--message", "--quit");
        listener.type("welcome\n\nagain\n");
        client.awaitLine("welcome");
        assertThat(client.awaitLine("")).isEmpty();
        client.awaitLine("again");

        client.type("x".repeat(1024 * 1024 + 1) + "\nshort\n");
        listener.awaitError("npcat: message exceeds MAX_MESSAGE_SIZE of 1048576 bytes");
        listener.awaitLine("short");
        client.input().close();
        assertThat(client.exitCode()).isZero();
        assertThat(listener.exitCode()).isEqualTo(1);
    }

    @Test
    void failsWithoutServer() throws Exception {
        NpcatProcess client = connect();

        assertThat(client.awaitError("npcat: ")).contains(name).contains("no server has this name");
        assertThat(client.exitCode()).isEqualTo(1);
    }

    @Test
    void refusesAWrongCommandLine() throws Exception {
        NpcatProcess wrong = connect("--bytes");

        wrong.awaitError("Unknown option: '--bytes'");
        assertThat(wrong.exitCode()).isEqualTo(2);
    }

    @Test
    void failsIfTheServerHasNoMessages() throws Exception {
        NpcatProcess listener = listen("-k");
        NpcatProcess client = connect("--message");

        assertThat(client.awaitError("npcat: ")).contains("SetNamedPipeHandleState", name);
        assertThat(client.exitCode()).isEqualTo(1);
        listener.kill();
    }
}
