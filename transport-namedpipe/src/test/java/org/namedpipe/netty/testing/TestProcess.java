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
package org.namedpipe.netty.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A second process with the same Java and class path. It reads one command a line and answers each with a line. It ends at
 * the end of its input, which {@link #close()} closes.
 */
public final class TestProcess implements AutoCloseable {
    private static final long SECONDS = 600;

    private final Process process;
    private final Writer input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> relay;

    private TestProcess(Process process) {
        this.process = process;
        input = process.outputWriter(StandardCharsets.UTF_8);
        relay = CompletableFuture.runAsync(this::relay, task -> {
            Thread thread = new Thread(task, "output of process " + process.pid());
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Starts the {@code main} of a class. */
    public static TestProcess start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** Starts a Java with these arguments, for example another class path. */
    public static TestProcess start(List<String> arguments) throws IOException {
        List<String> command = ChildJava.command();
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(arguments);
        return new TestProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void relay() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("output lost: " + e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the next line of output. */
    public String nextLine() throws InterruptedException {
        String line = lines.poll(SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("process " + pid() + (isAlive() ? " has not answered" : " has ended"));
        }
        return line;
    }

    /** Waits for the end of the output, and returns the lines that have not been read. */
    public List<String> output() {
        relay.completeOnTimeout(null, SECONDS, TimeUnit.SECONDS).join();
        return List.copyOf(lines);
    }

    /** Waits for the end of the process. */
    public int exitCode() {
        return process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join().exitValue();
    }

    private void send(String line) {
        try {
            input.write(line + '\n');
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a line to the process, and waits for the line that it answers. */
    public String ask(String line) throws InterruptedException {
        send(line);
        return nextLine();
    }

    /** Closes the input, and waits for the end of the process. */
    @Override
    public void close() throws IOException {
        input.close();
        process.onExit().completeOnTimeout(process, SECONDS, TimeUnit.SECONDS).join();
        boolean ended = !process.isAlive();
        process.destroyForcibly().onExit().join();
        relay.join();
        if (!ended) {
            throw new AssertionError("process " + pid() + " did not end with its input");
        }
    }
}
