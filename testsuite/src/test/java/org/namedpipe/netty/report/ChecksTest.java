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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.namedpipe.netty.report.TestResult.Kind;

class ChecksTest {
    static List<Check> checks() {
        return Checks.all();
    }

    @Test
    void limitsOfAllChecksFitIntoTheTimeOfAReport() {
        Duration sum = Checks.all().stream().map(Check::limit).reduce(Duration.ZERO, Duration::plus);

        assertThat(sum).isLessThanOrEqualTo(WindowsReport.TOTAL);
        assertThat(WindowsReport.TOTAL).isLessThan(Duration.ofMinutes(15));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void allTestsExistOnTheRealApiAndOnTheModel(Check check) throws ClassNotFoundException {
        for (Part part : check.parts()) {
            assertThat(TestRun.count(part.testClass(), part.only()))
                    .as("tests %s of %s", part.only(), part.testClass())
                    .isPositive();
            if (part.modelClass() != null) {
                assertThat(TestRun.count(part.modelClass(), part.only()))
                        .as("tests %s of %s", part.only(), part.modelClass())
                        .isPositive();
            }
        }
    }

    @Test
    void checkRunsItsTestsOnTheRealApiAndOnTheModel() {
        String type = Sample.class.getName();
        Check check = Check.of(
                "Sample",
                60,
                new Part(type, type, "passes", 1, Duration.ZERO),
                new Part(type, null, "fails", 1, Duration.ZERO),
                new Part(type, null, "isSkipped", 1, Duration.ZERO),
                new Part(type, null, "publishes", 1, Duration.ZERO),
                new Part(type, null, "noSuchTest", 1, Duration.ZERO));
        List<TestResult> results = new ArrayList<>();

        run(check, results);

        assertThat(results)
                .map(result -> "%s %s %s".formatted(result.kind(), result.test(), result.status()))
                .containsExactly(
                        "REAL Sample.passes passed",
                        "MODEL Sample.passes passed",
                        "REAL Sample.fails failed",
                        "REAL Sample.isSkipped skipped",
                        "FIGURE  passed",
                        "REAL Sample.publishes passed",
                        "REAL (no test) failed");
        assertThat(results.get(2).detail())
                .startsWith("java.lang.IllegalStateException: wrong\n    at org.namedpipe.netty.report.Sample.fails(")
                .contains("\ncaused by java.lang.IllegalArgumentException: why")
                .doesNotContain("junit");
        assertThat(results.get(3).detail()).contains("the reason");
        assertThat(results.get(4).detail()).isEqualTo("rate: 7");
    }

    @Test
    void repeatedTestsRunUpToTheMaximumOfRounds() {
        Part part = new Part(Sample.class.getName(), null, "passes", 40, Duration.ofMinutes(10));
        List<TestResult> results = new ArrayList<>();

        run(new Check("Sample", Duration.ofMinutes(1), Map.of(), List.of(part)), results);

        assertThat(results).map(TestResult::kind).containsExactly(Kind.REAL, Kind.FIGURE);
        assertThat(results.get(1).detail()).isEqualTo("passes: 40 rounds of at most 40, 40 tests");
    }

    @Test
    void repeatedTestsStopAtTheFirstFailure() {
        Part part = new Part(Sample.class.getName(), null, "fails", 1_000_000, Duration.ofMinutes(10));
        List<TestResult> results = Collections.synchronizedList(new ArrayList<>());

        run(new Check("Sample", Duration.ofMinutes(1), Map.of(), List.of(part)), results);

        assertThat(results).extracting(TestResult::status).contains(Status.FAILED);
        assertThat(Outcome.ended(Duration.ZERO, append(results, TestResult.end()), "")
                        .status())
                .isEqualTo(Status.FAILED);
    }

    private static void run(Check check, List<TestResult> results) {
        new TestRun(check, result -> {
                    if (result.kind() != Kind.STARTED) {
                        results.add(result);
                    }
                })
                .run();
    }

    private static List<TestResult> append(List<TestResult> results, TestResult last) {
        List<TestResult> all = new ArrayList<>(results);
        all.add(last);
        return all;
    }
}
