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

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Runs a container on the engine that {@code DOCKER_HOST} names. The engine pulls the image if it does not have it: BusyBox for
 * Linux, Nano Server for Windows.
 */
@EnabledIfEnvironmentVariable(named = "DOCKER_HOST", matches = "npipe:.*")
class RealEngineIT {
    private final DockerClientConfig config =
            DefaultDockerClientConfig.createDefaultConfigBuilder().build();
    private final DockerClient docker =
            DockerClientImpl.getInstance(config, NamedPipeDockerHttpClient.of(config.getDockerHost()));
    private final boolean windows = "windows".equals(docker.infoCmd().exec().getOsType());
    private final String image = windows ? "mcr.microsoft.com/windows/nanoserver:ltsc2022" : "busybox:1.37";

    @AfterEach
    void close() throws IOException {
        docker.close();
    }

    /** Collects the text of all frames. */
    private static final class Output extends ResultCallback.Adapter<Frame> {
        private final StringBuilder text = new StringBuilder();

        @Override
        public synchronized void onNext(Frame frame) {
            text.append(new String(frame.getPayload(), StandardCharsets.US_ASCII));
        }

        synchronized String text() {
            return text.toString();
        }
    }

    private String start() throws InterruptedException {
        docker.pullImageCmd(image).start().awaitCompletion();
        String container = docker.createContainerCmd(image)
                .withCmd(windows ? "cmd" : "sh")
                .withStdinOpen(true)
                .exec()
                .getId();
        docker.startContainerCmd(container).exec();
        return container;
    }

    @Test
    void aCommandReadsItsInputAndEnds() throws Exception {
        String container = start();
        try {
            assertThat(docker.versionCmd().exec().getVersion()).isNotEmpty();
            assertThat(docker.listContainersCmd().exec())
                    .extracting(listed -> listed.getId())
                    .contains(container);
            execute(container);
            attach(container);
        } finally {
            docker.removeContainerCmd(container).withForce(true).exec();
        }
    }

    /** The command copies its input, and ends with the input. */
    private void execute(String container) throws InterruptedException {
        String id = docker.execCreateCmd(container)
                .withCmd(
                        windows
                                ? new String[] {"cmd", "/c", "findstr . & exit 7"}
                                : new String[] {"sh", "-c", "cat; exit 7"})
                .withAttachStdin(true)
                .withAttachStdout(true)
                .exec()
                .getId();
        Output output = docker.execStartCmd(id)
                .withStdIn(new ByteArrayInputStream("b\na\n".getBytes(StandardCharsets.US_ASCII)))
                .exec(new Output());
        output.awaitCompletion();
        assertThat(output.text().split("\\s+")).containsExactly("b", "a");
        assertThat(docker.inspectExecCmd(id).exec().getExitCodeLong()).isEqualTo(7);
    }

    /** The container is a shell, which ends with its input. Its output is its log. */
    private void attach(String container) throws InterruptedException {
        docker.attachContainerCmd(container)
                .withStdIn(new ByteArrayInputStream("echo hello\nexit\n".getBytes(StandardCharsets.US_ASCII)))
                .withStdOut(true)
                .withFollowStream(true)
                .exec(new Output())
                .awaitCompletion();
        Output log = docker.logContainerCmd(container)
                .withStdOut(true)
                .withFollowStream(true)
                .exec(new Output());
        log.awaitCompletion();
        assertThat(log.text()).contains("hello");
    }
}
