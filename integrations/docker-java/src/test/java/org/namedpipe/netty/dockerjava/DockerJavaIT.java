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
package org.namedpipe.netty.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import example.DockerOverPipe;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.examples.AbstractExampleTest;
import org.namedpipe.netty.examples.ExampleProcess;
import org.namedpipe.netty.examples.RawHttp;
import org.namedpipe.netty.examples.docker.FakeEngine;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;

/** docker-java against the engine of the Docker example. */
class DockerJavaIT extends AbstractExampleTest {
    private static final int REQUESTS = 200;
    private static final int FRAME_HEADER = 8;
    private static final int BLOCK = 64 * 1024;
    private static final int STREAM_BYTES = 100_000_000;
    private static final int MEGABYTE = 1 << 20;

    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private @SuppressWarnings("NullAway.Init") NamedPipeDockerHttpClient http;
    private @SuppressWarnings("NullAway.Init") DockerClient docker;

    @BeforeEach
    void create() {
        http = NamedPipeDockerHttpClient.of(name);
        docker = DockerOverPipe.client(name);
    }

    @AfterEach
    void close() throws IOException {
        docker.close();
        http.close();
    }

    /** Collects the frames; completes with their end. */
    private final class Frames extends ResultCallback.Adapter<Frame> {
        @Override
        public void onNext(Frame frame) {
            frames.add(frame);
        }
    }

    private static String text(Frame frame) {
        return new String(frame.getPayload(), StandardCharsets.UTF_8).trim();
    }

    private static Request request(String path) {
        return Request.builder().method(Request.Method.GET).path(path).build();
    }

    @Test
    void theVersionAndTheContainersAreListed() throws Exception {
        server(FakeEngine.class);
        assertThat(docker.versionCmd().exec().getVersion()).isEqualTo("0-fake");
        assertThat(docker.listContainersCmd().exec())
                .extracting(container -> container.getNames()[0])
                .contains("/greeter", "/counter", "/upper-case");
        assertThatThrownBy(() -> docker.logContainerCmd("missing")
                        .withStdOut(true)
                        .exec(new Frames())
                        .awaitCompletion())
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("No such container: missing");
    }

    @Test
    void logsAreFollowedToTheirEnd() throws Exception {
        server(FakeEngine.class);
        docker.logContainerCmd("greeter")
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .exec(new Frames())
                .awaitCompletion();
        assertThat(frames).extracting(DockerJavaIT::text).containsExactly("hello 0", "hello 1", "an error", "hello 3");
        assertThat(frames).extracting(Frame::getStreamType).contains(StreamType.STDERR, StreamType.STDOUT);
    }

    @Test
    void attachedInputCanEndBeforeTheOutput() throws Exception {
        server(FakeEngine.class);
        PipedOutputStream input = new PipedOutputStream();
        ResultCallback.Adapter<Frame> attached = docker.attachContainerCmd("upper-case")
                .withStdIn(new PipedInputStream(input))
                .withStdOut(true)
                .withFollowStream(true)
                .exec(new Frames());
        input.write("first\n".getBytes(StandardCharsets.US_ASCII));
        input.flush();
        assertThat(text(Await.next(frames))).isEqualTo("FIRST");
        input.write("last\n".getBytes(StandardCharsets.US_ASCII));
        input.close();
        attached.awaitCompletion();
        assertThat(frames).extracting(DockerJavaIT::text).containsExactly("LAST", "11 bytes read");
    }

