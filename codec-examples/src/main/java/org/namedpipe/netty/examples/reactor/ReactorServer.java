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

import io.netty.channel.ChannelOption;
import java.io.PrintWriter;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.namedpipe.netty.examples.ClientLimit;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** {@code reactor server}: serves until Ctrl+C or until it has served enough clients. */
@Command(
        name = "server",
        description =
                "Serve HTTP: / is a greeting, /count/N are N numbers, /shout answers what is posted to it in capital"
                        + " letters, /ws is a WebSocket that echoes.")
final class ReactorServer implements Callable<Integer> {

    private static final int LINES_IN_A_CHUNK = 1000;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Mixin
    private ClientLimit limit = new ClientLimit();

    @Override
    public Integer call() throws InterruptedException {
        SocketAddress address = endpoint.address(spec.commandLine());
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        endpoint.endWithParent();

        CountDownLatch enough = new CountDownLatch(1);
        Runnable gone = limit.whenGone(enough::countDown);
        try (EventLoops loops = new EventLoops(endpoint.transport(), 0)) {
            DisposableServer server = HttpServer.create()
                    .runOn(new TransportLoops(endpoint.transport(), loops.group()))
                    .bindAddress(() -> address)
                    .option(ChannelOption.SO_REUSEADDR, null) // only sockets have these two
                    .childOption(ChannelOption.TCP_NODELAY, null)
                    .doOnChannelInit(
                            (observer, channel, remote) -> channel.closeFuture().addListener(closed -> gone.run()))
                    .doOnConnection(connection -> connection
                            .onTerminate()
                            .subscribe(end -> {}, cause -> err.println("connection closed: " + cause)))
                    .route(routes -> routes.get(
                                    "/", (request, response) -> response.sendString(Mono.just("Hello from Reactor")))
                            .get("/count/{last}", ReactorServer::count)
                            .post("/shout", ReactorServer::shout)
                            .ws(
                                    "/ws",
                                    (in, websocket) ->
                                            websocket.sendString(in.receive().asString())))
                    .bindNow();
            // Not server.address(): it takes every address for one of the internet.
            endpoint.announce("reactor", server.channel().localAddress(), out);
            try {
                enough.await();
            } finally {
                server.disposeNow();
            }
        }
        out.println("reactor server stopped");
        return 0;
    }

    private static Publisher<Void> count(HttpServerRequest request, HttpServerResponse response) {
        try {
            int last = Integer.parseInt(String.valueOf(request.param("last")));
            return response.sendString(Flux.range(1, last)
                    .map(number -> number + "\n")
                    .buffer(LINES_IN_A_CHUNK)
                    .map(lines -> String.join("", lines)));
        } catch (IllegalArgumentException e) {
            return response.status(400).sendString(Mono.just("not a number"));
        }
    }

    private static Publisher<Void> shout(HttpServerRequest request, HttpServerResponse response) {
        return response.sendString(request.receive().asString().map(text -> text.toUpperCase(Locale.ROOT)));
    }
}
