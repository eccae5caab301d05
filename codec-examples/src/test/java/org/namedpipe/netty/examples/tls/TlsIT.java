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
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.examples.AbstractExampleTest;
import org.namedpipe.netty.examples.ExampleProcess;

class TlsIT extends AbstractExampleTest {

    @TempDir
    private Path directory;

    @Test
    void demoAuthenticatesBothEnds() throws Exception {
        assertThat(demo("tls").lines())
                .anyMatch(line -> line.matches("\\[client] TLSv1.3, .*, server CN=server.example"))
                .contains("[server] client CN=client.example")
                .contains("[client] HELLO", "[client] GR\u00dcSSE", "[client] BYE")
                .noneMatch(line -> line.contains("connection closed"));
    }

    @Test
    void clientFailsWhenItsServerIsKilled() throws Exception {
        ExampleProcess server = tlsServer();
        ExampleProcess client = tlsClient(directory);
        client.type("hello\n");
        client.awaitLine("HELLO");
        server.kill();
        client.input().close();

        assertThat(client.exitCode()).isEqualTo(1);
    }

    @Test
    void serverOutlivesAKilledClient() throws Exception {
        tlsServer();
        ExampleProcess killed = tlsClient(directory);
        ExampleProcess other = tlsClient(directory);
        killed.type("hello\n");
        killed.awaitLine("HELLO");
        killed.kill();

        other.type("still here\n");
        other.awaitLine("STILL HERE");
        other.input().close();
        assertThat(other.exitCode()).isZero();
    }

    @Test
    void clientWithoutACertificateIsRefused() throws Exception {
        ExampleProcess server = tlsServer();
        SslContext anonymous = SslContextBuilder.forClient()
                .trustManager(directory.resolve("authority.pem").toFile())
                .build();
        Channel channel = connect(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel connection) {
                connection
                        .pipeline()
                        .addLast(anonymous.newHandler(connection.alloc(), Certificates.SERVER_NAME, -1))
                        .addLast(new IgnoreErrors());
            }
        });

        channel.closeFuture().sync();
        server.awaitLine("connection closed: ");
        assertThat(server.output()).doesNotContain("client CN=");
    }

    @Test
    void clientRefusesACertificateOfAnotherAuthority() throws Exception {
        tlsServer();
        Path other = directory.resolve("other");
        Certificates.create(other);
        ExampleProcess client = tlsClient(other);

        client.awaitLine("connection closed: ");
        client.input().close();
        assertThat(client.exitCode()).isEqualTo(1);
    }

    @Test
    void badBytesCloseOnlyTheirConnection() throws Exception {
        ExampleProcess server = tlsServer();
        ExampleProcess other = tlsClient(directory);
        other.type("first\n");
        other.awaitLine("FIRST");

        Channel garbage = connect(new IgnoreErrors());
        send(garbage, "GET / HTTP/1.1\r\n\r\n".chars().toArray());
        garbage.closeFuture().sync();
        server.awaitLine("NotSslRecordException");
        Channel truncated = connect(new IgnoreErrors());
        send(truncated, 22, 3, 1, 1, 0, 1);
        truncated.close().sync();
        ExampleProcess tooLong = tlsClient(directory);
        tooLong.type("x".repeat(9000) + "\n");
        server.awaitLine("TooLongFrameException");
        tooLong.input().close();
        assertThat(tooLong.exitCode()).isEqualTo(1);

        other.type("second\n");
        other.awaitLine("SECOND");
    }

    private ExampleProcess tlsServer() throws Exception {
        return server(TlsServer.class, directory.toString());
    }

    private ExampleProcess tlsClient(Path certificates) throws Exception {
        return client(TlsClient.class, certificates.toString());
    }

    private static final class IgnoreErrors extends ChannelInboundHandlerAdapter {

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
