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
package hello;

import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.reactor.NamedPipeLoopResources;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

public class Hello {
    public static void main(String[] args) {
        NamedPipeLoopResources pipes = NamedPipeLoopResources.create("pipes");
        NamedPipeAddress address = NamedPipeAddress.of("hello-" + ProcessHandle.current().pid());
        DisposableServer server = pipes.server(HttpServer.create(), address)
                .route(routes -> routes.get("/", (request, response) -> response.sendString(Mono.just("hello")))).bindNow();
        HttpClient client = pipes.client(HttpClient.create(), address);
        System.out.println(client.get().uri("/").responseContent().aggregate().asString().block());
        server.disposeNow();
        pipes.disposeLater().block();
    }
}
