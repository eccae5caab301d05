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
package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.DocumentPage;

/** The snippets for docker-java of the page are compiled. */
class IntegrationsPageTest {
    private static final Path TESTS = Path.of("src/test/java/example");

    @Test
    void programsOfThePageAreCompiled() throws IOException {
        List<String> snippets =
                DocumentPage.of("integrations.md").section("docker-java").snippets("java");

        assertEquals(2, snippets.size());
        assertIsIn("DockerOverPipe.java", snippets.get(0));
        assertIsIn("DockerExec.java", snippets.get(1));
    }

    private static void assertIsIn(String file, String snippet) throws IOException {
        assertTrue(DocumentPage.code(TESTS.resolve(file)).contains(snippet), snippet);
    }
}
