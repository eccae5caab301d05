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
package example;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import org.namedpipe.netty.dockerjava.NamedPipeDockerHttpClient;

/** A client of an engine over a pipe, as it is in {@code docs/swap-guide.md} and {@code docs/integrations.md}. */
public final class DockerOverPipe {
    private DockerOverPipe() {}

    /** Returns a client of the engine that listens on the pipe. */
    public static DockerClient client(String name) {
        DockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost("npipe:////./pipe/" + name)
                .build();
        DockerHttpClient http = NamedPipeDockerHttpClient.of(config.getDockerHost());
        DockerClient docker = DockerClientImpl.getInstance(config, http);
        return docker;
    }

    /** Returns a client of the engine that {@code DOCKER_HOST} names. */
    static DockerClient fromEnvironment() {
        DockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        DockerClient docker =
                DockerClientImpl.getInstance(config, NamedPipeDockerHttpClient.of(config.getDockerHost()));
        return docker;
    }
}
