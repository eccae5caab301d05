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
package org.namedpipe.netty.explorer;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The first violation of a run, and, if recording is on, everything that happened. */
final class Trace {
    private static final int MAX_STACK = 20;

    private final boolean recording;
    private final List<String> lines = new ArrayList<>();
    private @Nullable String violation;

    Trace(boolean recording) {
        this.recording = recording;
    }

    /** Adds a line. Its text is built only if recording is on. */
    void record(Supplier<String> line) {
        if (recording) {
            lines.add(line.get());
        }
    }

    /** Reports a violation. Only the first one counts. */
    void violation(String description) {
        record(() -> "VIOLATION: " + description);
        if (violation == null) {
            violation = description;
        }
    }

    void violation(String description, Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        violation(description + ": " + text.toString().lines().limit(MAX_STACK).collect(Collectors.joining("\n")));
    }

    boolean hasViolation() {
        return violation != null;
    }

    @Nullable
    String violation() {
        return violation;
    }

    /** Returns the first line of the violation without numbers, states and contents, or an empty text. */
    String kindOfViolation() {
        String line = violation == null ? "" : violation.lines().findFirst().orElse("");
        return line.replaceAll("\\([^)]*\\)|\\[[^]]*]", "")
                .replaceAll("client|child", "endpoint")
                .replaceAll("[0-9]+", "#");
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
