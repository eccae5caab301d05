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
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.namedpipe.netty.testing.DocumentPage;

/** The programs of {@code docs/peers.md} are those that the conformance suite runs, except for that in Go. */
class PeersPageTest {
    @ParameterizedTest
    @CsvSource({".NET, csharp, dotnet/hello.cs", "Python, python, python/hello.py", "Node.js, js, node/hello.js"})
    void programOfThePageIsTheTestedOne(String section, String language, String file) throws IOException {
        List<String> snippets = DocumentPage.of("peers.md").section(section).snippets(language);

        assertThat(snippets).hasSize(1);
        assertThat(DocumentPage.code(Path.of("../testsuite/src/test", file))).contains(snippets.get(0));
    }
}
