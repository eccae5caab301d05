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

import java.util.Optional;

/**
 * A line of the file into which the process of a check writes its results.
 *
 * @param kind the kind of the line
 * @param test the name of the test in the report
 * @param status the outcome, for {@link Kind#isOutcome()} only
 * @param detail an exception and its first frames, a reason, a figure, or a thread dump
 */
record TestResult(Kind kind, String test, Status status, String detail) {
    enum Kind {
        REAL,
        MODEL,
        /** A test has begun. */
        STARTED,
        FIGURE,
        THREAD_DUMP,
        /** The last line: all tests have run. */
        END;

        boolean isOutcome() {
            return this == REAL || this == MODEL;
        }
    }

    static TestResult end() {
        return new TestResult(Kind.END, "", Status.PASSED, "");
    }

    static TestResult started(String test) {
        return new TestResult(Kind.STARTED, test, Status.PASSED, "");
    }

    static TestResult figure(String text) {
        return new TestResult(Kind.FIGURE, "", Status.PASSED, text);
    }

    static TestResult threadDump(String text) {
        return new TestResult(Kind.THREAD_DUMP, "", Status.TIMED_OUT, text);
    }

    /** Returns one line without its end. */
    String encoded() {
        return String.join("\t", kind.name(), status.name(), escaped(test), escaped(detail));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\r", "").replace("\n", "\\n").replace("\t", "\\t");
    }

    /** Returns the result, or nothing if the process was ended in the middle of the line. */
    static Optional<TestResult> decode(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 4) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TestResult(
                    Kind.valueOf(fields[0]),
                    fields[2].translateEscapes(),
                    Status.valueOf(fields[1]),
                    fields[3].translateEscapes()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
