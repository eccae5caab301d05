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

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.examples.AbstractExampleTest;
import org.namedpipe.netty.examples.ExampleProcess;
import org.namedpipe.netty.examples.docker.FakeEngine;
import org.namedpipe.netty.testing.Await;

/** Commands in containers of the engine of the Docker example. */
class DockerExecIT extends AbstractExampleTest {
    private static final int COMMANDS = 20;
    private static final int INPUT_BYTES = 5_000_000;

    private @SuppressWarnings("NullAway.Init") ExampleProcess engine;
    private @SuppressWarnings("NullAway.Init") DockerClient docker;

    @BeforeEach
    void create() throws Exception {
        engine = server(FakeEngine.class);
        DockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost("npipe:////./pipe/" + name)
                .build();
        docker = DockerClientImpl.getInstance(config, NamedPipeDockerHttpClient.of(config.getDockerHost()));
    }

    @AfterEach
    void close() throws IOException {
        docker.close();
    }

    private String command(String... command) {
        return docker.execCreateCmd("upper-case")
                .withCmd(command)
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
    }

    private Output start(String id, InputStream input) {
        return docker.execStartCmd(id).withStdIn(input).exec(new Output());
    }

    private InspectExecResponse inspect(String id) {
        return docker.inspectExecCmd(id).exec();
    }

    /** Collects the output of a command. docker-java uses the array of a frame again. */
    private static final class Output extends ResultCallback.Adapter<Frame> {
        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final StringBuilder printed = new StringBuilder();

        @Override
        public void onNext(Frame frame) {
            String text = new String(frame.getPayload(), StandardCharsets.US_ASCII);
            frames.add(text);
            if (frame.getStreamType() == StreamType.STDOUT) {
                printed.append(text);
            }
        }

        String next() throws InterruptedException {
            return Await.next(frames);
        }

        /** Returns what standard output has printed by its end. */
        String toEnd() throws InterruptedException {
            awaitCompletion();
            return printed.toString();
        }
    }

    @Test
    void theInputCanEndBeforeTheOutputAndTheExitCodeIsKnownThen() throws Exception {
        String id = command("upper-case", "7");
        assertThat(inspect(id).isRunning()).isFalse();
        assertThat(inspect(id).getExitCodeLong()).isNull();
        PipedOutputStream input = new PipedOutputStream();
        Output output = start(id, new PipedInputStream(input));
        input.write("first\n".getBytes(StandardCharsets.US_ASCII));
        input.flush();
        assertThat(output.next()).isEqualTo("FIRST\n");
        assertThat(inspect(id).isRunning()).isTrue();

        input.write("last\n".getBytes(StandardCharsets.US_ASCII));
        input.close();
        output.awaitCompletion();
        assertThat(output.next()).isEqualTo("LAST\n");
        assertThat(output.next()).isEqualTo("11 bytes read\n");
        assertThat(inspect(id).isRunning()).isFalse();
        assertThat(inspect(id).getExitCodeLong()).isEqualTo(7);
    }

    @Test
    void aCommandWithoutInputHasOutputAndAnUnknownOneIsAnError() throws Exception {
        String id = command("greet", "0");
        Output output = docker.execStartCmd(id).exec(new Output());
        assertThat(output.toEnd()).isEqualTo("hello from a command\n");
        assertThat(inspect(id).getExitCodeLong()).isZero();

        assertThatThrownBy(() -> start("0", InputStream.nullInputStream()).awaitCompletion())
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("No such exec instance: 0");
    }

    @Test
    void allOfALongInputIsReadAndAnswered() throws Exception {
        byte[] input = "0123456789abcdef".repeat(INPUT_BYTES / 16).getBytes(StandardCharsets.US_ASCII);
        Output output = start(command("upper-case", "0"), new ByteArrayInputStream(input));
        assertThat(output.toEnd()).isEqualTo("0123456789ABCDEF".repeat(INPUT_BYTES / 16));
    }

    @Test
    void commandsRunAtOnce() throws Exception {
        List<Output> outputs = new ArrayList<>();
        List<PipedOutputStream> inputs = new ArrayList<>();
        for (int i = 0; i < COMMANDS; i++) {
            PipedOutputStream input = new PipedOutputStream();
            inputs.add(input);
            outputs.add(start(command("upper-case", "0"), new PipedInputStream(input)));
        }
        for (int i = 0; i < COMMANDS; i++) {
            inputs.get(i).write(("input " + i).getBytes(StandardCharsets.US_ASCII));
            inputs.get(i).close();
        }
        for (int i = 0; i < COMMANDS; i++) {
            assertThat(outputs.get(i).toEnd()).isEqualTo("INPUT " + i);
        }
    }

    @Test
    void anEngineThatIsKilledDuringACommandIsAnError() throws Exception {
        PipedOutputStream input = new PipedOutputStream();
        Output output = start(command("upper-case", "0"), new PipedInputStream(input));
        input.write("first\n".getBytes(StandardCharsets.US_ASCII));
        input.flush();
        assertThat(output.next()).isEqualTo("FIRST\n");

        engine.kill();
        assertThatThrownBy(output::awaitCompletion)
                .hasStackTraceContaining("the engine has closed the connection before the end of the response");
        input.close();
    }
}
