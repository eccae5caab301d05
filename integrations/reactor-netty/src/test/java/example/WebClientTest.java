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
package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Runs the client over TCP. */
class WebClientTest {
    static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** Returns a server for both transports. */
    static HttpServer server() {
        return HttpServer.create()
                .route(routes -> routes.get("/", (request, response) -> response.sendString(Mono.just("hello"))));
    }

    static String get(WebClient client) {
        return client.get().uri("/").retrieve().bodyToMono(String.class).block(TIMEOUT);
    }

    @Test
    void clientOverTcpIsAnswered() {
        DisposableServer server = server().host("127.0.0.1").port(0).bindNow();
        assertEquals("hello", get(WebClientOverTcp.client(server.port())));
        server.disposeNow();
    }
}
