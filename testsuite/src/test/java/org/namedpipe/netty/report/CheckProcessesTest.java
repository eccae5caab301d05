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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.report.TestResult.Kind;

class CheckProcessesTest {
    /** Far more than a process needs. It has no effect on the duration of a test that passes. */
    private static final Duration ENOUGH = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    private Outcome run(Class<?> program, int index, Duration limit) throws Exception {
        return new CheckProcesses(folder, program).run(index, limit);
    }

    private static void write(String file, TestResult... results) throws IOException {
        for (TestResult result : results) {
            Files.writeString(
                    Path.of(file), result.encoded() + '\n', StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    static final class Completes {
        public static void main(String[] arguments) throws IOException {
            write(arguments[1], new TestResult(Kind.REAL, "A.b", Status.PASSED, ""), TestResult.end());
        }
    }

    static final class Crashes {
        public static void main(String[] arguments) throws IOException {
            write(arguments[1], new TestResult(Kind.REAL, "A.b", Status.PASSED, ""));
            System.err.println("fatal error");
            Runtime.getRuntime().halt(7);
        }
    }

    /** Hangs at once, without a watchdog. */
    static final class HangsWithoutWatchdog {
        public static void main(String[] arguments) throws Exception {
            new CountDownLatch(1).await();
        }
    }

    /** Hangs as a test would, with the watchdog of a check. */
    static final class Hangs {
        public static void main(String[] arguments) throws Exception {
            CheckMain check = new CheckMain(Path.of(arguments[1]));
            Thread hung = new Thread(Hangs::hang, "hung");
            hung.start();
            while (hung.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            check.limit(Duration.ZERO);
            hung.join();
        }

        private static void hang() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void hangingCheckIsEndedWithAThreadDumpAndTheNextOneRuns() throws Exception {
        Outcome hung = run(Hangs.class, 0, ENOUGH);
        Outcome next = run(Completes.class, 1, ENOUGH);

        assertThat(hung.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(hung.results())
                .singleElement()
                .satisfies(dump -> assertThat(dump.detail())
                        .contains("\"hung\" WAITING")
                        .contains("CheckProcessesTest$Hangs.hang("));
        assertThat(next.status()).isEqualTo(Status.PASSED);
    }

    @Test
    void processThatIgnoresItsLimitIsKilled() throws Exception {
        Outcome outcome = new CheckProcesses(folder, HangsWithoutWatchdog.class, Duration.ZERO).run(0, Duration.ZERO);

        assertThat(outcome.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(outcome.note()).contains("ended from outside");
    }

    @Test
    void processThatEndsBeforeItsTestsHasCrashed() throws Exception {
        Outcome outcome = run(Crashes.class, 0, ENOUGH);

        assertThat(outcome.status()).isEqualTo(Status.CRASHED);
        assertThat(outcome.results()).hasSize(1);
        assertThat(outcome.note()).contains("code 7").contains("fatal error");
    }

    @Test
    void resultsOfAnEarlierReportAreNotRead() throws Exception {
        run(Completes.class, 0, ENOUGH);

        assertThat(run(Completes.class, 0, ENOUGH).results()).hasSize(2);
    }
}
