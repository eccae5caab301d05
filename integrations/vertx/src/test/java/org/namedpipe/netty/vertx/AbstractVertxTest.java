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
package org.namedpipe.netty.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.OpenHandles;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testkit.SimulatedKernel;

/** Instances of Vert.x over pipes. After each test they are closed, and nothing of the transport may be left. */
abstract class AbstractVertxTest {
    final NamedPipeAddress pipe = Names.fresh();
    final SocketAddress name = SocketAddress.domainSocketAddress(pipe.path());
    final Kernel kernel;
    final TestLoops loops;
    final NamedPipeTransport transport;
    final Vertx vertx;
    private final OpenHandles handles;
    private final List<Vertx> instances = new ArrayList<>();
    private final List<Object> kept = new ArrayList<>();

    AbstractVertxTest(Kernel kernel) {
        this.kernel = kernel;
        handles = new OpenHandles(kernel);
        loops = new TestLoops(handles.proxy());
        transport = NamedPipeTransport.of(loops.factory());
        vertx = start(transport);
    }

    @AfterEach
    void close() {
        instances.forEach(instance -> get(instance.close()));
        loops.close();
        assertThat(handles.openers()).isEmpty();
        if (kernel instanceof SimulatedKernel model) {
            model.assertAllGone();
        }
    }

    /** Returns an instance that is closed after the test. */
    final Vertx start(NamedPipeTransport pipes) {
        Vertx instance = Vertx.builder()
                .with(new VertxOptions().setEventLoopPoolSize(2))
                .withTransport(pipes)
                .build();
        instances.add(instance);
        return instance;
    }

    final NetClient netClient(Vertx instance, NetClientOptions options) {
        return keep(instance.createNetClient(options));
    }

    /** Keeps a client or a server: Vert.x would close its connections if it were garbage collected during the test. */
    final <T> T keep(T clientOrServer) {
        kept.add(clientOrServer);
        return clientOrServer;
    }

    final Future<NetSocket> connect() {
        return netClient(vertx, new NetClientOptions()).connect(name);
    }

    static <T> T get(Future<T> future) {
        return Await.join(future.toCompletionStage().toCompletableFuture());
    }

    static Throwable failure(Future<?> future) {
        return get(future.transform(result -> Future.succeededFuture(result.cause())));
    }

    /** Sends bytes, and returns as many. */
    static Buffer exchange(NetSocket socket, Buffer sent) {
        Buffer received = Buffer.buffer();
        CompletableFuture<Void> all = new CompletableFuture<>();
        socket.handler(bytes -> {
            received.appendBuffer(bytes);
            if (received.length() >= sent.length()) {
                all.complete(null);
            }
        });
        get(socket.write(sent));
        Await.join(all);
        return received;
    }

    static Buffer bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) ((i * 31) >> 3);
        }
        return Buffer.buffer(bytes);
    }

    static void echo(NetSocket socket) {
        socket.handler(socket::write);
    }

    RequestOptions to(HttpMethod method, String uri) {
        return new RequestOptions().setServer(name).setMethod(method).setURI(uri);
    }

    Future<Buffer> post(HttpClient client, String body) {
        return client.request(to(HttpMethod.POST, "/echo"))
                .compose((HttpClientRequest request) -> request.send(body))
                .compose(HttpClientResponse::body);
    }

    Future<HttpClientResponse> get(HttpClient client, String uri) {
        return client.request(to(HttpMethod.GET, uri)).compose(HttpClientRequest::send);
    }
}
