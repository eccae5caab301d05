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

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exception as the report shows it: its message, and the first frames of this project. */
final class Failure {
    private static final String OURS = "org.namedpipe.";
    private static final int FRAMES = 6;
    private static final int CAUSES = 3;
    private static final int LINES = 12;

    private Failure() {}

    static String describe(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        @Nullable Throwable cause = thrown;
        for (int i = 0; cause != null && i <= CAUSES; i++) {
            text.append(i == 0 ? "" : "\ncaused by ").append(shortened(cause.toString()));
            frames(cause).forEach(frame -> text.append("\n    at ").append(frame));
            cause = cause.getCause();
        }
        return text.toString();
    }

    private static String shortened(String message) {
        List<String> lines = message.strip().lines().toList();
        String text = String.join("\n", lines.subList(0, Math.min(LINES, lines.size())));
        return lines.size() > LINES ? text + "\n(" + (lines.size() - LINES) + " more lines)" : text;
    }

    private static List<StackTraceElement> frames(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .limit(FRAMES)
                .toList();
    }
}
