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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.DocumentPage;

class SwapGuideTest extends SwapBehaviour {
    private static final Path SWAP = Path.of("src/test/java/org/namedpipe/netty/examples/swap");
    private static final List<Path> PROGRAMS = List.of(
            SWAP,
            Path.of("../integrations/reactor-netty/src/test/java/example"),
            Path.of("../integrations/vertx/src/test/java/example"),
            Path.of("../integrations/streams/src/test/java/example"),
            Path.of("../integrations/docker-java/src/test/java/example"),
            Path.of("../testsuite/src/test/java/example"));

    @Override
    Program program() {
        return new OverTcp(0);
    }

    @Test
    void diffsOfTheGuideAreThoseOfThePrograms() throws IOException {
        String tcp = sources("OverTcp.java");
        String pipes = sources("OverPipe.java", "OverPipes.java", "R2dbcDrivers.java");

        assertThat(DocumentPage.of("swap-guide.md").blocks("diff")).hasSize(15).allSatisfy(diff -> {
            assertThat(tcp).contains(DocumentPage.side(diff, '-'));
            assertThat(pipes).contains(DocumentPage.side(diff, '+'));
        });
    }

    @Test
    void diffOfTheReadmeIsThatOfThePrograms() throws IOException {
        String tcp = DocumentPage.code(SWAP.resolve("OverTcp.java"));
        String pipes = DocumentPage.code(SWAP.resolve("../HelloPipe.java"));
        List<String> lines = DocumentPage.of("../README.md").blocks("diff").stream()
                .flatMap(String::lines)
                .toList();

        assertThat(lines)
                .filteredOn(line -> line.startsWith("-"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(tcp).contains(DocumentPage.side(line, '-')));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("+"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(pipes).contains(DocumentPage.side(line, '+')));
    }

    /** Returns the programs of one side, which run in the tests of the modules that they belong to. */
    private static String sources(String... endings) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path folder : PROGRAMS) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    if (Stream.of(endings).anyMatch(file.toString()::endsWith)) {
                        all.append(DocumentPage.code(file)).append('\n');
                    }
                }
            }
        }
        return all.toString();
    }
}
