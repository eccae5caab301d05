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
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.streams.ReadStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.internal.win32.Kernel;

/** HTTP/1.1 and HTTP/2 over pipes. */
abstract class AbstractVertxHttpTest extends AbstractVertxTest {
    private static final int REQUESTS = 200;
    /** The most bytes that a stream may have made and its reader not read: the buffers of both ends and of the pipe. */
    private static final long ON_THE_WAY = 8 << 20;

    private final AtomicInteger connections = new AtomicInteger();

    AbstractVertxHttpTest(Kernel kernel) {
        super(kernel);
    }

    /** Returns the length of the long streams. */
    abstract int megabytes();

    private HttpClient http2Client() {
        return keep(vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false),
                new PoolOptions().setHttp2MaxSize(1)));
    }

    private static HttpServerOptions serverOptions() {
        HttpServerOptions options = new HttpServerOptions();
        options.getInitialSettings().setMaxConcurrentStreams(REQUESTS);
        return options;
    }

    /** Sends {@link #REQUESTS} requests before it reads an answer, and returns the number of connections. */
    private int askAtOnce(HttpClient client, HttpVersion version) {
        List<Future<Buffer>> answers = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            answers.add(post(client, "request " + i));
        }
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(get(answers.get(i))).hasToString(version + " request " + i);
        }
        return connections.get();
    }

    private void listen() {
        get(keep(vertx.createHttpServer(serverOptions()))
                .connectionHandler(connection -> connections.incrementAndGet())
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
                .listen(name));
    }

    private static void answer(HttpServerRequest request, Buffer body) {
        request.response().end(request.version() + " " + body);
    }

    @Test
    void requestsAreAnsweredOverOneConnectionAndOverMany() {
        listen();
        assertThat(askAtOnce(keep(vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(1))), HttpVersion.HTTP_1_1))
                .isEqualTo(1);
        assertThat(askAtOnce(keep(vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(20))), HttpVersion.HTTP_1_1))
                .isBetween(2, 21);
    }

    @Test
    void twoHundredRequestsOfHttp2AreUnderWayAtOnce() {
        List<Runnable> answers = new ArrayList<>();
        get(keep(vertx.createHttpServer(serverOptions()))
                .connectionHandler(connection -> connections.incrementAndGet())
                .requestHandler(request -> request.body().onSuccess(body -> {
                    answers.add(() -> answer(request, body));
                    if (answers.size() == REQUESTS) {
                        answers.forEach(Runnable::run);
                    }
                }))
                .listen(name));

        assertThat(askAtOnce(http2Client(), HttpVersion.HTTP_2)).isEqualTo(1);
    }

    @Test
    void fileIsSent(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("file");
        byte[] content = Chunks.chunk(7);
        Files.write(file, content);
        get(keep(vertx.createHttpServer())
                .requestHandler(request -> request.response().sendFile(file.toString()))
                .listen(name));

        Future<Buffer> received = get(keep(vertx.createHttpClient()), "/").compose(HttpClientResponse::body);
        assertThat(get(received).getBytes()).isEqualTo(content);
    }

    /** Reads a stream from the moment at which its writer has no more room, and returns its checksum. */
    private static Future<Long> read(ReadStream<Buffer> stream, Chunks source, List<Long> onTheWay) {
        CRC32 sum = new CRC32();
        long[] received = {0};
        stream.handler(bytes -> {
            onTheWay.add(source.bytes() - received[0]);
            received[0] += bytes.length();
            sum.update(bytes.getBytes());
        });
        CompletableFuture<Long> result = new CompletableFuture<>();
        stream.exceptionHandler(result::completeExceptionally);
        stream.endHandler(end -> result.complete(sum.getValue()));
        source.stalled().thenRun(stream::resume);
        return Future.fromCompletionStage(result);
    }

    private void assertStreams(HttpClient client) {
        int count = megabytes() * (1 << 20) / Chunks.CHUNK;
        Chunks down = new Chunks(count);
        Chunks up = new Chunks(count);
        List<Long> onTheWay = new ArrayList<>();
        get(keep(vertx.createHttpServer())
                .requestHandler(request -> {
                    if (request.method().equals(HttpMethod.GET)) {
                        down.pipeTo(request.response().setChunked(true));
                    } else {
                        request.pause();
                        read(request, up, onTheWay)
                                .onSuccess(sum -> request.response().end(Long.toString(sum)));
                    }
                })
                .listen(name));

        Future<Long> received = get(client, "/").compose(response -> {
            response.pause();
            return read(response, down, onTheWay);
        });
        assertThat(get(received)).isEqualTo(Chunks.checksum(count));
        assertThat(onTheWay).allMatch(bytes -> bytes <= ON_THE_WAY);
        onTheWay.clear();

        Future<Buffer> answer = client.request(to(HttpMethod.POST, "/"))
                .compose(request -> {
                    up.pipeTo(request.setChunked(true));
                    return request.response();
                })
                .compose(HttpClientResponse::body);
        assertThat(get(answer)).hasToString(Long.toString(Chunks.checksum(count)));
        assertThat(onTheWay).allMatch(bytes -> bytes <= ON_THE_WAY);
    }

    @Test
    void longStreamsArriveAndWaitForTheirReader() {
        assertStreams(keep(vertx.createHttpClient()));
    }

    @Test
    void longStreamsOfHttp2ArriveAndWaitForTheirReader() {
        assertStreams(http2Client());
    }
}
