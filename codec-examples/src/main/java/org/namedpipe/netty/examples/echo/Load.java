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

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say what a client sends. */
final class Load {

    @Option(names = "--frames", paramLabel = "N", description = "Frames to send (default: ${DEFAULT-VALUE}).")
    int count = 10_000;

    @Option(names = "--min-size", paramLabel = "BYTES", description = "Smallest frame (default: ${DEFAULT-VALUE}).")
    int minSize = 1;

    @Option(names = "--max-size", paramLabel = "BYTES", description = "Largest frame (default: ${DEFAULT-VALUE}).")
    int maxSize = 256 * 1024;

    @Option(names = "--depth", paramLabel = "N", description = "Frames under way at once (default: ${DEFAULT-VALUE}).")
    int depth = 16;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What sizes and contents derive from (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    void check(CommandLine command) {
        if (count < 1 || depth < 1) {
            throw new ParameterException(command, "--frames and --depth must be at least 1");
        }
        if (minSize < 0 || minSize > maxSize) {
            throw new ParameterException(command, "--min-size must be at least 0 and at most --max-size");
        }
        if (maxSize > FramePipeline.MAX_FRAME) {
            throw new ParameterException(command, "--max-size must be at most " + FramePipeline.MAX_FRAME);
        }
    }

    Frames frames() {
        return new Frames(seed, minSize, maxSize);
    }

    List<String> arguments() {
        return List.of(
                "--frames=" + count,
                "--min-size=" + minSize,
                "--max-size=" + maxSize,
                "--depth=" + depth,
                "--seed=" + seed);
    }
}
