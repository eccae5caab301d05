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
package org.namedpipe.netty.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.EventLoops;
import org.namedpipe.netty.examples.ExampleBehaviour;
import org.namedpipe.netty.examples.Replies;
import org.namedpipe.netty.examples.RunningExample;
import org.namedpipe.netty.examples.Transport;

/** What only pipes can do, so there is no such test over TCP. */
class ServiceIT extends ExampleBehaviour {

    private static final String NOBODY = "S-1-5-7";
    private static final String GREETING = "at your service\n";

    ServiceIT() {
        super(Transport.PIPE, "service");
    }

    @Test
    void theDemoServesOneAndTurnsAwayTheOthers() throws Exception {
        assertThat(demo())
                .containsPattern("\\[server] access list: O:S-1-[-\\d]+.*D:P\\(A;;.*\\)\\(A;;0x12019b;;;IU\\)")
                .containsPattern("\\[server] \\p{XDigit}+ accepted NamedPipePeer\\(process \\d+, ")
                .containsPattern("\\[client] connected to NamedPipePeer\\(process \\d+, ")
                .containsPattern("\\[client] whoami -> NamedPipePeer\\(process \\d+, session \\d+, user ")
                .contains(" -> read in your name", "[client] status -> 3 requests served")
                .contains("examples service client: org.namedpipe.netty.UntrustedServerException: ")
                .containsPattern("\\[server] \\p{XDigit}+ rejected NamedPipePeer\\(process \\d+, ")
                .contains("java.io.IOException: the service says: refused: you are no operator")
                .doesNotContain("connection closed");
    }

    @Test
    void filesAreReadInTheNameOfTheClient(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "first\nsecond\n");
        try (RunningExample server = server("--once", "--allow=S-1-5-32-545");
                RunningExample client = client(
                        nameOf(server),
                        "--trust=pid:" + ProcessHandle.current().pid(),
                        "read " + file,
                        "read " + directory.resolve("missing"),
                        "read :<>:",
                        "write",
                        "status")) {
            assertThat(client.exitCode()).as(client.output()).isZero();
            assertThat(client.output())
                    .contains("file -> first")
                    .contains("missing -> refused: java.nio.file.NoSuchFileException: ")
                    .contains("read :<>: -> refused: ", "write -> refused: no such request")
                    .containsPattern("status -> \\d+ requests served");
            assertThat(server.exitCode()).as(server.output()).isZero();
            assertThat(server.output()).contains("(A;;0x12019b;;;BU)");
        }
    }

    @Test
    void whoIsRejectedIsToldSoAndHurtsNobody() throws Exception {
        try (RunningExample server = server("--once", "--operator=" + NOBODY);
                EventLoops loops = new EventLoops(transport, 1)) {
            Replies farewell = new Replies();
            Channel stranger = connect(loops, nameOf(server), farewell);

            assertThat(farewell.next(29)).isEqualTo(ascii("refused: you are no operator\n"));
            stranger.closeFuture().sync();
            assertThat(server.exitCode()).as(server.output()).isZero();
            assertThat(server.output()).contains("rejected NamedPipePeer(").doesNotContain("connection closed");
        }
    }

    @Test
    void anAccountThatDoesNotExistIsNoAccessList() throws Exception {
        try (RunningExample server = server("--allow=no such account")) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output()).contains("IllegalArgumentException: no such account: 'no such account'");
        }
    }

    @Test
    void badRequestsEndTheirConnectionOnly() throws Exception {
        try (RunningExample server = server("--clients=3");
                EventLoops loops = new EventLoops(transport, 1)) {
            String name = nameOf(server);
            Replies replies = new Replies();
            Channel modest = connect(loops, name, replies);
            assertThat(replies.next(GREETING.length())).isEqualTo(ascii(GREETING));
            send(modest, ascii("sta"));

            Channel greedy = connect(loops, name, new ChannelInboundHandlerAdapter());
            send(greedy, ascii("x".repeat(2000)));
            greedy.closeFuture().sync();
            server.awaitLine("connection closed: io.netty.handler.codec.TooLongFrameException");
            Replies greeted = new Replies();
            Channel truncated = connect(loops, name, greeted);
            greeted.next(GREETING.length());
            send(truncated, ascii("whoa"));
            truncated.close().sync();
            server.awaitLine("the stream ended within a line, of which 4 bytes had come");

            send(modest, ascii("tus\n"));
            assertThat(replies.next(1)[0]).isBetween((byte) '1', (byte) '9');
            modest.close().sync();
            assertThat(server.exitCode()).as(server.output()).isZero();
        }
    }

    @Test
    void aClientWhoseServiceIsKilledSaysSo() throws Exception {
        try (ChildProcess server = serverProcess();
                RunningExample client = client(nameOf(server), "--repeat=100000000", "status")) {
            client.awaitLine("status -> ");
            server.kill();

            assertThat(client.exitCode()).isEqualTo(1);
            assertThat(client.output()).contains("examples service client: ");
        }
    }

    @Test
    void aClientThatIsKilledLeavesTheServiceToOthers() throws Exception {
        try (RunningExample server = server("--clients=2");
                ChildProcess client = clientProcess(nameOf(server), "--repeat=100000000", "whoami")) {
            client.awaitLine("whoami -> ", deadline());
            client.kill();

            try (RunningExample other = client(nameOf(server), "status")) {
                assertThat(other.exitCode()).as(other.output()).isZero();
            }
            assertThat(server.exitCode()).as(server.output()).isZero();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
