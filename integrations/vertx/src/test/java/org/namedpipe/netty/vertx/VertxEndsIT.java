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

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.TestProcess;
import org.namedpipe.netty.win32.WindowsException;

/** The end of a process with a server or a client. */
class VertxEndsIT extends AbstractVertxTest {
    private final HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(2));
    private final CompletableFuture<Future<Void>> response = new CompletableFuture<>();

    VertxEndsIT() {
        super(WindowsKernel.instance());
    }

    private static void kill(TestProcess process) {
        ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();
        handle.destroyForcibly();
        handle.onExit().join();
    }

    private void listen() {
        get(keep(vertx.createHttpServer()).requestHandler(this::answer).listen(name));
    }

    private void answer(HttpServerRequest request) {
        if (request.path().equals("/down")) {
            response.complete(
                    new Chunks(OtherProcess.ENDLESS).pipeTo(request.response().setChunked(true)));
        } else {
            request.body().onSuccess(request.response()::end);
        }
    }

    @Test
    void killedServerFailsAllRequestsAndItsNameIsFree() throws Exception {
        try (TestProcess server = TestProcess.start(OtherProcess.class, "server", name.path())) {
            assertThat(server.nextLine()).isEqualTo("listening");
            Future<HttpClientResponse> unanswered = get(client, "/never");
            CompletableFuture<Void> started = new CompletableFuture<>();
            Future<Void> cut = get(client, "/down").compose(stream -> {
                stream.handler(chunk -> started.complete(null));
                return stream.end();
            });
            Await.join(started);

            kill(server);

            assertThat(failure(cut)).isInstanceOf(HttpClosedException.class);
            assertThat(failure(unanswered)).isInstanceOf(HttpClosedException.class);
        }
        listen();
        assertThat(get(post(client, "again"))).hasToString("again");
    }

    @Test
    void bytesThatAKilledServerHasWrittenAreRead() throws Exception {
        try (TestProcess server = TestProcess.start(OtherProcess.class, "bytes", name.path())) {
            assertThat(server.nextLine()).isEqualTo("listening");
            Buffer received = Buffer.buffer();
            CompletableFuture<Void> ended = new CompletableFuture<>();
            var paused = connect().map(socket -> {
                socket.handler(received::appendBuffer);
                socket.endHandler(end -> ended.complete(null));
                return socket.pause();
            });
            assertThat(server.nextLine()).isEqualTo("written");

            kill(server);

            get(paused).resume();
            Await.join(ended);
            assertThat(received.length()).isEqualTo(OtherProcess.BYTES);
        }
    }

    @Test
    void killedClientFailsTheWritesToItAndNoOthers() throws Exception {
        listen();
        try (TestProcess peer = TestProcess.start(OtherProcess.class, "client", name.path())) {
            assertThat(peer.nextLine()).isEqualTo("streaming");

            kill(peer);

            assertThat(failure(Await.join(response)))
                    .isInstanceOfAny(HttpClosedException.class, WindowsException.class);
        }
        assertThat(get(post(client, "still here"))).hasToString("still here");
    }
}
