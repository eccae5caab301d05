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

import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.reactor.NamedPipeLoopResources;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** The program of {@code docs/integrations.md}, in two parts. */
final class HelloReactor {
    private HelloReactor() {}

    /** Returns the answers of both clients. */
    static String run() {
        NamedPipeLoopResources pipes = NamedPipeLoopResources.create("pipes");
        DisposableServer server = pipes.server(HttpServer.create(), NamedPipeAddress.of("orders"))
                .route(routes -> routes.get("/", (request, response) -> response.sendString(Mono.just("hello"))))
                .bindNow();
        HttpClient client = pipes.client(HttpClient.create(), NamedPipeAddress.of("orders"));
        String answer =
                client.get().uri("/").responseContent().aggregate().asString().block();

        WebClient webClient = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(client))
                .baseUrl("http://orders")
                .build();

        String second =
                webClient.get().uri("/").retrieve().bodyToMono(String.class).block();
        server.disposeNow();
        pipes.disposeLater().block();
        return answer + " " + second;
    }
}
