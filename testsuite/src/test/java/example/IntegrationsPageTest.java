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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.DocumentPage;

/** The snippets for R2DBC of the page are those of {@link R2dbcDrivers}, which {@code MariaDbIT} runs. */
class IntegrationsPageTest {
    @Test
    void driversOfThePageAreTheTestedOnes() throws IOException {
        String code = DocumentPage.code(Path.of("src/test/java/example/R2dbcDrivers.java"));
        List<String> snippets =
                DocumentPage.of("integrations.md").section("R2DBC").snippets("java");

        assertThat(snippets).hasSize(2).allSatisfy(snippet -> assertThat(code).contains(snippet));
    }
}
