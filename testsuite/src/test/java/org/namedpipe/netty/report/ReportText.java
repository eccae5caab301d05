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

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.report.TestResult.Kind;

/** The text of a report. */
final class ReportText {
    private final StringBuilder text = new StringBuilder();

    private ReportText() {}

    /**
     * Returns the text.
     *
     * @param outcomes those of the first checks, without names and paths; the others have not run yet
     */
    static String of(Map<String, String> facts, List<Check> checks, List<Outcome> outcomes) {
        ReportText report = new ReportText();
        report.line("Netty named pipes: report from a Windows machine");
        report.line("");
        facts.forEach((name, value) -> report.line("%-11s %s", name, value));
        report.line("");
        for (int i = 0; i < checks.size(); i++) {
            report.summary(i + 1, checks.get(i), i < outcomes.size() ? outcomes.get(i) : null);
        }
        for (int i = 0; i < outcomes.size(); i++) {
            report.details(i + 1, checks.get(i), outcomes.get(i));
        }
        return report.text.toString();
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments).stripTrailing())
                .append('\n');
    }

    private void indented(String block, String margin) {
        block.lines()
                .forEach(line -> text.append((margin + line).stripTrailing()).append('\n'));
    }

    private void summary(int number, Check check, @Nullable Outcome outcome) {
        if (outcome == null) {
            line("%2d  %-9s  %s", number, "not run", check.title());
        } else {
            line("%2d  %-9s  %s (%s)", number, outcome.status(), check.title(), prediction(outcome));
        }
    }

    /** Returns the prediction: that of the model where it has run, otherwise that all tests pass. */
    private static String prediction(Outcome outcome) {
        long failed = outcome.count(Kind.MODEL, Status.FAILED);
        if (failed > 0) {
            return "model: " + failed + " failed";
        }
        return outcome.count(Kind.MODEL, Status.PASSED) > 0 ? "model: passed" : "expected to pass";
    }

    private void details(int number, Check check, Outcome outcome) {
        line("");
        line("%d. %s", number, check.title());
        line("   %s in %s of at most %s", outcome.status(), seconds(outcome.time()), seconds(check.limit()));
        line("   tests: %s", counts(outcome, Kind.REAL));
        line(
                "   model: %s",
                outcome.count(Kind.MODEL, Status.PASSED) + outcome.count(Kind.MODEL, Status.FAILED) == 0
                        ? "none; the tests are expected to pass"
                        : counts(outcome, Kind.MODEL));
        if (!outcome.note().isEmpty()) {
            indented(outcome.note(), "   ");
        }
        outcome.results().stream()
                .filter(result -> result.kind() == Kind.FIGURE)
                .forEach(result -> indented(result.detail(), "   "));
        skipped(outcome);
        failures(outcome);
        outcome.results().stream()
                .filter(result -> result.kind() == Kind.THREAD_DUMP)
                .forEach(result -> {
                    line("   threads when the time was over, in %s:", lastTest(outcome));
                    indented(result.detail(), "     ");
                });
    }

    private static String counts(Outcome outcome, Kind kind) {
        return String.format(
                Locale.ROOT,
                "%d passed, %d failed, %d skipped",
                outcome.count(kind, Status.PASSED),
                outcome.count(kind, Status.FAILED),
                outcome.count(kind, Status.SKIPPED));
    }

    private static String lastTest(Outcome outcome) {
        String last = "no test";
        for (TestResult result : outcome.results()) {
            last = result.kind() == Kind.STARTED ? result.test() : last;
        }
        return last;
    }

    private void skipped(Outcome outcome) {
        Map<String, Integer> reasons = new TreeMap<>();
        outcome.results().stream()
                .filter(result -> result.kind() == Kind.REAL && result.status() == Status.SKIPPED)
                .forEach(result -> reasons.merge(result.detail().replace(" ==> ", "; Wine "), 1, Integer::sum));
        reasons.forEach((reason, count) -> indented("skipped " + count + ": " + reason, "   "));
    }

    private void failures(Outcome outcome) {
        for (TestResult result : outcome.results()) {
            if (result.kind().isOutcome() && result.status() == Status.FAILED) {
                boolean real = result.kind() == Kind.REAL;
                line(
                        "   FAILED%s: %s (model: %s)",
                        real ? "" : " on the model", result.test(), onModel(outcome, result));
                indented(result.detail(), "     ");
            }
        }
    }

    /** Returns the outcome of the same test on the model. */
    private static String onModel(Outcome outcome, TestResult real) {
        return outcome.results().stream()
                .filter(result -> result.kind() == Kind.MODEL)
                .filter(result -> Objects.equals(result.test(), real.test()))
                .map(result -> result.status().toString())
                .findFirst()
                .orElse("none; expected to pass");
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
