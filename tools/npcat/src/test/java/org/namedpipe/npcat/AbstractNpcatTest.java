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
package org.namedpipe.npcat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** The base of tests that run the jar as processes. */
abstract class AbstractNpcatTest {

    /** The name of a pipe that no other process uses. */
    final String name = "npcat-" + UUID.randomUUID();

    private final List<NpcatProcess> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (NpcatProcess process : processes) {
            process.close();
        }
    }

    /** Ends a process after the test. */
    NpcatProcess owned(NpcatProcess process) {
        processes.add(process);
        return process;
    }

    /** Starts a listener, and waits until it listens. */
    NpcatProcess listen(String... options) throws Exception {
        return awaitListening(owned(NpcatProcess.start("listener", arguments(options, "-l", name))));
    }

    NpcatProcess awaitListening(NpcatProcess listener) throws InterruptedException {
        listener.awaitError("npcat: listening on \\\\.\\pipe\\" + name);
        return listener;
    }

    /** Starts a client. */
    NpcatProcess connect(String... options) throws IOException {
        return owned(NpcatProcess.start("client", arguments(options, name)));
    }

    private static String[] arguments(String[] options, String... others) {
        return Stream.of(options, others).flatMap(Stream::of).toArray(String[]::new);
    }
}
