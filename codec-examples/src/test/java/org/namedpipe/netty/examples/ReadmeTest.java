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
package org.namedpipe.netty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Pattern JAVA = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

    @Test
    void programOfTheReadmeIsHelloPipe() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        String code = Files.readString(Path.of("src/test/java/org/namedpipe/netty/examples/HelloPipe.java"));

        List<String> blocks =
                JAVA.matcher(readme).results().map(ReadmeTest::withoutSpace).toList();

        String program = code.substring(code.indexOf("import ")).replaceAll("\\s+", "");
        assertThat(blocks).containsExactly(program);
    }

    @Test
    void tableOfExamplesIsComplete() throws IOException {
        String table = Files.readString(Path.of("README.md"));

        assertThat(Examples.ALL.keySet())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(table).contains("| `mvn -Pdemo package -Dexample=" + name + "` |"));
    }

    private static String withoutSpace(MatchResult block) {
        return block.group(1).replaceAll("\\s+", "");
    }
}
