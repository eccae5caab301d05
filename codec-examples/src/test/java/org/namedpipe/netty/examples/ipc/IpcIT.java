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
package org.namedpipe.netty.examples.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.examples.AbstractExampleTest;
import org.namedpipe.netty.examples.ExampleProcess;
import org.namedpipe.netty.examples.Replies;

class IpcIT extends AbstractExampleTest {

    @Test
    void demoPrintsEachState() throws Exception {
        String output = demo("ipc");

        assertThat(output).contains("[client] 3 texts answered", "[client] 60 texts answered");
        assertThat(linesOf("server", output))
                .containsSubsequence(" creating ", " created")
                .containsSubsequence(" connected", "reading \"hello\"", "writing \"HELLO\"", "reading \"\"", " closed")
                .contains(" written");
        assertThat(linesOf("client", output))
                .containsSubsequence(" connecting ", " connected", "writing \"hello\"", "reading \"HELLO\"")
                .containsSubsequence("writing \"\"", "reading \"\"", "reading \"GR\u00dcSSE\"", " closed")
                .contains(" written");
    }

    private static String linesOf(String role, String output) {
        return output.lines().filter(line -> line.startsWith("[" + role + "]")).collect(Collectors.joining("\n"));
    }

    @Test
    void clientWaitsForServer() throws Exception {
        ExampleProcess client = start("client", List.of("-Dattempts=1000"), IpcClient.class, name);
        client.awaitLine("attempt 1 of 1000 failed: ");
        server(IpcServer.class);

        assertThat(client.exitCode()).isZero();
    }

    @Test
    void clientFailsAfterItsLastAttempt() throws Exception {
        ExampleProcess client = start("client", List.of("-Dattempts=2"), IpcClient.class, name);

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.output()).contains("attempt 1 of 2 failed: ").contains("ConnectTimeoutException");
    }

    @Test
    void badFramesCloseOnlyTheirConnection() throws Exception {
        ExampleProcess server = server(IpcServer.class);
        Replies replies = new Replies();
        Channel other = connect(replies);
        send(other, 2, 0, 0, 0, 'o');

        assertClosedAfter(1, 0, 0x10, 0);
        server.awaitLine("TooLongFrameException");
        assertClosedAfter(0xFF, 0xFF, 0xFF, 0xFF);
        server.awaitLine("TooLongFrameException");
        assertClosedAfter(1, 0, 0, 0, 0xFF);
        server.awaitLine("MalformedInputException");

        send(other, 'k', 1, 0, 0, 0, ' ');
        assertThat(replies.next(11)).containsExactly(2, 0, 0, 0, 'O', 'K', 1, 0, 0, 0, ' ');
    }

    private void assertClosedAfter(int... wire) throws InterruptedException {
        Channel channel = connect(new ChannelInboundHandlerAdapter());
        send(channel, wire);
        channel.closeFuture().sync();
    }

    @Test
    void clientFailsWhenItsServerIsKilled() throws Exception {
        ExampleProcess server = server(IpcServer.class);
        ExampleProcess client = client(IpcClient.class, "100000000");
        client.awaitLine("reading \"HELLO\"");
        server.kill();

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.output()).containsPattern("the connection was closed after [\\d,]+ of 300,000,000 replies");
    }

    @Test
    void serverOutlivesAKilledClient() throws Exception {
        server(IpcServer.class);
        ExampleProcess client = client(IpcClient.class, "100000000");
        client.awaitLine("reading \"HELLO\"");
        client.kill();

        assertThat(client(IpcClient.class).exitCode()).isZero();
    }
}
