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
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeMode;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.EventLoops;
import org.namedpipe.netty.examples.ExampleBehaviour;
import org.namedpipe.netty.examples.Replies;
import org.namedpipe.netty.examples.RunningExample;
import org.namedpipe.netty.examples.Transport;

/** What only pipes can do, so there is no such test over TCP. */
class MessageIT extends ExampleBehaviour {

    private static final String TOO_LONG =
            "\"refused: message exceeds MAX_MESSAGE_SIZE of 1000 bytes, and is dropped\"";

    MessageIT() {
        super(Transport.PIPE, "message");
    }

    @Test
    void theDemoSendsMessagesOfAllSizes() throws Exception {
        assertThat(demo())
                .contains("[client] \"hello\" -> \"olleh\"", "[client] \"\" -> \"\"")
                .containsSubsequence("[client] 1001 characters -> ", "[client] \"still here\" -> \"ereh llits\"")
                .contains("[client] 4 messages answered")
                .contains("[call] \"one shot\" -> \"tohs eno\"", "[call] \"\" -> \"\"")
                .doesNotContain("connection closed");
    }

    @Test
    void aMessageThatIsTooLongIsAnsweredTooAndHurtsNobody() throws Exception {
        try (RunningExample server = server("--clients=3", "--max-message=1000");
                EventLoops loops = new EventLoops(transport, 1)) {
            String name = nameOf(server);
            Replies replies = new Replies();
            Channel modest = connect(loops, name, replies);
            send(modest, (byte) 'o', (byte) 'k');
            assertThat(replies.next(2)).containsExactly('k', 'o');

            try (RunningExample client = client(name, "x".repeat(1000), "y".repeat(100_000), "z".repeat(1001), "")) {
                assertThat(client.exitCode()).as(client.output()).isZero();
                assertThat(client.output())
                        .containsSubsequence(
                                "1000 characters -> 1000 characters",
                                "100000 characters -> " + TOO_LONG,
                                "1001 characters -> " + TOO_LONG,
                                "\"\" -> \"\"");
            }
            Channel garbage = connect(loops, name, new ChannelInboundHandlerAdapter());
            send(garbage, (byte) 0xff);
            garbage.close().sync();

            send(modest, (byte) 'o', (byte) 'h');
            assertThat(replies.next(2)).containsExactly('h', 'o');
            modest.close().sync();
            assertThat(server.exitCode()).as(server.output()).isZero();
        }
    }

    @Test
    void aClientWhoseServerIsKilledSaysHowFarItCame() throws Exception {
        try (ChildProcess server = serverProcess();
                RunningExample client = client(nameOf(server), "--repeat=100000000")) {
            client.awaitLine(" messages answered");
            server.kill();

            assertThat(client.exitCode()).isEqualTo(1);
            assertThat(client.output())
                    .containsPattern(
                            "examples message client: java.io.IOException: no answer, [\\d,]+ messages answered");
        }
    }

    @Test
    void aClientThatIsKilledLeavesTheServerToOthers() throws Exception {
        try (RunningExample server = server("--clients=2");
                ChildProcess client = clientProcess(nameOf(server), "--repeat=100000000")) {
            client.awaitLine("\"hello\"", deadline());
            client.kill();

            try (RunningExample other = call(nameOf(server), "hello")) {
                assertThat(other.exitCode()).as(other.output()).isZero();
            }
            assertThat(server.exitCode()).as(server.output()).isZero();
        }
    }

    @Test
    void nobodyWaitsForEverForAnAnswer() throws Exception {
        try (EventLoops loops = new EventLoops(transport, 1)) {
            Channel silent = new ServerBootstrap()
                    .group(loops.group())
                    .channel(transport.serverChannel())
                    .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                    .childHandler(new Replies())
                    .bind(transport.address(transport.freshName()))
                    .sync()
                    .channel();
            try (RunningExample call = call(transport.nameOf(silent.localAddress()), "--timeout=500", "hello")) {
                assertThat(call.exitCode()).isEqualTo(1);
                assertThat(call.output()).contains("TimeoutException: no reply from ", " in 500 ms");
            }
            silent.close().sync();
        }
    }

    @Test
    void aServerOfBytesIsNoServerOfMessages() throws Exception {
        try (RunningExample server =
                        RunningExample.start("echo", "server", "--name=" + transport.freshName(), "--once");
                RunningExample client = client(server.awaitLine("echo server ready on "), "hello")) {
            assertThat(client.exitCode()).isEqualTo(1);
            assertThat(client.output()).contains("examples message client: ", "SetNamedPipeHandleState");
            assertThat(server.exitCode()).isZero();
        }
    }

    private static RunningExample call(String name, String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "message";
        arguments[1] = "call";
        arguments[2] = "--name=" + name;
        System.arraycopy(options, 0, arguments, 3, options.length);
        return RunningExample.start(arguments);
    }
}
