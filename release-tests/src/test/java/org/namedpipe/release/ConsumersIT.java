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
package org.namedpipe.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.namedpipe.netty.testing.TestProcess;

/** Runs the projects of {@code src/it/consumers}, which Maven has built outside of this build. Each prints "hello". */
class ConsumersIT {
    private static final Path PROJECTS = Path.of("target/it/consumers").toAbsolutePath();

    /** Returns the names of the projects with a program. */
    static List<String> programs() throws IOException {
        try (Stream<Path> projects = Files.list(Path.of("src/it/consumers"))) {
            return projects.filter(project -> Files.exists(project.resolve("src/main/java/hello/Hello.java")))
                    .map(project -> project.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static String classPath(String project) {
        Path target = PROJECTS.resolve(project).resolve("target");
        return target.resolve("classes") + File.pathSeparator + target.resolve("lib") + File.separator + "*";
    }

    /** The output can contain more, for example warnings of a library about the Java version or a missing logger. */
    private static void assertPrints(String expected, String... arguments) throws IOException {
        try (TestProcess process = TestProcess.start(List.of(arguments))) {
            assertThat(process.output()).contains(expected);
            assertThat(process.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void runsOnTheClassPath(String project) throws Exception {
        assertPrints("hello", "--enable-native-access=ALL-UNNAMED", "-cp", classPath(project), "hello.Hello");
    }

    @Test
    void runsOnTheModulePath() throws Exception {
        Path target = PROJECTS.resolve("transport").resolve("target");
        String modules = target.resolve("classes") + File.pathSeparator + target.resolve("lib");
        assertPrints("hello", "--enable-native-access=com.sun.jna", "-p", modules, "-m", "hello/hello.Hello");
    }

    @Test
    void runsInAJarWithNettyUnderAnotherName() throws Exception {
        Path file = PROJECTS.resolve("shaded/target/shaded-1.jar");
        try (JarFile jar = new JarFile(file.toFile())) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .contains("com/example/netty/channel/Channel.class")
                    .noneMatch(name -> name.startsWith("io/netty/"));
        }
        assertPrints("hello", "--enable-native-access=ALL-UNNAMED", "-cp", file.toString(), "hello.Hello");
    }

    @Test
    void runsTheSnippetsForGrpcInANewProject() throws Exception {
        TestProcess server = TestProcess.start(List.of("-cp", classPath("grpc"), "OrdersServer"));
        try {
            while (!server.nextLine().equals("listening on [\\\\.\\pipe\\orders]")) {}
            assertPrints("the server is SERVING", "-cp", classPath("grpc"), "OrdersClient");
        } finally {
            ProcessHandle.of(server.pid()).ifPresent(ProcessHandle::destroyForcibly);
            server.close();
        }
    }
}
