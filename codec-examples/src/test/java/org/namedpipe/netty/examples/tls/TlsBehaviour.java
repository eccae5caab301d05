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
package org.namedpipe.netty.examples.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.EventLoops;
import org.namedpipe.netty.examples.ExampleBehaviour;
import org.namedpipe.netty.examples.RunningExample;
import org.namedpipe.netty.examples.Transport;

/** What the TLS example does over any transport. */
abstract class TlsBehaviour extends ExampleBehaviour {

    @TempDir
    private Path directory;

    private String certificates;

    TlsBehaviour(Transport transport) {
        super(transport, "tls");
    }

    @BeforeEach
    void makeCertificates() throws Exception {
        try (RunningExample maker = RunningExample.start("tls", "certificates", directory.toString())) {
            assertThat(maker.exitCode()).as(maker.output()).isZero();
        }
        certificates = "--certificates=" + directory;
    }

    @Test
    void inTheDemoBothEndsKnowEachOther() throws Exception {
        assertThat(demo())
                .contains("[client] TLSv1.3, ", "server CN=server.example, protocol shout", "protocol echo")
                .contains("[server] client CN=client.example uses shout", "[server] client CN=client.example uses echo")
                .contains("[client] 2 of 2 messages answered", "[client] 200 of 200 messages answered")
                .doesNotContain("connection closed");
    }

    @Test
    @Tag("kill")
    void aClientWhoseServerIsKilledSaysHowFarItCame() throws Exception {
        try (ChildProcess server = serverProcess(certificates);
                RunningExample client = client(nameOf(server), certificates, "--repeat=100000000")) {
            client.awaitLine(" of 100,000,000 messages");
            server.kill();

            assertThat(client.exitCode()).isEqualTo(1);
            assertThat(client.output()).contains("examples tls client: ");
        }
    }

    @Test
    @Tag("kill")
    void aClientThatIsKilledLeavesTheServerToOthers() throws Exception {
        try (RunningExample server = server("--clients=2", certificates);
                ChildProcess client = clientProcess(nameOf(server), certificates, "--repeat=100000000")) {
            client.awaitLine("TLSv1.3", deadline());
            client.kill();

            try (RunningExample other = client(nameOf(server), certificates)) {
                assertThat(other.exitCode()).as(other.output()).isZero();
            }
            assertThat(server.exitCode()).as(server.output()).isZero();
        }
    }

    @Test
    void strangersAndGarbageHurtNobodyElse() throws Exception {
        try (RunningExample server = server("--clients=6", certificates);
                EventLoops loops = new EventLoops(transport, 1)) {
            String name = nameOf(server);
            try (RunningExample modest = client(name, certificates, "--repeat=100000000")) {
                modest.awaitLine(" of 100,000,000 messages");

                Channel garbage = connect(loops, name, new ChannelInboundHandlerAdapter());
                send(garbage, "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                garbage.closeFuture().sync();
                server.awaitLine("connection closed: io.netty.handler.ssl.NotSslRecordException");

                Channel truncated = connect(loops, name, new ChannelInboundHandlerAdapter());
                send(truncated, new byte[] {22, 3, 1, 1, 0, 1});
                truncated.close().sync();
                server.awaitLine("ClosedChannelException");

                refused(client(name, certificates, "--anonymous"));
                refused(client(name, certificates, "x".repeat(9000)));
                server.awaitLine("TooLongFrameException");
                refused(client(name, "--certificates=" + otherAuthority()));
                modest.awaitMore();
            }
            assertThat(server.exitCode()).as(server.output()).isZero();
        }
    }

    private static void refused(RunningExample client) throws Exception {
        try (client) {
            assertThat(client.exitCode()).isEqualTo(1);
            assertThat(client.output()).contains("examples tls client: ");
        }
    }

    private Path otherAuthority() throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        Certificates.create(other);
        return other;
    }
}
