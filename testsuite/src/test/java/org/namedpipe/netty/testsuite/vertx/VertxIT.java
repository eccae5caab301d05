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
package org.namedpipe.netty.testsuite.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.vertx.NamedPipeTransport;

/** Runs servers and clients of the oldest Vert.x over pipes. {@code integrations/vertx} has the tests of the current one. */
class VertxIT {
    private static final int ROUNDS = 40;
    private static final int REQUESTS = 200;
    private static final int LARGE = 1 << 20;

    private final SocketAddress name =
            SocketAddress.domainSocketAddress(Names.fresh().path());
    private final TestLoops loops = new TestLoops(WindowsKernel.instance());
    private final Vertx vertx = start();

    /** Used until the end of the test: Vert.x closes the connections of a client that is garbage collected. */
    private final List<Object> clients = new ArrayList<>();

    private Vertx start() {
        return Vertx.builder()
                .with(new VertxOptions().setEventLoopPoolSize(2))
                .withTransport(NamedPipeTransport.of(loops.factory()))
                .build();
    }

    private <T> T keep(T client) {
        clients.add(client);
        return client;
    }

    @AfterEach
    void close() {
        await(vertx.close());
        loops.close();
    }

    private static <T> T await(Future<T> future) {
        return Await.join(future.toCompletionStage().toCompletableFuture());
    }

    @Test
    void bytesAreEchoed() {
        await(vertx.createNetServer()
                .connectHandler(socket -> socket.handler(socket::write).endHandler(end -> socket.end()))
                .listen(name));
        Buffer sent = Buffer.buffer(new byte[LARGE]);
        for (int i = 0; i < LARGE; i++) {
            sent.setByte(i, (byte) ((i * 31) >> 3));
        }
        Buffer received = Buffer.buffer();
        CompletableFuture<Void> all = new CompletableFuture<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        NetSocket socket = await(keep(vertx.createNetClient()).connect(name));
        socket.handler(bytes -> {
            received.appendBuffer(bytes);
            if (received.length() == LARGE) {
                all.complete(null);
            }
        });
        socket.closeHandler(end -> closed.complete(null));
        await(socket.write(sent));
        Await.join(all);
        assertThat(received).isEqualTo(sent);
        await(socket.close());
        Await.join(closed);
    }

    @Test
    void concurrentRequestsAreAnsweredOverOneConnectionAndOverMany() {
        AtomicInteger connections = new AtomicInteger();
        await(vertx.createHttpServer()
                .connectionHandler(connection -> connections.incrementAndGet())
                .requestHandler(VertxIT::echo)
                .listen(name));
        for (int pool : new int[] {1, 20}) {
            connections.set(0);
            HttpClientAgent client = keep(vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(pool)));
            List<Future<Buffer>> answers = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                answers.add(post(client, "request " + i));
            }
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(await(answers.get(i))).hasToString("request " + i);
            }
            assertThat(connections).hasValueBetween(1, pool);
            await(client.close());
        }
    }

    private static void echo(HttpServerRequest request) {
        request.body().onSuccess(body -> request.response().end(body));
    }

    private Future<Buffer> post(HttpClientAgent client, String body) {
        RequestOptions options = new RequestOptions()
                .setServer(name)
                .setHost("localhost")
                .setMethod(HttpMethod.POST)
                .setURI("/");
        return client.request(options)
                .compose((HttpClientRequest request) -> request.send(body))
                .compose(HttpClientResponse::body);
    }

    /**
     * Repeats {@code Http1xTLSSendFileTest.testSendFileFailsWhenClientClosesConnection} of Vert.x. The server sends
     * session tickets to a client that has closed.
     */
    @Test
    void requestArrivesIfItsClientClosesImmediately() throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        CountDownLatch closed = new CountDownLatch(ROUNDS);
        AtomicInteger requests = new AtomicInteger();
        HttpServerOptions tls = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(KeyCertOptions.wrap(certificate.toKeyManagerFactory()));
        await(vertx.createHttpServer(tls)
                .connectionHandler(connection -> connection.closeHandler(end -> closed.countDown()))
                .requestHandler(request -> requests.incrementAndGet())
                .listen(name));
        NetClient client = keep(vertx.createNetClient(
                new NetClientOptions().setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm("")));
        for (int i = 0; i < ROUNDS; i++) {
            NetSocket socket = await(client.connect(name));
            Future<Void> written = socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Future<Void> ended = socket.close();
            await(written);
            await(ended);
        }
        Await.done(closed);
        assertThat(requests).hasValue(ROUNDS);
    }
}
