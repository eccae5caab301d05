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
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/test-cases.md} names tests that exist for each case. */
class TestCasesPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| .*\\. \\| (.*) \\|$");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private static List<String> match(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    @Test
    void everyCaseHasTestsThatExist() throws IOException {
        List<String> tests =
                TestSources.all().stream().map(TestSources::className).toList();
        List<String> rows = match(ROW, Files.readString(TestSources.PROJECT.resolve("docs/test-cases.md")));
        assertThat(rows).hasSizeGreaterThanOrEqualTo(40);
        assertThat(rows)
                .allSatisfy(row -> assertThat(match(NAME, row)).isNotEmpty().isSubsetOf(tests));
    }
}
