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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That {@code docs/test-cases.md} names tests that exist, and those that say which case they are written for. */
class TestCasesPageTest {
    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", ".")).resolve("..").normalize();
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| .* \\| ([^|]+) \\|$");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");
    private static final Pattern COMMENT = Pattern.compile("// case (\\d+)\\b");

    private static Map<Integer, Set<String>> page() throws IOException {
        Map<Integer, Set<String>> testsByCase = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(PROJECT.resolve("docs/test-cases.md")));
        while (row.find()) {
            testsByCase.put(
                    Integer.valueOf(row.group(1)),
                    NAME.matcher(row.group(2))
                            .results()
                            .map(name -> name.group(1))
                            .collect(Collectors.toSet()));
        }
        return testsByCase;
    }

    private static Stream<Path> testSources() throws IOException {
        try (Stream<Path> modules = Files.list(PROJECT)) {
            return modules.map(module -> module.resolve("src/test/java")).filter(Files::isDirectory).toList().stream()
                    .flatMap(TestCasesPageTest::javaFiles);
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String className(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }

    @Test
    void everyCaseHasTestsThatExist() throws IOException {
        Set<String> sources = testSources().map(TestCasesPageTest::className).collect(Collectors.toSet());
        Map<Integer, Set<String>> page = page();
        assertThat(page.keySet()).isEqualTo(IntStream.rangeClosed(1, 40).boxed().collect(Collectors.toSet()));
        assertThat(page.values())
                .allSatisfy(tests -> assertThat(tests)
                        .isNotEmpty()
                        .allSatisfy(test -> assertThat(sources).contains(test)));
    }

    @Test
    void testsThatSayTheirCaseAreListedThere() throws IOException {
        Map<Integer, Set<String>> page = page();
        Set<String> missing = new TreeSet<>();
        for (Path source : testSources().toList()) {
            COMMENT.matcher(Files.readString(source)).results().forEach(comment -> {
                int number = Integer.parseInt(comment.group(1));
                if (!page.getOrDefault(number, Set.of()).contains(className(source))) {
                    missing.add(number + ": " + className(source));
                }
            });
        }
        assertThat(missing).isEmpty();
    }
}
