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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.examples.AbstractExampleTest;
import org.namedpipe.netty.examples.ExampleProcess;
import org.namedpipe.netty.examples.Replies;
import org.namedpipe.netty.examples.SilentClient;
import org.namedpipe.netty.examples.echo.EchoServer;

class ServiceIT extends AbstractExampleTest {

    private static final String ANONYMOUS_USER = "S-1-5-7";

    @Test
    void demoAnswersItsClient() throws Exception {
        assertThat(demo("service"))
                .containsPattern("\\[server] access list: O:S-1-[-\\d]+.*D:P\\(A;;.*\\)\\(A;;0x12019b;;;IU\\)")
                .contains("[server] accepted NamedPipePeer(process ", "[client] connected to NamedPipePeer(process ")
                .containsPattern("\\[client] whoami -> NamedPipePeer\\(process \\d+, session \\d+, user ")
                .contains("[client] read README.md -> # Examples");
    }

    @Test
    void answersRequestsWithTheRightsOfTheClient(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "first\nsecond\n");
        ExampleProcess server = start("server", List.of("-Dallow=S-1-5-32-545"), ServiceServer.class, name);
        server.awaitListening();
        assertThat(server.output()).contains("(A;;0x12019b;;;BU)");
        Replies replies = new Replies();
        Channel client = connect(replies);

        assertThat(replies.nextLine()).isEqualTo("ready");
        assertThat(answer(client, replies, "read " + file)).isEqualTo("first");
        assertThat(answer(client, replies, "read " + directory.resolve("missing")))
                .startsWith("refused: java.nio.file.NoSuchFileException: ");
        assertThat(answer(client, replies, "read :<>:")).startsWith("refused: ");
        assertThat(answer(client, replies, "write")).isEqualTo("refused: no such request");
        assertThat(answer(client, replies, "whoami\nwhoami"))
                .isEqualTo("refused: wait for the answer before the next request");
        assertThat(replies.nextLine())
                .startsWith("NamedPipePeer(process " + ProcessHandle.current().pid());
    }

    private static String answer(Channel client, Replies replies, String request) throws InterruptedException {
        send(client, (request + '\n').getBytes(StandardCharsets.UTF_8));
        return replies.nextLine();
    }

    @Test
    void rejectsAClientThatIsNotTheUserToServe() throws Exception {
        ExampleProcess server = server(ServiceServer.class, ANONYMOUS_USER);
        ExampleProcess client = client(ServiceClient.class);

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.output()).contains("IOException: refused: you may not use this service");
        server.awaitLine("rejected NamedPipePeer(process ");
    }

    @Test
    void clientDoesNotTrustTheServerOfAnotherUser() throws Exception {
        server(ServiceServer.class);
        ExampleProcess client = client(ServiceClient.class, "README.md", ANONYMOUS_USER);

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.output()).contains("NamedPipeUntrustedServerException");
    }

    @Test
    void unknownAccountFailsTheServer() throws Exception {
        ExampleProcess server = start("server", List.of("-Dallow=no such account"), ServiceServer.class, name);

        assertThat(server.exitCode()).isEqualTo(1);
        assertThat(server.output()).contains("IllegalArgumentException: no such account: 'no such account'");
    }

    @Test
    void tooLongLineClosesOnlyItsConnection() throws Exception {
        ExampleProcess server = server(ServiceServer.class);
        Replies replies = new Replies();
        Channel other = connect(replies);
        Channel tooLong = connect(new ChannelInboundHandlerAdapter());
        send(tooLong, "x".repeat(2000).getBytes(StandardCharsets.UTF_8));
        tooLong.closeFuture().sync();
        server.awaitLine("TooLongFrameException");

        assertThat(replies.nextLine()).isEqualTo("ready");
        assertThat(answer(other, replies, "status")).isEqualTo("refused: no such request");
    }

    @Test
    void clientFailsWhenItsServerIsKilled() throws Exception {
        // The echo server never sends "ready", so the client is waiting when the server is killed.
        ExampleProcess server = server(EchoServer.class);
        ExampleProcess client = client(ServiceClient.class);
        client.awaitLine("connected to ");
        server.kill();

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.output()).contains("the connection was closed before the answer to: [whoami, ");
    }

    @Test
    void serverOutlivesAKilledClient() throws Exception {
        server(ServiceServer.class);
        ExampleProcess client = client(SilentClient.class);
        client.awaitLine("connected");
        client.kill();

        assertThat(client(ServiceClient.class).exitCode()).isZero();
    }
}
