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

import java.util.Locale;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.reactor.NamedPipeLoopResources;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Serves HTTP with Reactor Netty: {@code /} is a greeting, {@code /count/N} is a stream of N numbers, {@code /upper-case}
 * returns the posted text in capital letters, and {@code /ws} is a WebSocket that echoes.
 *
 * <p>Argument: the name of the pipe.
 */
public final class ReactorServer {

    static final String PIPE = "netty-reactor";

    private static final int LINES_IN_A_CHUNK = 1000;

    private ReactorServer() {}

    public static void main(String[] args) {
        NamedPipeAddress address = NamedPipeAddress.of(args.length > 0 ? args[0] : PIPE);

        NamedPipeLoopResources pipes = NamedPipeLoopResources.create("pipes");
        try {
            DisposableServer server = pipes.server(HttpServer.create(), address)
                    .doOnConnection(connection -> connection
                            .onTerminate()
                            .subscribe(end -> {}, cause -> System.err.println("connection closed: " + cause)))
                    .route(routes -> routes.get(
                                    "/", (request, response) -> response.sendString(Mono.just("Hello from Reactor")))
                            .get("/count/{last}", ReactorServer::count)
                            .post("/upper-case", ReactorServer::upperCase)
                            .ws(
                                    "/ws",
                                    (in, webSocket) ->
                                            webSocket.sendString(in.receive().asString())))
                    .bindNow();
            // server.address() would cast the address to one of a socket.
            System.out.println("listening on " + server.channel().localAddress());
            server.onDispose().block();
        } finally {
            pipes.dispose();
        }
    }

    /** Makes numbers as fast as the client reads them. */
    private static Publisher<Void> count(HttpServerRequest request, HttpServerResponse response) {
        int last;
        try {
            last = Integer.parseUnsignedInt(String.valueOf(request.param("last")));
        } catch (NumberFormatException e) {
            return response.status(400).sendString(Mono.just("not a number"));
        }
        return response.sendString(Flux.range(1, last)
                .map(number -> number + "\n")
                .buffer(LINES_IN_A_CHUNK)
                .map(lines -> String.join("", lines)));
    }

    private static Publisher<Void> upperCase(HttpServerRequest request, HttpServerResponse response) {
        return response.sendString(request.receive().asString().map(text -> text.toUpperCase(Locale.ROOT)));
    }
}
