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

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Names;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Servers and clients of Reactor Netty over one pipe, whose threads end after each test. */
abstract class AbstractReactorNettyTest {
    static final int CHUNKS = 1600; // 100 MiB
    static final Duration LIMIT = Duration.ofMinutes(10);

    final NamedPipeAddress name = Names.fresh();
    final NamedPipeLoopResources pipes = NamedPipeLoopResources.create("pipes", 2, true);
    final ConnectionProvider connections = ConnectionProvider.builder("pipes")
            .maxConnections(20)
            .pendingAcquireMaxCount(200)
            .build();
    final Web web = new Web();

    @AfterEach
    void allThreadsEnd() {
        connections.disposeLater().block(LIMIT);
        pipes.disposeLater(Duration.ZERO, Duration.ofSeconds(10)).block(LIMIT);
        assertThat(pipes.isDisposed()).isTrue();
        Await.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("pipes")));
    }

    HttpClient client() {
        return pipes.client(HttpClient.create(connections), name);
    }

    static <T> T block(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(LIMIT));
    }

    static Mono<String> get(HttpClient client, String uri) {
        return client.get().uri(uri).responseContent().aggregate().asString();
    }

    static Mono<String> post(HttpClient client, String body) {
        return client.post()
                .uri("/echo")
                .send(ByteBufFlux.fromString(Mono.just(body)))
                .responseContent()
                .aggregate()
                .asString();
    }
}
