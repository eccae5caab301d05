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

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TestkitPageTest {
    private static final Pattern JAVA = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

    @Test
    void eachExampleIsPartOfTheTest() throws IOException {
        String code = Files.readString(Path.of("src/test/java/example/LineCounterTest.java"))
                .replaceAll("\\s+", "");
        List<String> examples = JAVA.matcher(Files.readString(Path.of("../docs/testkit.md")))
                .results()
                .map(block -> block.group(1).replaceAll("\\s+", ""))
                .toList();

        assertTrue(examples.size() > 4, "found the examples");
        examples.forEach(example -> assertTrue(code.contains(example), example));
    }
}
