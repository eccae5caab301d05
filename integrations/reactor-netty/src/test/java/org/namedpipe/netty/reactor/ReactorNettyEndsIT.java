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

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.TestProcess;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.tcp.TcpServer;

/** The end of a server or a client of Reactor Netty. */
class ReactorNettyEndsIT extends AbstractReactorNettyTest {
    @Test
    void killedServerFailsTheRequestAndItsNameIsFree() throws Exception {
        Sinks.Empty<Void> started = Sinks.empty();
        try (TestProcess server = TestProcess.start(OtherProcess.class, "server", name.path())) {
            assertThat(server.nextLine()).isEqualTo("listening");
            var failure = download(started);
            started.asMono().block(LIMIT);

            kill(server);

            assertThat(failure.block(LIMIT)).isInstanceOf(PrematureCloseException.class);
        }
        web.start(pipes, name);
        assertThat(post(client(), "again").block(LIMIT)).isEqualTo("again");
    }

    /** Reads an endless stream, and returns its failure. {@code started} ends at the first chunk, or at the failure. */
    private Mono<Throwable> download(Sinks.Empty<Void> started) {
        Mono<Throwable> failure = client().get()
                .uri("/down/1000000")
                .responseContent()
                .doOnNext(chunk -> started.tryEmitEmpty())
                .then(Mono.<Throwable>empty())
                .onErrorResume(Mono::just)
                .doOnTerminate(started::tryEmitEmpty)
                .cache();
        failure.subscribe();
        return failure;
    }

    private static void kill(TestProcess process) {
        ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();
        handle.destroyForcibly();
        handle.onExit().join();
    }

    @Test
    void killedClientEndsItsConnectionOnly() throws Exception {
        web.start(pipes, name);
        try (TestProcess client = TestProcess.start(OtherProcess.class, "client", name.path())) {
            assertThat(client.nextLine()).isEqualTo("streaming");

            kill(client);

            Await.done(web.cut());
        }
        assertThat(post(client(), "still here").block(LIMIT)).isEqualTo("still here");
    }

    @Test
    void closedServerFailsTheRequest() {
        Sinks.One<Connection> accepted = Sinks.one();
        DisposableServer server = pipes.server(TcpServer.create(), name)
                .handle((in, out) -> out.sendString(Mono.just("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"))
                        .then(in.receive().then()))
                .doOnConnection(accepted::tryEmitValue)
                .bindNow();
        Sinks.Empty<Void> started = Sinks.empty();
        var failure = download(started);
        started.asMono().block(LIMIT);

        server.disposeNow();
        block(accepted.asMono()).dispose();

        assertThat(failure.block(LIMIT)).isInstanceOf(PrematureCloseException.class);
    }

    @Test
    void closedClientEndsTheResponse() throws Exception {
        web.start(pipes, name);

        block(client().get().uri("/down/1000000").responseContent().retain().next())
                .release();

        Await.done(web.cut());
    }
}