    @Test
    void twoHundredRequestsRunAtOnce() throws Exception {
        server(FakeEngine.class);
        ExecutorService threads = Executors.newFixedThreadPool(REQUESTS);
        List<Future<String>> versions = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            versions.add(threads.submit(() -> docker.versionCmd().exec().getVersion()));
        }
        for (Future<String> version : versions) {
            assertThat(version.get()).isEqualTo("0-fake");
        }
        threads.shutdown();
    }

    @Test
    void aHundredMegabytesOfAStreamAreRead() throws Exception {
        server(FakeEngine.class);
        try (Response response = http.execute(request("/containers/counter/logs"))) {
            assertThat(response.getStatusCode()).isEqualTo(200);
            assertThat(response.getHeader("content-type")).isEqualTo("application/vnd.docker.multiplexed-stream");
            InputStream body = new BufferedInputStream(response.getBody(), BLOCK);
            long next = 0;
            for (long read = 0; read < STREAM_BYTES; next++) {
                byte[] expected = ("number " + next + "\n").getBytes(StandardCharsets.US_ASCII);
                body.skipNBytes(FRAME_HEADER);
                // A fluent assertion for each of five million lines takes minutes.
                if (!Arrays.equals(body.readNBytes(expected.length), expected)) {
                    fail("line " + next + " is not the next one");
                }
                read += FRAME_HEADER + expected.length;
            }
        }
    }

    @Test
    void aKilledEngineIsAnError() throws Exception {
        ExampleProcess engine = server(FakeEngine.class);
        try (Response response = http.execute(request("/containers/counter/logs"))) {
            assertThat(response.getBody().readNBytes(1000)).hasSize(1000);
            engine.kill();
            assertThatThrownBy(() -> response.getBody().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aRequestThatCannotBeSentLeavesNoConnection() throws Exception {
        BlockingQueue<NamedPipeChannel> connections = new LinkedBlockingQueue<>();
        Channel engine = Boot.server(group(), connections)
                .bind(NamedPipeAddress.of(name))
                .sync()
                .channel();
        Request request = Request.builder()
                .method(Request.Method.GET)
                .path("/any")
                .putHeader("bad", "a\r\nb: c")
                .build();
        assertThatThrownBy(() -> http.execute(request)).isInstanceOf(IllegalArgumentException.class);
        Await.get(Await.next(connections).closeFuture());
        engine.close().sync();
    }

    @Test
    void anEngineThatDoesNotRunIsAnError() {
        assertThatThrownBy(() -> docker.pingCmd().exec())
                .isInstanceOf(UncheckedIOException.class)
                .hasStackTraceContaining("no server has this name");
    }

    @Test
    void anAnswerThatIsNotCompleteIsAnError() throws Exception {
        Channel engine = RawHttp.respond(group(), name, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nshort");
        try (Response response = http.execute(request("/any"))) {
            assertThatThrownBy(() -> response.getBody().readAllBytes())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("before the end of the response");
        }
        engine.close().sync();
    }

    @Test
    void anEngineThatDoesNotAnswerTimesOut() throws Exception {
        Channel engine =
                Boot.server(group()).bind(NamedPipeAddress.of(name)).sync().channel();
        assertThatThrownBy(() -> http.setResponseTimeout(Duration.ofMillis(100)).execute(request("/any")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("GET /any to \\\\.\\pipe\\" + name)
                .hasCauseInstanceOf(SocketTimeoutException.class);
        engine.close().sync();
    }

    /** The pipe holds a part of such a request. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEngineThatDoesNotReadTheRequestTimesOut(boolean chunked) throws Exception {
        Channel engine = Boot.server(group())
                .childOption(ChannelOption.AUTO_READ, false)
                .bind(NamedPipeAddress.of(name))
                .sync()
                .channel();
        byte[] body = new byte[MEGABYTE];
        Request.Builder request = Request.builder().method(Request.Method.POST).path("/any");
        request = chunked ? request.body(new ByteArrayInputStream(body)) : request.bodyBytes(body);
        Request upload = request.build();
        assertThatThrownBy(() -> http.setResponseTimeout(Duration.ofMillis(100)).execute(upload))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("POST /any to \\\\.\\pipe\\" + name)
                .cause()
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("the engine has not read the request within 100 ms");
        engine.close().sync();
    }

    @Test
    void addressesOfDockerHostAreAccepted() {
        NamedPipeDockerHttpClient.of(URI.create("npipe:////./pipe/docker_engine"))
                .close();
        NamedPipeDockerHttpClient.of("docker_engine").close();
        assertThatThrownBy(() -> NamedPipeDockerHttpClient.of("tcp://localhost:2375"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
