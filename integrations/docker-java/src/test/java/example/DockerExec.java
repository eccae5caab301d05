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
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.InputStream;

/** A command with input in a container, as it is in {@code docs/integrations.md}. */
final class DockerExec {
    private DockerExec() {}

    static Long sort(DockerClient docker, String container, InputStream input, ResultCallback.Adapter<Frame> callback)
            throws InterruptedException {
        String id = docker.execCreateCmd(container)
                .withCmd("sort")
                .withAttachStdin(true)
                .withAttachStdout(true)
                .exec()
                .getId();
        docker.execStartCmd(id).withStdIn(input).exec(callback).awaitCompletion();
        Long exitCode = docker.inspectExecCmd(id).exec().getExitCodeLong();
        return exitCode;
    }
}
