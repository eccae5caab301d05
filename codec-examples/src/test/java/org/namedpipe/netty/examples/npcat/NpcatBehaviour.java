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
package org.namedpipe.netty.examples.npcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.ExampleBehaviour;
import org.namedpipe.netty.examples.RunningExample;
import org.namedpipe.netty.examples.Transport;

/** What npcat does over any transport. It reads standard input, so it always runs as a process of its own. */
abstract class NpcatBehaviour extends ExampleBehaviour {

    NpcatBehaviour(Transport transport) {
        super(transport, "npcat");
    }

    @Test
    void theDemoTypesIntoBothEnds() throws Exception {
        assertThat(demo())
                .contains("[connect] welcome")
                .contains("[listen] |00000000| 74 68 61 6e 6b 20 79 6f 75 0a")
                .doesNotContain("connection closed");
    }

    @Test
    @Tag("kill")
    void oneThatIsKilledEndsTheOtherWellAndNobodyElse() throws Exception {
        try (ChildProcess listener = npcat("listen", transport.freshName(), "--clients=2")) {
            String name = nameOf(listener);
            try (ChildProcess sender = npcat("connect", name);
                    ChildProcess receiver = npcat("connect", name)) {
                type(receiver, "connected\n");
                listener.awaitLine("connected", deadline());
                CompletableFuture<Void> typing = CompletableFuture.runAsync(() -> typeWhilePossible(sender));
                listener.awaitLine("line", deadline());
                sender.kill();
                typing.join();
                type(listener, "still here\n");
                receiver.awaitLine("still here", deadline());

                CompletableFuture<Void> typingMore = CompletableFuture.runAsync(() -> typeWhilePossible(receiver));
                listener.awaitLine("line", deadline());
                listener.kill();
                assertThat(receiver.exitCode(deadline())).isZero();
                typingMore.join();
            }
        }
    }

    @Test
    void whatIsNotHexadecimalIsRefused() throws Exception {
        try (ChildProcess listener = npcat("listen", transport.freshName(), "--once");
                ChildProcess client = npcat("connect", nameOf(listener), "--hex")) {
            type(client, "6f 6b 0a\nnot digits\n");

            listener.awaitLine("ok", deadline());
            client.awaitLine("npcat: standard input: java.lang.IllegalArgumentException", deadline());
            client.awaitSuccess(deadline());
            listener.awaitSuccess(deadline());
        }
    }

    @Test
    void theEndOfOneDirectionIsNotTheEndOfTheOther() throws Exception {
        try (ChildProcess listener = npcat("listen", transport.freshName(), "--once", "--half-close");
                ChildProcess client = npcat("connect", nameOf(listener), "--half-close")) {
            type(client, "first\n");
            listener.awaitLine("first", deadline());
            client.input().close();
            type(listener, "second\n");
            client.awaitLine("second", deadline());
            listener.input().close();

            client.awaitSuccess(deadline());
            listener.awaitSuccess(deadline());
        }
    }

    @Test
    void verboseOnesSayWhoIsThere() throws Exception {
        String peer =
                "npcat: connected with " + (transport == Transport.PIPE ? "NamedPipePeer(process " : "/127.0.0.1:");
        try (ChildProcess listener = npcat("listen", transport.freshName(), "--once", "-v");
                ChildProcess client = npcat("connect", nameOf(listener), "-v", "--quit")) {
            listener.awaitLine(peer, deadline());
            client.awaitLine(peer, deadline());
            client.input().close();
            client.awaitSuccess(deadline());
            listener.awaitSuccess(deadline());
        }
    }

    @Test
    void nobodyListens() throws Exception {
        String nobody = transport == Transport.PIPE ? transport.freshName() : "127.0.0.1:1";
        try (RunningExample client =
                RunningExample.start("npcat", "connect", "--transport=" + transport, "--name=" + nobody)) {
            assertThat(client.exitCode()).isEqualTo(1);
            assertThat(client.output()).contains("ConnectException");
        }
    }

    final ChildProcess npcat(String role, String name, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("npcat", role, "--transport=" + transport, "--name=" + name));
        arguments.addAll(List.of(options));
        return process(role, arguments);
    }

    static void type(ChildProcess process, String text) throws IOException {
        process.input().write(text.getBytes(StandardCharsets.UTF_8));
        process.input().flush();
    }

    private static void typeWhilePossible(ChildProcess process) {
        try (OutputStream input = process.input()) {
            while (true) {
                input.write("line\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
                input.flush();
            }
        } catch (IOException e) {
            // The process has ended.
        }
    }
}
