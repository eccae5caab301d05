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
package org.namedpipe.netty.examples;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A second Java like this one, whose output is passed on line by line, and which ends at {@link #close} at the latest. */
public final class ChildProcess implements AutoCloseable {

    private static final int SECONDS_TO_END = 10;

    /** The options that a Java needs for the machine it runs on, so that a child needs them too. */
    private static final List<String> MACHINE_OPTIONS = List.of(
            "-XX:-PrintWarnings",
            "-Djava.net.preferIPv4Stack=",
            "-Djava.security.properties=",
            "-Dio.netty.machineId=",
            "-Djava.io.tmpdir=",
            "-Djna.tmpdir=");

    private final String role;
    private final Process process;
    private final CompletableFuture<Void> relay;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChildProcess(String role, Process process, PrintWriter out) {
        this.role = role;
        this.process = process;
        this.relay = CompletableFuture.runAsync(() -> relay(out), task -> {
            Thread thread = new Thread(task, "output of " + role);
            thread.setDaemon(true);
            thread.start();
        });
    }

    /**
     * Starts the launcher in a Java of its own.
     *
     * @param role what its output and its failures are marked with
     * @param javaOptions options for its Java
     * @param arguments the arguments of the launcher
     * @param out where its output goes
     */
    public static ChildProcess start(String role, List<String> javaOptions, List<String> arguments, PrintWriter out)
            throws IOException {
        List<String> command = javaCommand();
        // Java 17 knows the last two, newer releases the two before.
        for (String property : List.of("file", "stdout", "stderr", "sun.stdout", "sun.stderr")) {
            command.add("-D" + property + ".encoding=UTF-8");
        }
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Launcher.class.getName()));
        command.addAll(arguments);

        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new ChildProcess(role, process, out);
    }

    /** Returns the command of a Java like this one, with the options that it was given for this machine. */
    public static List<String> javaCommand() {
        String java = File.separatorChar == '\\' ? "java.exe" : "java";
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", java).toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> MACHINE_OPTIONS.stream().anyMatch(option::startsWith))
                .forEach(command::add);
        return command;
    }

    private void relay(PrintWriter out) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                out.println("[" + role + "] " + line);
                lines.add(line);
            }
        } catch (IOException e) {
            // On some systems a process that is destroyed takes the stream with it.
        }
    }

    /**
     * Waits for a line of output.
     *
     * @param deadline in {@link System#nanoTime()}
     * @return the first line that starts with {@code start}
     * @throws IOException if the process ends, or the deadline passes, without it
     */
    public String awaitLine(String start, long deadline) throws IOException, InterruptedException {
        while (true) {
            String line = lines.poll(100, TimeUnit.MILLISECONDS);
            if (line != null && line.startsWith(start)) {
                return line;
            }
            if (line == null && relay.isDone() && lines.isEmpty()) {
                awaitSuccess(deadline);
                throw new IOException("the " + role + " ended before it said '" + start + "'");
            }
            if (System.nanoTime() - deadline > 0) {
                throw outOfTime();
            }
        }
    }

    /**
     * Waits for the process to end.
     *
     * @param deadline in {@link System#nanoTime()}
     * @throws IOException if it ends with another code than 0, or not before the deadline
     */
    public void awaitSuccess(long deadline) throws IOException, InterruptedException {
        int exitCode = exitCode(deadline);
        if (exitCode != 0) {
            throw new IOException("the " + role + " failed with exit code " + exitCode);
        }
    }

    /**
     * Waits for the process and its output to end.
     *
     * @param deadline in {@link System#nanoTime()}
     * @throws IOException if it does not end before the deadline
     */
    public int exitCode(long deadline) throws IOException, InterruptedException {
        if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw outOfTime();
        }
        relay.join();
        return process.exitValue();
    }

    /** Ends the process without giving it a chance to close anything. */
    public void kill() {
        process.destroyForcibly();
    }

    /** What the process reads from. Until this is closed, its input does not end. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    private IOException outOfTime() {
        return new IOException("the " + role + " was not done within the time limit");
    }

    /** Ends the process if it still runs, and passes on the last of its output. */
    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, SECONDS_TO_END, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly().onExit().join();
        relay.join();
    }
}
