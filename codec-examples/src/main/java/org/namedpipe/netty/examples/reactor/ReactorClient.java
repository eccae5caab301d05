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
package org.namedpipe.netty.examples.reactor;

import java.time.Duration;
import java.util.List;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.reactor.NamedPipeLoopResources;
import reactor.core.publisher.Flux;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Gets a greeting, posts a text, reads a stream, and uses a WebSocket, with Reactor Netty.
 *
 * <p>Arguments: the name of the pipe, and how many numbers to read from the stream.
 */
public final class ReactorClient {

    private ReactorClient() {}

    public static void main(String[] args) {
        NamedPipeAddress address = NamedPipeAddress.of(args.length > 0 ? args[0] : ReactorServer.PIPE);
        int last = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;

        NamedPipeLoopResources pipes = NamedPipeLoopResources.create("pipes", 1, true);
        ConnectionProvider connections = ConnectionProvider.create("example", 1);
        HttpClient client =
                pipes.client(HttpClient.create(connections), address).disableRetry(true);
        try {
            String greeting = client.get()
                    .uri("/")
                    .responseContent()
                    .aggregate()
                    .asString()
                    .block();
            System.out.println("get: " + greeting);

            String reply = client.post()
                    .uri("/upper-case")
                    .send(ByteBufFlux.fromString(Flux.just("gr\u00fc\u00dfe ", "by post")))
                    .responseContent()
                    .aggregate()
                    .asString()
                    .block();
            System.out.println("post: " + reply);

            Long numbers = client.get()
                    .uri("/count/" + last)
                    .responseContent()
                    .asString()
                    .map(text -> text.chars().filter(c -> c == '\n').count())
                    .scan(0L, Long::sum)
                    .sample(Duration.ofSeconds(1)) // and the last one
                    .doOnNext(count -> System.out.println("stream: " + count + " of " + last + " numbers"))
                    .blockLast();
            if (numbers == null || numbers != last) {
                throw new IllegalStateException("the stream had " + numbers + " of " + last + " numbers");
            }

            List<String> echoes = client.websocket()
                    .uri("/ws")
                    .handle((in, webSocket) -> webSocket
                            .sendString(Flux.just("hello"))
                            .then()
                            .thenMany(in.receive().asString().take(1)))
                    .collectList()
                    .block();
            System.out.println("websocket: " + echoes);
        } finally {
            connections.disposeLater().block();
            pipes.dispose();
        }
    }
}
