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
package org.namedpipe.netty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.EventLoops;
import org.namedpipe.netty.examples.ExampleBehaviour;
import org.namedpipe.netty.examples.Replies;
import org.namedpipe.netty.examples.RunningExample;
import org.namedpipe.netty.examples.Transport;

/** What the HTTP example does over any transport. */
abstract class HttpBehaviour extends ExampleBehaviour {

    HttpBehaviour(Transport transport) {
        super(transport, "http");
    }

    @Test
    void theDemoGetsEverythingByBothVersions() throws Exception {
        String output = demo("--size=3000000");

        assertThat(output.split("\\[client\\] /: 16 of 16 bytes", -1)).hasSize(3);
        assertThat(output.split("\\[client\\] /count/200000: 1,288,895 bytes", -1))
                .hasSizeGreaterThan(2);
        assertThat(output.split("\\[client\\] /files/random.bin: 3,000,000 of 3,000,000 bytes", -1))
                .hasSizeGreaterThan(2);
        assertThat(output)
                .contains(
                        "[websocket] echo: hello", "[websocket] echo: gr\u00fc\u00dfe", "[websocket] WebSocket closed")
                .doesNotContain("connection closed");
    }

    @Test
    @Tag("kill")
    void clientsWhoseServerIsKilledSayHowFarTheyCame() throws Exception {
        ChildProcess server = serverProcess();
        String name = nameOf(server);
        try (server;
                RunningExample client = client(name, "/count/999999999");
                RunningExample multiplexer = client(name, "--http2", "/count/999999999", "/count/999999998")) {
            client.awaitLine("/count/999999999: ");
            multiplexer.awaitLine("/count/999999998: ");
            server.kill();

            for (RunningExample left : List.of(client, multiplexer)) {
                assertThat(left.exitCode()).isEqualTo(1);
                assertThat(left.output()).contains("examples http client: ", "/count/999999999: ", " bytes, CRC ");
            }
        }
    }

    @Test
    @Tag("kill")
    void aClientThatIsKilledLeavesTheServerToOthers() throws Exception {
        try (RunningExample server = server("--clients=2");
                ChildProcess client = clientProcess(nameOf(server), "--http2", "/count/999999999")) {
            client.awaitLine("/count/", deadline());
            client.kill();

            try (RunningExample other = client(nameOf(server), "/")) {
                assertThat(other.exitCode()).as(other.output()).isZero();
            }
            assertThat(server.exitCode()).as(server.output()).isZero();
        }
    }

    @Test
    void badRequestsEndTheirConnectionOnly(@TempDir Path root) throws Exception {
        Files.writeString(root.resolve("page"), "content");
        try (RunningExample server = server("--clients=10", "--root=" + root);
                EventLoops loops = new EventLoops(transport, 1)) {
            String name = nameOf(server);
            Replies replies = new Replies();
            Channel modest = connect(loops, name, replies);
            send(modest, ascii("GET / HTT"));

            assertThat(answerTo(loops, name, "garbage\r\n\r\n")).startsWith("HTTP/1.1 400 ");
            assertThat(answerTo(loops, name, "GET /" + "x".repeat(5000) + " HTTP/1.1\r\n\r\n"))
                    .startsWith("HTTP/1.1 414 ");
            assertThat(answerTo(loops, name, "GET / HTTP/1.1\r\nx: " + "x".repeat(9000) + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 431 ");
            assertThat(answerTo(loops, name, "GET / HTTP/1.1\r\nContent-Length: 70000\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 413 ");
            assertThat(answerTo(loops, name, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nno frames at all"))
                    .doesNotContain("HTTP/1.1");
            assertThat(server.awaitLine("connection closed: io.netty.handler.codec.http2.Http2Exception"))
                    .isNotEmpty();
            assertThat(answerTo(loops, name, "GET /../pom.xml HTTP/1.1\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 404 ");

            Channel truncated = connect(loops, name, new ChannelInboundHandlerAdapter());
            send(truncated, ascii("GET /files/page HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf"));
            truncated.close().sync();
            server.awaitLine("connection closed: io.netty.handler.codec.PrematureChannelClosureException");
            try (RunningExample greedy = websocket(name, "x".repeat(70_000))) {
                assertThat(greedy.exitCode()).isEqualTo(1);
                assertThat(greedy.output()).contains("the server hung up after 0 of 1 echoes");
            }
            server.awaitLine("CorruptedWebSocketFrameException: Max frame length of 65536 has been exceeded");

            send(modest, ascii("P/1.1\r\nConnection: close\r\n\r\n"));
            assertThat(replies.next(15)).isEqualTo(ascii("HTTP/1.1 200 OK"));
            modest.closeFuture().sync();
            try (RunningExample missing = client(name, "--http2", "/files/page", "/files/missing")) {
                assertThat(missing.exitCode()).isEqualTo(1);
                assertThat(missing.output()).contains("GET /files/missing: 404 Not Found", "/files/page: 7 of 7 bytes");
            }
            assertThat(server.exitCode()).as(server.output()).isZero();
        }
    }

    @Test
    void aResponseThatIsCutShortIsAnError() throws Exception {
        try (EventLoops loops = new EventLoops(transport, 1)) {
            Channel server = listen(loops, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfour");
            try (RunningExample client = client(transport.nameOf(server.localAddress()), "/x")) {
                assertThat(client.exitCode()).isEqualTo(1);
                assertThat(client.output()).contains("the server hung up: /x: 4 of 10 bytes");
            }
            server.close().sync();
        }
    }

    private RunningExample websocket(String name, String text) {
        return RunningExample.start("http", "websocket", "--transport=" + transport, "--name=" + name, text);
    }

    private String answerTo(EventLoops loops, String name, String request) throws InterruptedException {
        StringBuilder answer = new StringBuilder();
        Channel channel = connect(loops, name, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object piece) {
                ByteBuf bytes = (ByteBuf) piece;
                answer.append(bytes.toString(StandardCharsets.US_ASCII));
                bytes.release();
            }
        });
        send(channel, ascii(request));
        channel.closeFuture().sync();
        return answer.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
