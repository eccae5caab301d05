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
package org.namedpipe.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.EnabledOnRealWindows;

/** {@code docs/real-windows.md} lists the tests that need Windows, with their reasons. */
class RealWindowsPageTest {
    private static final Pattern ANNOTATED = Pattern.compile(
            "@" + EnabledOnRealWindows.class.getSimpleName() + "\\(\"([^\"]*)\"\\).*?(?:void (\\w+)\\(|class \\w+)",
            Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("\\| `([\\w.]+)` \\| ([^|]+) \\|.*");

    private static Stream<String> annotatedIn(Path source) {
        try {
            String name = TestSources.className(source);
            Matcher matcher = ANNOTATED.matcher(Files.readString(source));
            return matcher.results().map(found -> row(name, found)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String row(String name, MatchResult found) {
        String test = found.group(2) == null ? name : name + '.' + found.group(2);
        return test + ": " + found.group(1);
    }

    @Test
    void thePageListsTheAnnotatedTests() throws IOException {
        List<String> annotated = TestSources.all().stream()
                .filter(source -> !source.endsWith("RealWindowsPageTest.java"))
                .flatMap(RealWindowsPageTest::annotatedIn)
                .toList();
        List<String> listed = Files.readString(TestSources.PROJECT.resolve("docs/real-windows.md"))
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1) + ": " + row.group(2))
                .toList();

        assertThat(annotated).isNotEmpty();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(annotated);
    }
}
