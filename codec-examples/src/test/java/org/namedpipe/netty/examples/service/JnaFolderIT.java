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
package org.namedpipe.netty.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Platform;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.examples.AbstractExampleTest;
import org.namedpipe.netty.examples.ExampleProcess;

class JnaFolderIT extends AbstractExampleTest {
    private static final String DLL = "jnidispatch.dll";

    @TempDir
    private Path directory;

    private Path temporary;
    private Path installed;

    @BeforeEach
    void createFolders() throws Exception {
        temporary = Files.createDirectory(directory.resolve("temporary"));
        installed = Files.createDirectory(directory.resolve("installed"));
    }

    private ExampleProcess service(String... javaOptions) throws Exception {
        List<String> all = Stream.concat(Stream.of("-Djava.io.tmpdir=" + temporary), Stream.of(javaOptions))
                .toList();
        return start("server", all, ServiceServer.class, name);
    }

    private List<Path> unpacked() throws Exception {
        try (Stream<Path> files = Files.walk(temporary)) {
            return files.filter(file -> file.toString().endsWith(".dll")).toList();
        }
    }

    @Test
    void usesTheInstalledLibrary() throws Exception {
        try (InputStream dll = Platform.class.getResourceAsStream(Platform.RESOURCE_PREFIX + '/' + DLL)) {
            assertThat(dll).isNotNull();
            Files.copy(dll, installed.resolve(DLL));
        }
        ExampleProcess service = service("-Djna.boot.library.path=" + installed, "-Djna.nounpack=true");
        service.awaitListening();

        assertThat(unpacked()).isEmpty();
        service.close();
    }

    @Test
    void failsIfTheInstalledLibraryIsMissing() throws Exception {
        ExampleProcess service = service("-Djna.boot.library.path=" + installed, "-Djna.nounpack=true");

        assertThat(service.exitCode()).isEqualTo(1);
        assertThat(unpacked()).isEmpty();
    }

    @Test
    void unpacksTheLibraryIntoANewFolder() throws Exception {
        ExampleProcess service = service();
        service.awaitListening();

        assertThat(unpacked())
                .singleElement()
                .satisfies(
                        dll -> assertThat(temporary.relativize(dll).getName(0).toString())
                                .matches("service-jna\\d+"));
        service.close();
    }
}
