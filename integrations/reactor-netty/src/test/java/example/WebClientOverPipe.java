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
import reactor.netty.http.client.HttpClient;

/** A client of Spring over a pipe, as it is in {@code docs/swap-guide.md}. */
final class WebClientOverPipe {
    private WebClientOverPipe() {}

    static WebClient client(NamedPipeLoopResources pipes, String name) {
        HttpClient client = pipes.client(HttpClient.create(), NamedPipeAddress.of(name));
        WebClient webClient = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(client))
                .baseUrl("http://localhost")
                .build();
        return webClient;
    }
}
