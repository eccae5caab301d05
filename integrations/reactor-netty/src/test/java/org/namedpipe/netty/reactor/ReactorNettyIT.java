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
package org.namedpipe.netty.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAccess;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/** Servers and clients of Reactor Netty over real pipes. */
class ReactorNettyIT extends AbstractReactorNettyTest {
    @Test
    void everyHostIsThePipe() {
        DisposableServer server = web.start(pipes, name);
        assertThat(server.channel().localAddress()).isEqualTo(name);

        assertThat(post(client(), "hello").block(LIMIT)).isEqualTo("hello");
        assertThat(get(client(), "/host").block(LIMIT)).isEqualTo("localhost");
        assertThat(get(client(), "http://orders/host").block(LIMIT)).isEqualTo("orders");
        assertThat(get(client().followRedirect(true), "http://orders/redirect").block(LIMIT))
                .isEqualTo("elsewhere:81");
    }

    @Test
    void clientsOfTwoPipesShareAProviderButNoConnection() {
        web.start(pipes, name);
        NamedPipeAddress other = Names.fresh();
        pipes.server(HttpServer.create(), other)
                .handle((request, response) -> response.sendString(Mono.just("other")))
                .bindNow();
        HttpClient toOther = pipes.client(HttpClient.create(connections), other);

        for (int i = 0; i < 3; i++) {
            assertThat(get(client(), "http://orders/host").block(LIMIT)).isEqualTo("orders");
            assertThat(get(toOther, "http://orders/host").block(LIMIT)).isEqualTo("other");
        }
    }

    @Test
    void webClientOfSpringUsesThePipe() {
        web.start(pipes, name);
        WebClient.Builder builder = WebClient.builder().clientConnector(new ReactorClientHttpConnector(client()));

        assertThat(host(builder.build())).isEqualTo("localhost");
        assertThat(host(builder.baseUrl("http://orders").build())).isEqualTo("orders");
    }

    private static @Nullable String host(WebClient client) {
        return client.get().uri("/host").retrieve().bodyToMono(String.class).block(LIMIT);
    }

    @Test
    void twoHundredRequestsAtOnceAreAnswered() {
        web.start(pipes, name);

        List<String> answers = block(Flux.range(0, 200)
                .flatMapSequential(number -> post(client(), "request " + number), 200)
                .collectList());

        assertThat(answers).hasSize(200);
        for (int i = 0; i < 200; i++) {
            assertThat(answers.get(i)).isEqualTo("request " + i);
        }
    }

    @Test
    void streamOfOneHundredMegabytesArrivesInBothDirections() {
        web.start(pipes, name);
        CRC32 expected = new CRC32();
        for (int i = 0; i < CHUNKS; i++) {
            expected.update(Web.chunk(i));
        }

        assertThat(Web.checksum(client().get().uri("/down/" + CHUNKS).responseContent())
                        .block(LIMIT))
                .isEqualTo(expected.getValue());
        assertThat(client().post()
                        .uri("/up")
                        .send(Web.chunks(CHUNKS))
                        .responseContent()
                        .aggregate()
                        .asString()
                        .block(LIMIT))
                .isEqualTo(Long.toString(expected.getValue()));
    }

    @Test
    void tcpServerAndClientUseThePipe() {
        pipes.server(TcpServer.create(), name)
                .handle((in, out) -> out.send(in.receive().retain()))
                .bindNow();
        Connection client = pipes.client(TcpClient.create(connections), name).connectNow();
        client.outbound().sendString(Mono.just("hello")).then().block(LIMIT);

        assertThat(client.inbound().receive().asString().blockFirst(LIMIT)).isEqualTo("hello");
        assertThat(client.channel().remoteAddress()).isEqualTo(name);
        client.disposeNow();
    }

    @Test
    void eventLoopsOfTheUserAreUsedAndStay() {
        TestLoops loops = new TestLoops(WindowsKernel.instance());
        EventLoopGroup group = loops.group(2);
        NamedPipeLoopResources own = NamedPipeLoopResources.of(group);
        DisposableServer server = web.start(own, name);
        ConnectionProvider connection = ConnectionProvider.create("own", 1);
        HttpClient client = own.client(HttpClient.create(connection), name);
        assertThat(post(client, "hello").block(LIMIT)).isEqualTo("hello");

        connection.disposeLater().block(LIMIT);
        server.disposeNow();
        own.disposeLater().block(LIMIT);

        assertThat(own.isDisposed()).isFalse();
        assertThat(group.isShuttingDown()).isFalse();
        loops.close();
    }

    @Test
    void eventLoopsRefuseToBlock() {
        web.start(pipes, name);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> post(client(), "hello")
                        .map(answer -> post(client(), answer).block())
                        .block(LIMIT))
                .withMessageContaining("block");
    }

    @Test
    void nameInUseIsABindException() {
        // Of another direction, because Wine ignores FILE_FLAG_FIRST_PIPE_INSTANCE.
        pipes.server(HttpServer.create(), name)
                .option(NamedPipeChannelOption.PIPE_ACCESS, NamedPipeAccess.INBOUND)
                .bindNow();
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> web.start(pipes, name))
                .withCauseInstanceOf(BindException.class)
                .withStackTraceContaining(name.path());
    }

    @Test
    void missingPipeIsAnErrorThatNamesThePipe() {
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> get(client(), "http://orders/").block(LIMIT))
                .withCauseInstanceOf(IOException.class)
                .withStackTraceContaining(name.path());
    }
}
