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

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Counts the passed tests of many rounds, and passes on all other results. Thread-safe. */
final class RoundResults {
    private final Consumer<TestResult> results;
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    RoundResults(Consumer<TestResult> results) {
        this.results = results;
    }

    void begin() {
        rounds.incrementAndGet();
    }

    boolean hasFailures() {
        return failed.get() > 0;
    }

    void add(TestResult result) {
        if (result.kind() == TestResult.Kind.STARTED) {
            return;
        }
        if (result.kind() == TestResult.Kind.REAL && result.status() == Status.PASSED) {
            passed.incrementAndGet();
            return;
        }
        if (result.status() == Status.FAILED) {
            failed.incrementAndGet();
        }
        results.accept(result);
    }

    /** Reports the passed tests as one result. */
    void summarize(Part part) {
        String name = part.only().isEmpty()
                ? part.testClass().substring(part.testClass().lastIndexOf('.') + 1)
                : part.only();
        if (!hasFailures()) {
            results.accept(new TestResult(TestResult.Kind.REAL, name, Status.PASSED, ""));
        }
        results.accept(TestResult.figure(String.format(
                "%s: %,d rounds of at most %,d, %,d tests", name, rounds.get(), part.rounds(), passed.get())));
    }
}
