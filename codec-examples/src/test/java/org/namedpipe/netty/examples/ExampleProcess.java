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
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.testing.ChildJava;

/**
 * A program of an example that runs in a separate process, with the Java and the class path of this one. Its output is kept,
 * and is printed line by line after its role. It ends when this process ends.
 */
public final class ExampleProcess implements AutoCloseable {

    private static final long DEFAULT_LIMIT = TimeUnit.SECONDS.toNanos(600);

    private final String role;
    private final Process process;
    private final PrintStream out;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;
    private int next;
    private long deadline = System.nanoTime() + DEFAULT_LIMIT;

    private ExampleProcess(String role, Process process, PrintStream out) {
        this.role = role;
        this.process = process;
        this.out = out;
        reader = new Thread(this::readOutput, "output of " + role);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a program.
     *
     * @param role the name that stands before each line of its output
     * @param javaOptions more options for its Java
     * @param program the class that has the {@code main} method
     * @param out the stream that its output is printed to
     */
    public static ExampleProcess start(
            String role, List<String> javaOptions, Class<?> program, List<String> arguments, PrintStream out)
            throws IOException {
        List<String> command = ChildJava.command();
        // Java 17 reads the last two properties, newer versions the two before.
        for (String property : List.of("file", "stdout", "stderr", "sun.stdout", "sun.stderr")) {
            command.add("-D" + property + ".encoding=UTF-8");
        }
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ExampleProcess.class.getName()));
        command.add(Long.toString(ProcessHandle.current().pid()));
        command.add(program.getName());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new ExampleProcess(role, process, out);
    }

    /**
     * Runs in the new process: calls the {@code main} method of the program, and ends the process when the parent ends.
     *
     * @param args the id of the parent, the name of the program's class, and the arguments of the program
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the process ends
    public static void main(String[] args) throws Throwable {
        ProcessHandle.of(Long.parseLong(args[0]))
                .orElseThrow()
                .onExit()
                .thenRun(() -> Runtime.getRuntime().halt(1));
        runMain(args[1], Arrays.copyOfRange(args, 2, args.length));
    }

    /** Calls the {@code main} method of a class in this process. */
    static void runMain(String className, String... args) throws Throwable {
        MethodHandles.publicLookup()
                .findStatic(Class.forName(className), "main", MethodType.methodType(void.class, String[].class))
                .invokeExact(args);
    }

    private void readOutput() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                out.println("[" + role + "] " + line);
                synchronized (this) {
                    lines.add(line);
                    notifyAll();
                }
            }
        } catch (IOException e) {
            // On some systems the stream fails when the process is killed.
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    /** Sets a deadline for all further waits of this object. */
    public synchronized ExampleProcess limit(long nanos) {
        deadline = System.nanoTime() + nanos;
        return this;
    }

    /**
     * Waits for a line of output that contains a text. The next call continues after that line.
     *
     * @throws IOException if the process ends or the time limit passes without such a line
     */
    public synchronized String awaitLine(String text) throws IOException, InterruptedException {
        while (true) {
            for (; next < lines.size(); next++) {
                if (lines.get(next).contains(text)) {
                    return lines.get(next++);
                }
            }
            if (ended) {
                throw new IOException("the " + role + " ended with exit code " + exitCode() + " and did not print '"
                        + text + "': " + String.join("\n", lines));
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw timeout();
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Waits until a server prints that it is listening. */
    public ExampleProcess awaitListening() throws IOException, InterruptedException {
        awaitLine("listening on ");
        return this;
    }

    /**
     * Waits for the end of the process and of its output.
     *
     * @return the exit code
     * @throws IOException if the process does not end within the time limit
     */
    public int exitCode() throws IOException, InterruptedException {
        if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw timeout();
        }
        reader.join();
        return process.exitValue();
    }

    private IOException timeout() {
        return new IOException("the " + role + " took longer than its time limit");
    }

    /** Returns the lines of output so far, each with a line feed. */
    public synchronized String output() {
        return String.join("\n", lines) + "\n";
    }

    /** Writes text to the standard input of the process. */
    public void type(String text) throws IOException {
        input().write(text.getBytes(StandardCharsets.UTF_8));
        input().flush();
    }

    /** Returns the standard input of the process. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Kills the process, and waits for its end. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Kills the process if it still runs, and waits for the end of its output. */
    @Override
    public void close() {
        kill();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
