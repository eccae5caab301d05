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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The snippets for Reactor Netty of the page are parts of the program that {@link HelloReactorIT} runs. */
class IntegrationsPageTest {
    @Test
    void programOfThePageIsTheTestedOne() throws IOException {
        String page = Files.readString(Path.of("../../docs/integrations.md"));
        String code = withoutSpace(Files.readString(Path.of("src/test/java/example/HelloReactor.java")));
        List<String> blocks = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL)
                .matcher(page.substring(page.indexOf("## Reactor Netty"), page.indexOf("## Vert.x")))
                .results()
                .map(block -> withoutSpace(block.group(1)))
                .toList();

        assertEquals(2, blocks.size());
        blocks.forEach(block -> assertTrue(code.contains(block), block));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }
}
