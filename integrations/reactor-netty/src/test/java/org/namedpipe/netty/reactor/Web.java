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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import org.namedpipe.netty.NamedPipeAddress;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A web server: {@code /echo} returns the body, {@code /host} the {@code Host} header, {@code /down/N} is a stream of N
 * chunks, {@code /up} returns the checksum of the body, and {@code /redirect} redirects to {@code /host} of another host.
 */
final class Web {
    static final int CHUNK = 64 * 1024;

    private final CountDownLatch cut = new CountDownLatch(1);

    /** Counted down when a client has gone before the end of a stream. */
    CountDownLatch cut() {
        return cut;
    }

    DisposableServer start(NamedPipeLoopResources pipes, NamedPipeAddress address) {
        return pipes.server(HttpServer.create(), address)
                .route(routes -> routes.post(
                                "/echo",
                                (request, response) ->
                                        response.send(request.receive().retain()))
                        .get(
                                "/host",
                                (request, response) -> response.sendString(Mono.just(
                                        String.valueOf(request.requestHeaders().get("Host")))))
                        .get("/redirect", (request, response) -> response.sendRedirect("http://elsewhere:81/host"))
                        .get("/down/{count}", this::down)
                        .post("/up", Web::up))
                .bindNow();
    }

    private Publisher<Void> down(HttpServerRequest request, HttpServerResponse response) {
        request.withConnection(connection -> connection.channel().closeFuture().addListener(closed -> cut.countDown()));
        return response.send(chunks(Integer.parseInt(String.valueOf(request.param("count")))));
    }

    private static Publisher<Void> up(HttpServerRequest request, HttpServerResponse response) {
        return response.sendString(checksum(request.receive()).map(String::valueOf));
    }

    static Flux<ByteBuf> chunks(int count) {
        return Flux.range(0, count).map(number -> Unpooled.wrappedBuffer(chunk(number)));
    }

    static Mono<Long> checksum(Flux<ByteBuf> bytes) {
        return bytes.collect(CRC32::new, (sum, piece) -> sum.update(piece.nioBuffer()))
                .map(CRC32::getValue);
    }

    /** Returns the chunk with a number: the chunks of two numbers differ. */
    static byte[] chunk(int number) {
        byte[] chunk = new byte[CHUNK];
        for (int i = 0; i < CHUNK; i++) {
            chunk[i] = (byte) (number * 31 + (i >> 6));
        }
        chunk[0] = (byte) (number >> 8);
        chunk[1] = (byte) number;
        return chunk;
    }
}
