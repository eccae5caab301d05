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
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The classes that users meet first have an example that compiles. */
class JavadocExamplesTest {
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\\R(.*?)\\* }</pre>", Pattern.DOTALL);
    private static final Path FOLDER = Path.of("java/org/namedpipe/netty");

    private static String read(Path folder, String file) throws IOException {
        return Files.readString(folder.resolve(FOLDER).resolve(file));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NamedPipeAddress",
                "NamedPipeCall",
                "NamedPipeChannel",
                "NamedPipeChannelOption",
                "NamedPipePeer",
                "NamedPipePeerFilter",
                "NamedPipeSecurity",
                "NamedPipeServerChannel",
                "NamedPipeServerTrust",
                "iocp/IocpIoHandler"
            })
    void exampleOfTheClassCompiles(String type) throws IOException {
        Matcher example = EXAMPLE.matcher(read(Path.of("src/main"), type + ".java"));
        assertThat(example.find()).isTrue();
        assertThat(withoutSpace(read(Path.of("src/test"), "JavadocExamples.java")))
                .contains(withoutSpace(example.group(1).replaceAll("(?m)^ \\* ?", "")));
    }

    @Test
    void addressesAreThoseOfTheComments() {
        assertThat(JavadocExamples.address())
                .extracting(NamedPipeAddress::path)
                .containsExactly("\\\\.\\pipe\\orders", "\\\\.\\pipe\\docker_engine", "\\\\server1\\pipe\\orders");
    }
}
