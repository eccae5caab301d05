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
package org.namedpipe.netty.examples.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SwapGuideTest extends SwapBehaviour {
    private static final Pattern DIFF = Pattern.compile("```diff\\R(.*?)```", Pattern.DOTALL);
    private static final Path SOURCES = Path.of("src/test/java/org/namedpipe/netty/examples/swap");

    @Override
    Program program() {
        return new OverTcp(0);
    }

    @Test
    void diffsOfTheGuideAreThoseOfThePrograms() throws IOException {
        String tcp = source("OverTcp.java");
        String pipes = source("OverPipes.java");
        List<String> diffs = DIFF.matcher(Files.readString(Path.of("..", "docs", "swap-guide.md")))
                .results()
                .map(diff -> diff.group(1))
                .toList();

        assertThat(diffs).hasSize(7).allSatisfy(diff -> {
            assertThat(tcp).contains(side(diff, '-'));
            assertThat(pipes).contains(side(diff, '+'));
        });
    }

    @Test
    void diffOfTheReadmeIsThatOfThePrograms() throws IOException {
        String tcp = source("OverTcp.java");
        String pipes = withoutSpace(Files.readString(SOURCES.resolve("../HelloPipe.java")));
        List<String> lines = DIFF.matcher(Files.readString(Path.of("..", "README.md")))
                .results()
                .flatMap(diff -> diff.group(1).lines())
                .toList();

        assertThat(lines)
                .filteredOn(line -> line.startsWith("-"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(tcp).contains(side(line, '-')));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("+"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(pipes).contains(side(line, '+')));
    }

    private static String source(String file) throws IOException {
        return withoutSpace(Files.readString(SOURCES.resolve(file)));
    }

    /** Returns the common lines of a diff and the lines of one side. */
    private static String side(String diff, char sign) {
        Stream<String> lines = diff.lines().filter(line -> !line.isEmpty());
        return withoutSpace(lines.filter(line -> line.charAt(0) == ' ' || line.charAt(0) == sign)
                .map(line -> line.substring(1))
                .collect(Collectors.joining()));
    }

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }
}
