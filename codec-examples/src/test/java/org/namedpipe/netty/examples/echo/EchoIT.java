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
package org.namedpipe.netty.examples.echo;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.examples.AbstractExampleTest;
import org.namedpipe.netty.examples.ExampleProcess;
import org.namedpipe.netty.examples.Replies;

class EchoIT extends AbstractExampleTest {

    @Test
    void demoEchoesTenThousandFrames() throws Exception {
        assertThat(demo("echo").lines()).contains("[client] 10,000 frames echoed, every byte compared");
    }

    @Test
    void clientsDoNotDisturbEachOther() throws Exception {
        server(EchoServer.class);
        List<ExampleProcess> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(client(EchoClient.class, "200"));
        }
        for (ExampleProcess client : clients) {
            assertThat(client.exitCode()).isZero();
            assertThat(client.output()).contains("200 frames echoed, every byte compared");
        }
    }

    @Test
    void tooLongFrameClosesOnlyItsConnection() throws Exception {
        ExampleProcess server = server(EchoServer.class);
        Replies replies = new Replies();
        Channel other = connect(replies);
        send(other, 0, 0, 0, 2, 'o');

        Channel tooLong = connect(new ChannelInboundHandlerAdapter());
        send(tooLong, 0, 1, 0, 1);
        tooLong.closeFuture().sync();
        server.awaitLine("TooLongFrameException");

        send(other, 'k');
        assertThat(replies.next(6)).containsExactly(0, 0, 0, 2, 'o', 'k');
    }

    @Test
    void clientFailsWithoutServer() throws Exception {
        ExampleProcess client = client(EchoClient.class);

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.output()).contains("ConnectException");
    }

    @Test
    void clientFailsWhenItsServerIsKilled() throws Exception {
        ExampleProcess server = server(EchoServer.class);
        ExampleProcess client = client(EchoClient.class, "1000000000");
        client.awaitLine(" of 1,000,000,000 frames");
        server.kill();

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.output()).contains("the connection was closed after ");
    }

    @Test
    void serverOutlivesAKilledClient() throws Exception {
        server(EchoServer.class);
        ExampleProcess client = client(EchoClient.class, "1000000000");
        client.awaitLine(" of 1,000,000,000 frames");
        client.kill();

        assertThat(client(EchoClient.class, "10").exitCode()).isZero();
    }

    @Test
    void nameIsFreeAfterTheServerIsKilled() throws Exception {
        server(EchoServer.class).kill();
        server(EchoServer.class);

        assertThat(client(EchoClient.class, "1").exitCode()).isZero();
    }
}
