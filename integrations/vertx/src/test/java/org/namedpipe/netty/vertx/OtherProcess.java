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

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/** The main class of a process that serves, or that reads a stream, until it is killed or its input ends. */
final class OtherProcess {
    /** As many as the pipe takes if nothing is read. */
    static final int BYTES = 50_000;

    static final int ENDLESS = Integer.MAX_VALUE;

    private OtherProcess() {}

    public static void main(String[] arguments) throws Exception {
        SocketAddress name = SocketAddress.domainSocketAddress(arguments[1]);
        Vertx vertx = Vertx.builder().withTransport(NamedPipeTransport.create()).build();
        Object running = switch (arguments[0]) {
            case "bytes" -> sendBytes(vertx, name);
            case "server" -> serve(vertx, name);
            default -> download(vertx, name);
        };
        while (System.in.read() >= 0) {
            // Waits for the end of the input.
        }
        Runtime.getRuntime().halt(running == null ? 1 : 0);
    }

    private static NetServer sendBytes(Vertx vertx, SocketAddress name) {
        NetServer server = vertx.createNetServer()
                .connectHandler(socket -> socket.write(Buffer.buffer(new byte[BYTES]))
                        .onSuccess(written -> System.out.println("written")));
        server.listen(name).onSuccess(listening -> System.out.println("listening"));
        return server;
    }

    /** Answers {@code /down} with an endless stream, and other requests never. */
    private static HttpServer serve(Vertx vertx, SocketAddress name) {
        HttpServer server = vertx.createHttpServer().requestHandler(request -> {
            if (request.path().equals("/down")) {
                new Chunks(ENDLESS).pipeTo(request.response().setChunked(true));
            }
        });
        server.listen(name).onSuccess(listening -> System.out.println("listening"));
        return server;
    }

    private static HttpClient download(Vertx vertx, SocketAddress name) {
        HttpClient client = vertx.createHttpClient();
        AtomicBoolean streaming = new AtomicBoolean();
        client.request(new RequestOptions().setServer(name).setURI("/down"))
                .compose(HttpClientRequest::send)
                .onSuccess(response -> response.handler(chunk -> {
                    if (!streaming.getAndSet(true)) {
                        System.out.println("streaming");
                    }
                }));
        return client;
    }
}
