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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.EventLoops;
import org.namedpipe.netty.examples.ExampleBehaviour;
import org.namedpipe.netty.examples.Replies;
import org.namedpipe.netty.examples.RunningExample;
import org.namedpipe.netty.examples.Transport;

/** What the IPC example does over any transport. */
abstract class IpcBehaviour extends ExampleBehaviour {

    IpcBehaviour(Transport transport) {
        super(transport, "ipc");
    }

    @Test
    void theDemoTellsOfEachState() throws Exception {
        String output = demo();

        assertThat(output)
                .contains("[server] ", " creating ", " created ", "[server] ipc server stopped")
                .contains("[client] 3 of 3 messages answered", "[client] 20 of 20 messages answered")
                .doesNotContain("connection closed");
        assertThat(linesOf("client", output))
                .containsSubsequence(" connecting ", " connected ", "writing \"hello\"", "reading \"HELLO\"")
                .containsSubsequence("writing \"\"", "reading \"\"", "reading \"GR\u00dcSSE\"", " closed")
                .contains(" flushed \"hello\"");
        assertThat(linesOf("server", output))
                .containsSubsequence(" connected ", "reading \"hello\"", "writing \"HELLO\"", "reading \"\"", " closed")
                .contains(" flushed \"HELLO\"");
    }

    private static String linesOf(String role, String output) {
        return output.lines().filter(line -> line.startsWith("[" + role + "]")).collect(Collectors.joining("\n"));
    }

    @Test
    @Tag("kill")
    void aClientWhoseServerIsKilledSaysHowFarItCame() throws Exception {
        try (ChildProcess server = serverProcess("--quiet");
                RunningExample client = client(nameOf(server), "--quiet", "--repeat=100000000")) {
            client.awaitLine(" of 100,000,000 messages");
            server.kill();

            assertThat(client.exitCode()).isEqualTo(1);
            assertThat(client.output()).contains("examples ipc client: ", " of 100,000,000 messages answered");
        }
    }

    @Test
    @Tag("kill")
    void aClientThatIsKilledLeavesTheServerToOthers() throws Exception {
        try (RunningExample server = server("--clients=2", "--quiet");
                ChildProcess client = clientProcess(nameOf(server), "--quiet", "--repeat=100000000")) {
            client.awaitLine("", deadline());
            client.kill();

            try (RunningExample other = client(nameOf(server), "one", "two")) {
                assertThat(other.exitCode()).as(other.output()).isZero();
            }
            assertThat(server.exitCode()).as(server.output()).isZero();
        }
    }

    @Test
    void badFramesEndTheirConnectionOnly() throws Exception {
        try (RunningExample server = server("--clients=6", "--max-message=100");
                EventLoops loops = new EventLoops(transport, 1)) {
            String name = nameOf(server);
            Replies replies = new Replies();
            Channel modest = connect(loops, name, replies);
            send(modest, new byte[] {2, 0, 0, 0, 'o'});

            hangsUpOn(loops, name, 101, 0, 0, 0);
            server.awaitLine("connection closed: io.netty.handler.codec.TooLongFrameException: Adjusted frame length");
            hangsUpOn(loops, name, -1, -1, -1, -1);
            server.awaitLine("exceeds 104: 4294967299");
            hangsUpOn(loops, name, 1, 0, 0, 0, 0xFF);
            server.awaitLine("a frame of 1 bytes is not UTF-8");
            Channel truncated = connect(loops, name, new ChannelInboundHandlerAdapter());
            send(truncated, new byte[] {5, 0, 0, 0, 'h', 'e'});
            truncated.close().sync();
            server.awaitLine("the stream ended within a frame, of which 6 bytes had come");

            send(modest, (byte) 'k');
            assertThat(replies.next(6)).containsExactly(2, 0, 0, 0, 'O', 'K');
            modest.close().sync();
            try (RunningExample last = client(name, "--max-message=100", "x".repeat(101))) {
                assertThat(last.exitCode()).isEqualTo(1);
                assertThat(last.output()).contains("a message of 101 bytes, allowed are 100");
            }
            assertThat(server.exitCode()).as(server.output()).isZero();
        }
    }

    private void hangsUpOn(EventLoops loops, String name, int... wire) throws InterruptedException {
        Channel garbage = connect(loops, name, new ChannelInboundHandlerAdapter());
        byte[] bytes = new byte[wire.length];
        for (int i = 0; i < wire.length; i++) {
            bytes[i] = (byte) wire[i];
        }
        send(garbage, bytes);
        garbage.closeFuture().sync();
    }
}
