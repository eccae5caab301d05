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

/**
 * The outcome of a check.
 *
 * @param note the reason for which the check was skipped, or the end of its process; empty otherwise
 */
record Outcome(Status status, Duration time, List<TestResult> results, String note) {
    /** Returns the outcome of a check whose process has ended by itself. */
    static Outcome ended(Duration time, List<TestResult> results, String note) {
        if (count(results, TestResult.Kind.THREAD_DUMP, Status.TIMED_OUT) > 0) {
            return new Outcome(Status.TIMED_OUT, time, results, "");
        }
        if (count(results, TestResult.Kind.END, Status.PASSED) == 0) {
            return new Outcome(Status.CRASHED, time, results, note);
        }
        return new Outcome(statusOf(results), time, results, "");
    }

    /** Returns the outcome of a check whose process was ended from outside. */
    static Outcome killed(Duration time, List<TestResult> results) {
        return new Outcome(
                Status.TIMED_OUT, time, results, "the process wrote no thread dump and was ended from outside");
    }

    static Outcome skipped(String reason) {
        return new Outcome(Status.SKIPPED, Duration.ZERO, List.of(), reason);
    }

    /** Returns this outcome without names and paths. */
    Outcome cleanedBy(Sanitizer sanitizer) {
        List<TestResult> cleaned = results.stream()
                .map(result -> new TestResult(
                        result.kind(),
                        sanitizer.clean(result.test()),
                        result.status(),
                        sanitizer.clean(result.detail())))
                .toList();
        return new Outcome(status, time, cleaned, sanitizer.clean(note));
    }

    private static Status statusOf(List<TestResult> results) {
        if (count(results, TestResult.Kind.REAL, Status.FAILED) > 0) {
            return Status.FAILED;
        }
        if (count(results, TestResult.Kind.REAL, Status.PASSED) > 0) {
            return Status.PASSED;
        }
        return count(results, TestResult.Kind.REAL, Status.SKIPPED) > 0 ? Status.SKIPPED : Status.FAILED;
    }

    private static long count(List<TestResult> results, TestResult.Kind kind, Status status) {
        return results.stream()
                .filter(result -> result.kind() == kind && result.status() == status)
                .count();
    }

    long count(TestResult.Kind kind, Status status) {
        return count(results, kind, status);
    }
}
