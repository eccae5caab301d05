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
package org.namedpipe.netty.testsuite.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running peer. Its input is empty, and its output is a file, because Node.js under Wine fails with {@code EBADF} if the
 * output is a pipe.
 */
final class ForeignProcess implements AutoCloseable {
    private static final long SECONDS = 600;

    private final List<String> command;
    private final Path output;
    private final Process process;

    private ForeignProcess(List<String> command, Path output, Process process) {
        this.command = command;
        this.output = output;
        this.process = process;
    }

    /** Starts the peer in C, {@code pipe_peer.c}. */
    static ForeignProcess c(String... arguments) throws IOException {
        return start(List.of(ForeignPeer.C.program()), arguments);
    }

    /** Starts a script with Node.js. */
    static ForeignProcess node(String script, String... arguments) throws IOException {
        return start(List.of(ForeignPeer.NODE.program(), "src/test/node/" + script), arguments);
    }

    /** Starts a script with Python. */
    static ForeignProcess python(String script, String... arguments) throws IOException {
        return start(List.of(ForeignPeer.PYTHON.program(), "src/test/python/" + script), arguments);
    }

    /** Compiles a program in C#, and starts it with .NET. */
    static ForeignProcess dotnet(String source, String... arguments) throws IOException, InterruptedException {
        Dotnet dotnet = new Dotnet(Path.of(ForeignPeer.DOTNET.program()));
        Path program = ForeignPeer.DIRECTORY.resolve(source.replace(".cs", ".dll"));
        try (ForeignProcess compiler = start(dotnet.compile(Path.of("src/test/dotnet", source), program))) {
            compiler.lines();
        }
        return start(dotnet.run(program), arguments);
    }

    /** Starts one of the programs of MariaDB. */
    static ForeignProcess mariadb(String program, String... arguments) throws IOException {
        return start(List.of(Path.of(ForeignPeer.MARIADB.program(), program).toString()), arguments);
    }

    private static ForeignProcess start(List<String> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(ForeignPeer.DIRECTORY, "output-", ".txt");
        Path input = Files.write(ForeignPeer.DIRECTORY.resolve("no-input"), new byte[0]);
        Process process = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectErrorStream(true)
                .start();
        return new ForeignProcess(command, output, process);
    }

    /** Waits until the process has ended with exit code 0, and returns the lines of its output. */
    List<String> lines() throws IOException, InterruptedException {
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        List<String> lines =
                Files.readString(output, StandardCharsets.UTF_8).lines().toList();
        assertThat(ended).as("%s has ended; its output: %s", command, lines).isTrue();
        assertThat(process.exitValue())
                .as("exit code of %s; its output: %s", command, lines)
                .isZero();
        return lines;
    }

    /** Waits until the process has ended with exit code 0, and returns the only line of its output. */
    String line() throws IOException, InterruptedException {
        List<String> lines = lines();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    /** Kills the process, and waits for its end. */
    void kill() {
        process.destroyForcibly().onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        kill();
    }
}
