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
package org.namedpipe.netty.report;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/** The process of one check. It writes each result to a file at once, as one line. */
final class CheckMain {
    static final int TIMED_OUT = 3;

    private final Path results;

    CheckMain(Path results) {
        this.results = results;
    }

    /** Runs the check with the index {@code arguments[0]}, for {@code arguments[2]} milliseconds at most. */
    public static void main(String[] arguments) {
        Check check = Checks.all().get(Integer.parseInt(arguments[0]));
        CheckMain main = new CheckMain(Path.of(arguments[1]));
        main.limit(Duration.ofMillis(Long.parseLong(arguments[2])));
        new TestRun(check, main::write).run();
        main.write(TestResult.end());
        // System.exit could wait for a thread that hangs in a Windows call.
        Runtime.getRuntime().halt(0);
    }

    /** Ends the process with a thread dump when the time is over. */
    void limit(Duration limit) {
        TimerTask watchdog = new TimerTask() {
            @Override
            public void run() {
                expire();
            }
        };
        new Timer("watchdog", true).schedule(watchdog, limit.toMillis());
    }

    private void expire() {
        write(TestResult.threadDump(ThreadDump.take()));
        Runtime.getRuntime().halt(TIMED_OUT);
    }

    private synchronized void write(TestResult result) {
        try (PrintStream out = new PrintStream(
                Files.newOutputStream(results, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                false,
                StandardCharsets.UTF_8)) {
            out.print(result.encoded() + '\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
