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
import io.netty.resolver.NoopAddressResolverGroup;
import java.io.PrintWriter;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import reactor.core.publisher.Flux;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** {@code reactor client}: exits with 0 if all answers came whole. */
@Command(
        name = "client",
        description = "Get a greeting, post, read a stream, use a WebSocket; or only read a long stream.")
final class ReactorClient implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Option(names = "--count", paramLabel = "N", description = "Only read a stream of N numbers.")
    private @Nullable Integer count;

    @Override
    public Integer call() {
        CommandLine command = spec.commandLine();
        SocketAddress address = endpoint.address(command);
        endpoint.endWithParent();

        ConnectionProvider connections = ConnectionProvider.create("example", 1);
        try (EventLoops loops = new EventLoops(endpoint.transport(), 1)) {
            HttpClient client = HttpClient.create(connections)
                    .runOn(new TransportLoops(endpoint.transport(), loops.group()))
                    .remoteAddress(() -> address)
                    .resolver(NoopAddressResolverGroup.INSTANCE) // there is no host to look up
                    .option(ChannelOption.TCP_NODELAY, null) // only sockets have it
                    .disableRetry(true);
            if (count != null) {
                count(client, count);
            } else {
                everything(client);
            }
            connections.disposeLater().block();
        }
        return 0;
    }

    private void everything(HttpClient client) {
        PrintWriter out = spec.commandLine().getOut();
        String greeting =
                client.get().uri("/").responseContent().aggregate().asString().block();
        out.println("get: " + greeting);

        String shout = client.post()
                .uri("/shout")
                .send(ByteBufFlux.fromString(Flux.just("gr\u00fc\u00dfe ", "by post")))
                .responseContent()
                .aggregate()
                .asString()
                .block();
        out.println("post: " + shout);

        count(client, 3);

        List<String> echoes = client.websocket()
                .uri("/ws")
                .handle((in, websocket) -> websocket
                        .sendString(Flux.just("hello"))
                        .then()
                        .thenMany(in.receive().asString().take(1)))
                .collectList()
                .block();
        out.println("websocket: " + echoes);
    }

    private void count(HttpClient client, int last) {
        CommandLine command = spec.commandLine();
        AtomicLong numbers = new AtomicLong();
        long[] nextReport = {System.nanoTime() + TimeUnit.SECONDS.toNanos(1)};
        client.get()
                .uri("/count/" + last)
                .responseContent()
                .asString()
                .doOnNext(text -> {
                    numbers.addAndGet(text.chars().filter(c -> c == '\n').count());
                    if (System.nanoTime() - nextReport[0] > 0) {
                        command.getErr().printf(Locale.ROOT, "count: %,d of %,d numbers%n", numbers.get(), last);
                        nextReport[0] += TimeUnit.SECONDS.toNanos(1);
                    }
                })
                .then()
                .block();
        if (numbers.get() != last) {
            throw new IllegalStateException(numbers + " of " + last + " numbers came");
        }
        command.getOut().printf(Locale.ROOT, "stream: %,d numbers%n", last);
    }
}
