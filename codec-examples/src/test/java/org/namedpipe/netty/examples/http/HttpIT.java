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

import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.examples.AbstractExampleTest;
import org.namedpipe.netty.examples.ExampleProcess;
import org.namedpipe.netty.examples.RawHttp;
import org.namedpipe.netty.examples.Replies;

class HttpIT extends AbstractExampleTest {

    @TempDir
    private Path directory;

    @Test
    void demoDownloadsAFileAndUsesAWebSocket() throws Exception {
        assertThat(demo("http").lines())
                .contains("[client] /: complete, 16 bytes", "[client] /files/pom.xml: 100 %")
                .contains("[client] WebSocket open", "[client] hello", "[client] gr\u00fc\u00dfe")
                .contains("[client] WebSocket closed")
                .noneMatch(line -> line.contains("connection closed"));
    }

    @Test
    void downloadIsEqualToTheFile() throws Exception {
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);
        Path output = Files.createDirectory(directory.resolve("output"));
        Path file = Files.write(directory.resolve("file.bin"), content);
        server(HttpServer.class, directory.toString());

        ExampleProcess client = client(HttpClient.class, output.toString(), "/", "/files/file.bin", "/");

        assertThat(client.exitCode()).isZero();
        assertThat(client.output())
                .contains("/files/file.bin: complete, 3000000 bytes\n/: 100 %\n/: complete, 16 bytes");
        assertThat(Files.mismatch(file, output.resolve("file.bin"))).isEqualTo(-1);
    }

    @Test
    void clientFailsWithoutTheFile() throws Exception {
        server(HttpServer.class, directory.toString());
        ExampleProcess client = client(HttpClient.class, directory.toString(), "/files/missing");

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.output()).contains("GET /files/missing: 404 Not Found");
    }

    @Test
    void clientFailsWhenItsServerIsKilled() throws Exception {
        ExampleProcess server = server(HttpServer.class);
        ExampleProcess client = client(WebSocketClient.class);
        client.type("hello\n");
        client.awaitLine("hello");
        server.kill();

        client.awaitLine("WebSocket closed");
        client.input().close();
        assertThat(client.exitCode()).isEqualTo(1);
    }

    @Test
    void serverOutlivesAKilledClient() throws Exception {
        server(HttpServer.class);
        ExampleProcess killed = client(WebSocketClient.class);
        ExampleProcess other = client(WebSocketClient.class);
        killed.type("hello\n");
        killed.awaitLine("hello");
        killed.kill();

        other.type("still here\n");
        other.awaitLine("still here");
        other.input().close();
        assertThat(other.exitCode()).isZero();
    }

    @Test
    void badRequestsCloseOnlyTheirConnection() throws Exception {
        ExampleProcess server = server(HttpServer.class, directory.toString());
        Replies replies = new Replies();
        Channel other = connect(replies);
        send(other, ascii("GET / HTT"));

        assertThat(request("garbage\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(request("GET /" + "x".repeat(5000) + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 414 ");
        assertThat(request("GET / HTTP/1.1\r\nx: " + "x".repeat(9000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(request("GET / HTTP/1.1\r\nContent-Length: 70000\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(request("GET /files/../pom.xml HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ");
        RawHttp.abort(group(), name, "GET / HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf");
        server.awaitLine("connection closed: io.netty.handler.codec.PrematureChannelClosureException");

        ExampleProcess tooLong = client(WebSocketClient.class);
        tooLong.type("x".repeat(70_000) + "\n");
        server.awaitLine("CorruptedWebSocketFrameException: Max frame length of 65536 has been exceeded");
        tooLong.awaitLine("WebSocket closed");
        tooLong.input().close();
        assertThat(tooLong.exitCode()).isEqualTo(1);

        send(other, ascii("P/1.1\r\nConnection: close\r\n\r\n"));
        assertThat(replies.next(15)).isEqualTo("HTTP/1.1 200 OK".getBytes(StandardCharsets.US_ASCII));
        other.closeFuture().sync();
    }

    @Test
    void truncatedResponseIsAnError() throws Exception {
        Channel server = RawHttp.respond(group(), name, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfour");
        ExampleProcess client = client(HttpClient.class, directory.toString(), "/x");

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.output()).contains("GET /x: connection closed after 4 bytes");
        server.close().sync();
    }

    private String request(String text) throws InterruptedException {
        return RawHttp.request(group(), name, text);
    }

    private static int[] ascii(String text) {
        return text.chars().toArray();
    }
}
