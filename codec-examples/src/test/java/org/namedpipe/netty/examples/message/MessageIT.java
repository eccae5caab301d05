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
package org.namedpipe.netty.examples.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeMode;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.examples.AbstractExampleTest;
import org.namedpipe.netty.examples.ExampleProcess;
import org.namedpipe.netty.examples.Replies;

class MessageIT extends AbstractExampleTest {

    @Test
    void demoSendsMessagesOfAllSizes() throws Exception {
        assertThat(demo("message"))
                .contains("[client] transaction: \"hello\" -> \"olleh\"", "[client] transaction: \"\" -> \"\"")
                .containsSubsequence(
                        "1001 characters -> \"refused: message exceeds MAX_MESSAGE_SIZE of 1000 bytes, and is dropped\"",
                        "[client] transaction: \"still here\" -> \"ereh llits\"")
                .contains("[client] call: \"one shot\" -> \"tohs eno\"", "[client] call: \"\" -> \"\"");
    }

    @Test
    void clientFailsWhenItsServerIsKilled() throws Exception {
        ExampleProcess server = server(MessageServer.class);
        ExampleProcess client = client(MessageClient.class, "100000000");
        client.awaitLine("\"ereh llits\"");
        server.kill();

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.output()).contains("Exception");
    }

    @Test
    void serverOutlivesAKilledClient() throws Exception {
        server(MessageServer.class);
        ExampleProcess client = client(MessageClient.class, "100000000");
        client.awaitLine("\"ereh llits\"");
        client.kill();

        assertThat(client(MessageClient.class).exitCode()).isZero();
    }

    @Test
    void clientFailsWithoutAnAnswerInTime() throws Exception {
        listen(NamedPipeMode.MESSAGE);
        ExampleProcess client = client(MessageClient.class);

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.output()).contains("TimeoutException: no reply from ", " in 10000 ms");
    }

    @Test
    void clientFailsIfTheServerSendsBytes() throws Exception {
        listen(NamedPipeMode.BYTE);
        ExampleProcess client = client(MessageClient.class);

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.output()).contains("SetNamedPipeHandleState");
    }

    /** Starts a server that never answers. */
    private void listen(NamedPipeMode mode) throws InterruptedException {
        Channel server = new ServerBootstrap()
                .group(group())
                .channel(NamedPipeServerChannel.class)
                .option(NamedPipeChannelOption.PIPE_MODE, mode)
                .childHandler(new Replies())
                .bind(NamedPipeAddress.of(name))
                .sync()
                .channel();
        assertThat(server.isActive()).isTrue();
    }
}
