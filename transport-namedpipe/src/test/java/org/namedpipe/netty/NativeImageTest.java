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
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The metadata for native images names the classes that Netty and JNA find by reflection. */
class NativeImageTest {
    private static final Path METADATA =
            Path.of("src/main/resources/META-INF/native-image/org.namedpipe/netty-transport-namedpipe");
    private static final Path BINDING = Path.of("src/main/java/org/namedpipe/netty/internal/win32");
    private static final Pattern NAME = Pattern.compile("\\{\"name\": \"(org\\..*?)\"");

    private static List<String> names(String file) throws IOException {
        return NAME.matcher(Files.readString(METADATA.resolve(file)))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static boolean isRegisteredWithJna(Path file) {
        try {
            return Files.readString(file).contains("Native.register(");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> classesWithNativeMethods() throws IOException {
        try (Stream<Path> files = Files.list(BINDING)) {
            return files.filter(NativeImageTest::isRegisteredWithJna)
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .map("org.namedpipe.netty.internal.win32."::concat)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void classesWithNativeMethodsAreNamed() throws IOException {
        List<String> classes = classesWithNativeMethods();
        assertThat(classes).hasSizeGreaterThan(3);
        assertThat(names("jni-config.json")).isEqualTo(classes);
        assertThat(names("reflect-config.json")).containsAll(classes);
    }

    @Test
    void allNamesAreThoseOfClasses() throws Exception {
        for (String name : names("reflect-config.json")) {
            assertThat(Class.forName(name, false, getClass().getClassLoader())).isNotNull();
        }
    }

    @Test
    void channelsThatNettyCreatesAreNamed() throws Exception {
        String metadata = Files.readString(METADATA.resolve("reflect-config.json"));
        for (Class<?> channel : List.of(NamedPipeChannel.class, NamedPipeServerChannel.class)) {
            assertThat(channel.getConstructor()).isNotNull();
            assertThat(metadata)
                    .contains("{\"name\": \"" + channel.getName()
                            + "\", \"methods\": [{\"name\": \"<init>\", \"parameterTypes\": []}]}");
        }
    }
}
