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

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.report.TestResult.Kind;

class ReportTextTest {
    private static final List<Check> CHECKS = List.of(
            Check.of("First", 30),
            Check.of("Second", 30),
            Check.of("Third", 30),
            Check.of("Fourth", 30),
            Check.of("Fifth", 30),
            Check.of("Sixth", 30));

    private static TestResult real(String test, Status status, String detail) {
        return new TestResult(Kind.REAL, test, status, detail);
    }

    private static TestResult model(String test, Status status) {
        return new TestResult(Kind.MODEL, test, status, "");
    }

    private static Outcome ended(TestResult... results) {
        return Outcome.ended(
                Duration.ofMillis(1_250), List.of(results), "the process ended with code 1; its last output:\nboom");
    }

    @Test
    void showsEachOutcomeAndItsPrediction() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("system", "Windows 11, version 10.0.26100");
        facts.put("elevated", "no");
        Outcome passed = ended(
                model("A.one", Status.PASSED),
                real("A.one", Status.PASSED, ""),
                TestResult.figure("rounds: 12"),
                TestResult.end());
        Outcome failed = ended(
                model("B.one", Status.PASSED),
                real("B.one", Status.FAILED, "AssertionError: expected 5\n    at org.namedpipe.B.one(B.java:1)"),
                real("B.two", Status.FAILED, "AssertionError: expected 6"),
                TestResult.end());
        Outcome skipped = ended(
                real("C.one", Status.SKIPPED, "needs Windows itself ==> ignores flags"),
                real("C.two", Status.SKIPPED, "needs Windows itself ==> ignores flags"),
                TestResult.end());
        Outcome timedOut = ended(
                real("D.one", Status.PASSED, ""),
                TestResult.started("D.two"),
                TestResult.threadDump("\"main\" RUNNABLE\n    at x.Y.hangs(Y.java:7)"));
        Outcome crashed = ended(real("E.one", Status.PASSED, ""));

        String text = ReportText.of(facts, CHECKS, List.of(passed, failed, skipped, timedOut, crashed));

        assertThat(text).isEqualTo("""
                        Netty named pipes: report from a Windows machine

                        system      Windows 11, version 10.0.26100
                        elevated    no

                         1  passed     First (model: passed)
                         2  failed     Second (model: passed)
                         3  skipped    Third (expected to pass)
                         4  timed out  Fourth (expected to pass)
                         5  crashed    Fifth (expected to pass)
                         6  not run    Sixth

                        1. First
                           passed in 1.3 s of at most 30.0 s
                           tests: 1 passed, 0 failed, 0 skipped
                           model: 1 passed, 0 failed, 0 skipped
                           rounds: 12

                        2. Second
                           failed in 1.3 s of at most 30.0 s
                           tests: 0 passed, 2 failed, 0 skipped
                           model: 1 passed, 0 failed, 0 skipped
                           FAILED: B.one (model: passed)
                             AssertionError: expected 5
                                 at org.namedpipe.B.one(B.java:1)
                           FAILED: B.two (model: none; expected to pass)
                             AssertionError: expected 6

                        3. Third
                           skipped in 1.3 s of at most 30.0 s
                           tests: 0 passed, 0 failed, 2 skipped
                           model: none; the tests are expected to pass
                           skipped 2: needs Windows itself; Wine ignores flags

                        4. Fourth
                           timed out in 1.3 s of at most 30.0 s
                           tests: 1 passed, 0 failed, 0 skipped
                           model: none; the tests are expected to pass
                           threads when the time was over, in D.two:
                             "main" RUNNABLE
                                 at x.Y.hangs(Y.java:7)

                        5. Fifth
                           crashed in 1.3 s of at most 30.0 s
                           tests: 1 passed, 0 failed, 0 skipped
                           model: none; the tests are expected to pass
                           the process ended with code 1; its last output:
                           boom
                        """);
    }

    @Test
    void namesAndPathsAreRemoved() {
        Sanitizer sanitizer = new Sanitizer().word("jane", "<user>");
        Outcome outcome = new Outcome(
                Status.CRASHED,
                Duration.ZERO,
                List.of(
                        real("A.one [1] jane", Status.FAILED, "no file C:\\Users\\jane\\x"),
                        TestResult.figure("D:\\jane")),
                "the process ended; its last output:\njane");

        assertThat(ReportText.of(Map.of(), CHECKS, List.of(outcome.cleanedBy(sanitizer))))
                .doesNotContain("jane", "Users", ":\\")
                .contains("A.one [1] <user>");
    }

    @Test
    void checkWithoutTestsFails() {
        assertThat(ended(TestResult.end()).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void percentSignsAreNotFormatSpecifiers() {
        String text = ReportText.of(
                Map.of("load", "100 %d"), List.of(Check.of("50 %s", 1)), List.of(Outcome.skipped("no 10 %n")));

        assertThat(text).contains("100 %d", "50 %s", "no 10 %n");
    }

    @Test
    void resultsAreDecodedAsEncoded() {
        TestResult result = real("A.one [1] \"\t\"", Status.FAILED, "C:\\new\r\n\ttab \\n \u00e9");

        assertThat(TestResult.decode(result.encoded()))
                .contains(real("A.one [1] \"\t\"", Status.FAILED, "C:\\new\n\ttab \\n \u00e9"));
        assertThat(TestResult.decode(result.encoded().substring(0, 12))).isEmpty();
        assertThat(TestResult.decode("REAL\tPASSED\t\\\tx")).isEmpty();
    }
}
