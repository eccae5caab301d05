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
package org.namedpipe.netty.examples.docker;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What the commands have in common that show the streams of a container. */
final class StreamOptions {

    @Option(
            names = "--max-frame",
            paramLabel = "BYTES",
            description = "Largest frame to take (default: ${DEFAULT-VALUE}).")
    long maxFrame = 16 * 1024 * 1024;

    @Parameters(paramLabel = "CONTAINER", description = "The container's name or id.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String container;

    void check(CommandLine command) {
        if (maxFrame < 1) {
            throw new ParameterException(command, "--max-frame must be at least 1");
        }
    }
}
