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

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;

/** An example that runs in this JVM, on a thread of its own, with its output kept. */
public final class RunningExample implements AutoCloseable {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(600);

    private final Output output = new Output();
    private final FutureTask<Integer> run;
    private final Thread thread;

    private RunningExample(String... arguments) {
        PrintWriter writer = new PrintWriter(output, true);
        // Without colours, whatever terminal the build runs in.
        CommandLine command = Launcher.commandLine()
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setOut(writer)
                .setErr(writer);
        run = new FutureTask<>(() -> command.execute(arguments)) {
            @Override
            protected void done() {
                output.end();
            }
        };
        thread = new Thread(run, String.join(" ", arguments));
        thread.start();
    }

    /** Runs the launcher with these arguments. */
    public static RunningExample start(String... arguments) {
        return new RunningExample(arguments);
    }

    /** Waits for a line that contains some text, and returns what follows it in the line. */
    public String awaitLine(String text) throws InterruptedException {
        return output.awaitLine(text);
    }

    /** Waits until it has said more than it has so far. */
    public void awaitMore() throws InterruptedException {
        output.awaitMore();
    }

    /** Waits for the end. */
    public int exitCode() throws InterruptedException, ExecutionException {
        try {
            return run.get(PATIENCE, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("still runs, and has said: " + output, e);
        }
    }

    /** Returns the whole output so far, with lines that end as Java's text blocks do on every system. */
    public String output() {
        return output.toString().replace(System.lineSeparator(), "\n");
    }

    @Override
    @SuppressWarnings("Interruption") // the only way to stop a server that waits for clients
    public void close() {
        run.cancel(true);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Output extends StringWriter {

        private boolean ended;

        synchronized void end() {
            ended = true;
            notifyAll();
        }

        @Override
        public void write(String text, int offset, int length) {
            synchronized (this) {
                super.write(text, offset, length);
                notifyAll();
            }
        }

        synchronized String awaitLine(String text) throws InterruptedException {
            long deadline = System.nanoTime() + PATIENCE;
            while (true) {
                int start = getBuffer().indexOf(text);
                int end = start < 0 ? -1 : getBuffer().indexOf(System.lineSeparator(), start);
                if (end >= 0) {
                    return getBuffer().substring(start + text.length(), end);
                }
                awaitChange(deadline, text);
            }
        }

        synchronized void awaitMore() throws InterruptedException {
            long deadline = System.nanoTime() + PATIENCE;
            int before = getBuffer().length();
            while (getBuffer().length() == before) {
                awaitChange(deadline, "more");
            }
        }

        private void awaitChange(long deadline, String text) throws InterruptedException {
            long left = deadline - System.nanoTime();
            if (ended || left <= 0) {
                throw new AssertionError("never said '" + text + "' but: " + this);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
