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

/** What went wrong in a scenario, and, where asked for, all that happened before. */
final class Journal {
    private static final int MAX_STACK = 20;

    private final boolean tracing;
    private final List<String> lines = new ArrayList<>();
    private @Nullable String violation;

    Journal(boolean tracing) {
        this.tracing = tracing;
    }

    /** Something happened. {@code line} is asked for its text only if anybody will read it. */
    void note(Supplier<String> line) {
        if (tracing) {
            lines.add(line.get());
        }
    }

    /** Something is wrong. What goes wrong first counts. */
    void violation(String what) {
        note(() -> "VIOLATION: " + what);
        if (violation == null) {
            violation = what;
        }
    }

    void violation(String what, Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        violation(what + ": " + text.toString().lines().limit(MAX_STACK).collect(Collectors.joining("\n")));
    }

    boolean hasViolation() {
        return violation != null;
    }

    @Nullable
    String violation() {
        return violation;
    }

    List<String> lines() {
        return lines;
    }
}
