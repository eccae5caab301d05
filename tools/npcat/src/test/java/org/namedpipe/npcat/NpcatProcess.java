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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.testing.ChildJava;

/** A process that runs the jar of npcat. Its output and errors are kept, and are printed line by line after its role. */
final class NpcatProcess {

    private static final int LIMIT_SECONDS = 600;
    private static final String END = "\0";

    private final String role;
    private final Process process;
    private final List<Thread> readers = new ArrayList<>();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> errors = new LinkedBlockingQueue<>();
    private volatile boolean leaks;

    private NpcatProcess(String role, Process process) {
        this.role = role;
        this.process = process;
        read("errors", process.errorReader(StandardCharsets.UTF_8), errors);
    }

    private static ProcessBuilder builder(String... arguments) {
        List<String> command = ChildJava.command();
        // The processes live for a second, in which the second compiler only takes time.
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-Dpicocli.ansi=false",
                "-Dio.netty.leakDetection.level=paranoid",
                "-jar",
                "target/npcat.jar"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** Starts npcat. */
    static NpcatProcess start(String role, String... arguments) throws IOException {
        NpcatProcess started = startUnread(role, arguments);
        started.read("output", started.process.inputReader(StandardCharsets.UTF_8), started.lines);
        return started;
    }

    /** Starts npcat without a reader of its output. */
    static NpcatProcess startUnread(String role, String... arguments) throws IOException {
        return new NpcatProcess(role, builder(arguments).start());
    }

    /** Starts npcat with files as its input and output. */
    static NpcatProcess startWithFiles(String role, Path input, Path output, String... arguments) throws IOException {
        return new NpcatProcess(
                role,
                builder(arguments)
                        .redirectInput(input.toFile())
                        .redirectOutput(output.toFile())
                        .start());
    }

    private void read(String stream, BufferedReader reader, BlockingQueue<String> queue) {
        Thread thread = new Thread(() -> readLines(reader, queue), stream + " of " + role);
        thread.setDaemon(true);
        thread.start();
        readers.add(thread);
    }

    private void readLines(BufferedReader reader, BlockingQueue<String> queue) {
        try (reader) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                System.out.println("[" + role + "] " + line);
                queue.add(line);
                leaks |= line.contains("LEAK");
            }
        } catch (IOException e) {
            // On some systems the stream fails when the process is killed.
        }
        queue.add(END);
    }

    /** Waits for a line of output that starts with a text, and returns it. */
    String awaitLine(String start) throws InterruptedException {
        return await(start, lines);
    }

    /** Waits for a line of standard error that starts with a text, and returns it. */
    String awaitError(String start) throws InterruptedException {
        return await(start, errors);
    }

    private String await(String start, BlockingQueue<String> queue) throws InterruptedException {
        while (true) {
            String line = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (line == null || line.equals(END)) {
                throw new AssertionError("the " + role + " did not print '" + start + "'");
            }
            if (line.startsWith(start)) {
                return line;
            }
        }
    }

    /** Closes the reading end of its standard output. */
    void closeOutput() throws IOException {
        process.getInputStream().close();
    }

    void type(String text) throws IOException {
        input().write(text.getBytes(StandardCharsets.UTF_8));
        input().flush();
    }

    /** Returns the standard input of the process. */
    OutputStream input() {
        return process.getOutputStream();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the " + role + " did not end");
        }
        return process.exitValue();
    }

    /** Kills the process, and waits for its end. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Kills the process if it still runs, and waits for the end of its output. */
    void close() throws InterruptedException {
        kill();
        for (Thread reader : readers) {
            reader.join();
        }
        if (leaks) {
            throw new AssertionError("the " + role + " leaks a buffer");
        }
    }
}
