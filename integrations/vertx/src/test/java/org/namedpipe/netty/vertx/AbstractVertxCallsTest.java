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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.BindException;
import java.net.ConnectException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAccess;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.testing.Await;

/** Servers, clients, addresses and errors of the transport. */
abstract class AbstractVertxCallsTest extends AbstractVertxTest {
    private static final int BYTES = 1 << 20;

    AbstractVertxCallsTest(Kernel kernel) {
        super(kernel);
    }

    private void listen() {
        get(keep(vertx.createNetServer())
                .connectHandler(AbstractVertxTest::echo)
                .listen(name));
    }

    @Test
    void bytesAreEchoed() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        get(keep(vertx.createNetServer())
                .connectHandler(socket -> {
                    echo(socket);
                    socket.closeHandler(end -> closed.complete(null));
                })
                .listen(name));
        NetSocket socket = get(connect());

        assertThat(exchange(socket, bytes(BYTES))).isEqualTo(bytes(BYTES));

        get(socket.close());
        Await.join(closed);
    }

    @Test
    void pathMayHaveSlashes() {
        CompletableFuture<SocketAddress> local = new CompletableFuture<>();
        get(keep(vertx.createNetServer())
                .connectHandler(socket -> local.complete(socket.localAddress()))
                .listen(SocketAddress.domainSocketAddress(pipe.path().replace('\\', '/'))));

        NetSocket socket = get(netClient(vertx, new NetClientOptions())
                .connect(SocketAddress.domainSocketAddress(
                        "//./pipe/" + pipe.name().toUpperCase(Locale.ROOT))));

        assertThat(Await.join(local)).isEqualTo(name);
        assertThat(((NetSocketInternal) socket)
                        .channelHandlerContext()
                        .channel()
                        .remoteAddress())
                .isEqualTo(pipe);
    }

    @Test
    void instancesOfAVerticleShareTheConnections() {
        Set<Verticle> used = ConcurrentHashMap.newKeySet();
        get(vertx.deployVerticle(() -> new Verticle(name, used), new DeploymentOptions().setInstances(2)));

        for (int i = 0; i < 4; i++) {
            assertThat(exchange(get(connect()), bytes(10))).isEqualTo(bytes(10));
        }

        assertThat(used).hasSize(2);
    }

    private static final class Verticle extends AbstractVerticle {
        private final SocketAddress name;
        private final Set<Verticle> used;

        Verticle(SocketAddress name, Set<Verticle> used) {
            this.name = name;
            this.used = used;
        }

        @Override
        public void start(Promise<Void> started) {
            vertx.createNetServer()
                    .connectHandler(socket -> {
                        used.add(this);
                        echo(socket);
                    })
                    .listen(name)
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }

    @Test
    void timersAndBlockingTasksRun() {
        Future<String> done = vertx.timer(1).compose(none -> vertx.executeBlocking(() -> "done"));
        assertThat(get(done)).isEqualTo("done");
    }

    @Test
    void nameInUseIsABindException() {
        // Of another direction, because Wine ignores FILE_FLAG_FIRST_PIPE_INSTANCE.
        Vertx other = start(transport.withServerOption(NamedPipeChannelOption.PIPE_ACCESS, NamedPipeAccess.INBOUND));
        get(keep(other.createNetServer())
                .connectHandler(AbstractVertxTest::echo)
                .listen(name));

        assertThat(failure(keep(vertx.createNetServer())
                        .connectHandler(AbstractVertxTest::echo)
                        .listen(name)))
                .isInstanceOf(BindException.class)
                .hasMessageContaining(pipe.path());
        assertThat(failure(keep(vertx.createHttpServer())
                        .requestHandler(request -> {})
                        .listen(name)))
                .isInstanceOf(BindException.class)
                .hasMessageContaining(pipe.path());
    }

    @Test
    void missingPipeIsAConnectException() {
        assertThat(failure(connect())).isInstanceOf(ConnectException.class).hasMessageContaining(pipe.path());
        assertThat(failure(post(keep(vertx.createHttpClient()), "hello")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(pipe.path());
    }

    @Test
    void clientTriesAgainAsOftenAsItsOptionsSay() {
        Future<NetSocket> socket = netClient(
                        vertx, new NetClientOptions().setReconnectAttempts(-1).setReconnectInterval(1))
                .connect(name);
        listen();
        assertThat(exchange(get(socket), bytes(10))).isEqualTo(bytes(10));
    }

    @Test
    void tcpIsRefused() {
        String remedy = "SocketAddress.domainSocketAddress";
        assertThat(failure(keep(vertx.createNetServer())
                        .connectHandler(AbstractVertxTest::echo)
                        .listen(0, "127.0.0.1")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("cannot listen over TCP")
                .hasMessageContaining(remedy);
        assertThat(failure(keep(vertx.createHttpServer())
                        .requestHandler(request -> {})
                        .listen(0, "localhost")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(remedy);
        assertThat(failure(netClient(vertx, new NetClientOptions()).connect(1, "localhost")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("cannot connect over TCP")
                .hasMessageContaining(remedy);
        assertThat(failure(keep(vertx.createHttpClient()).request(HttpMethod.GET, 1, "localhost", "/")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(remedy);
    }

    @Test
    void udpIsRefusedAndNamesAreNotLookedUp() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> vertx.createDatagramSocket(new DatagramSocketOptions()))
                .withMessageContaining("UDP");
        assertThat(failure(((VertxInternal) vertx).nameResolver().resolve("nohost.invalid")))
                .hasStackTraceContaining("no UDP")
                .hasStackTraceContaining("without this transport");
        assertThat(failure(keep(vertx.createHttpClient()).request(HttpMethod.GET, 1, "nohost.invalid", "/")))
                .hasStackTraceContaining("without this transport");
        assertThat(get(((VertxInternal) vertx).nameResolver().resolve("localhost"))
                        .isLoopbackAddress())
                .isTrue();
    }

    @Test
    void anotherPathIsRefused() {
        SocketAddress unix = SocketAddress.domainSocketAddress("/tmp/orders");
        assertThat(failure(netClient(vertx, new NetClientOptions()).connect(unix)))
                .isInstanceOf(UnsupportedAddressTypeException.class)
                .hasMessageContaining("/tmp/orders");
        assertThat(failure(keep(vertx.createNetServer())
                        .connectHandler(AbstractVertxTest::echo)
                        .listen(unix)))
                .isInstanceOf(UnsupportedAddressTypeException.class)
                .hasMessageContaining("/tmp/orders");
        SocketAddress noName = SocketAddress.domainSocketAddress("//./pipe/");
        assertThat(failure(netClient(vertx, new NetClientOptions()).connect(noName)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(failure(keep(vertx.createNetServer())
                        .connectHandler(AbstractVertxTest::echo)
                        .listen(noName)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
