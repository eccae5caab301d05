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
package org.namedpipe.netty.examples.echo;

import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.examples.Transport;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say where a server listens and a client connects to. */
final class Endpoint {

    @Option(
            names = "--transport",
            defaultValue = "pipe",
            description = "What to run over: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Transport transport = Transport.PIPE;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The pipe's name or path, or host:port (default: netty-example, or 127.0.0.1:7007).")
    @Nullable
    String name;

    @Option(names = "--parent", hidden = true, description = "End when the process with this id does.")
    @Nullable
    Long parent;

    SocketAddress address(CommandLine command) {
        String given = name != null ? name : transport.defaultName();
        try {
            return transport.address(given);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, "--name: " + e.getMessage(), e);
        }
    }

    /** So that a demo that is killed leaves nobody behind. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody is left to tell
    void endWithParent() {
        if (parent == null) {
            return;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(parent);
        if (process.isEmpty()) {
            throw new IllegalStateException("process " + parent + " is gone");
        }
        process.get().onExit().thenRun(() -> System.exit(CommandLine.ExitCode.SOFTWARE));
    }
}
