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
package org.namedpipe.netty.examples.ipc;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that both ends have. */
final class IpcOptions {

    private static final int LARGEST_MAXIMUM = 1 << 30;

    @Option(
            names = "--max-message",
            paramLabel = "BYTES",
            description = "Largest message to send and to take (default: ${DEFAULT-VALUE}).")
    int maxMessage = 1024 * 1024;

    @Option(names = "--quiet", description = "Do not log each change of state.")
    boolean quiet;

    void check(CommandLine command) {
        if (maxMessage < 1 || maxMessage > LARGEST_MAXIMUM) {
            throw new ParameterException(command, "--max-message must be at least 1 and at most " + LARGEST_MAXIMUM);
        }
    }

    /** What logs the states, or nothing if that is not wanted. */
    StateLog states(CommandLine command) {
        return new StateLog(quiet ? line -> {} : command.getErr()::println);
    }
}
