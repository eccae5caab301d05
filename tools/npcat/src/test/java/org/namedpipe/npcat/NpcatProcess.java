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
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.testing.ChildJava;

/** A process that runs the jar of npcat. Its output is kept, and is printed line by line after its role. */
final class NpcatProcess {

    private static final int LIMIT_SECONDS = 600;
    private static final String END = "\0";

    private final String role;
    private final Process process;
    private final Thread reader;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private NpcatProcess(String role, Process process) {
        this.role = role;
        this.process = process;
        reader = new Thread(this::readOutput, "output of " + role);
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts npcat. */
    static NpcatProcess start(String role, String... arguments) throws IOException {
        List<String> command = ChildJava.command();
        command.addAll(
                List.of("-Dpicocli.ansi=false", "-Dio.netty.leakDetection.level=paranoid", "-jar", "target/npcat.jar"));
        command.addAll(List.of(arguments));
        return new NpcatProcess(
                role, new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void readOutput() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                System.out.println("[" + role + "] " + line);
                lines.add(line);
            }
        } catch (IOException e) {
            // On some systems the stream fails when the process is killed.
        }
        lines.add(END);
    }

    /** Waits for a line of output that starts with a text, and returns it. */
    String awaitLine(String start) throws InterruptedException {
        while (true) {
            String line = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (line == null || line.equals(END)) {
                throw new AssertionError("the " + role + " did not print '" + start + "'");
            }
            if (line.startsWith(start)) {
                return line;
            }
        }
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
        reader.join();
    }
}
