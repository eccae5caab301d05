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
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.ExampleBehaviour;
import org.namedpipe.netty.examples.Transport;

/** Where a service in a process of its own gets the DLL of JNA from. */
class JnaLibraryIT extends ExampleBehaviour {
    private static final String DLL = "jnidispatch.dll";

    @TempDir
    private Path directory;

    private Path temporary;
    private Path installed;

    JnaLibraryIT() {
        super(Transport.PIPE, "service");
    }

    @BeforeEach
    void createFolders() throws Exception {
        temporary = Files.createDirectory(directory.resolve("temporary"));
        installed = Files.createDirectory(directory.resolve("installed"));
    }

    private ChildProcess service(String... options) throws Exception {
        List<String> arguments = Stream.concat(
                        Stream.of("service", "server", "--name=" + transport.freshName()), Stream.of(options))
                .toList();
        return ChildProcess.start(
                "service",
                List.of("-Djava.io.tmpdir=" + temporary),
                arguments,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    }

    private List<Path> unpacked() throws Exception {
        try (Stream<Path> files = Files.walk(temporary)) {
            return files.filter(file -> file.toString().endsWith(".dll")).toList();
        }
    }

    @Test
    void anInstalledServiceUnpacksNothing() throws Exception {
        try (InputStream dll = Platform.class.getResourceAsStream(Platform.RESOURCE_PREFIX + '/' + DLL)) {
            assertThat(dll).isNotNull();
            Files.copy(dll, installed.resolve(DLL));
        }
        try (ChildProcess service = service("--jna=" + installed)) {
            nameOf(service);

            assertThat(unpacked()).isEmpty();
        }
    }

    @Test
    void anInstallationWithoutTheLibraryIsNotMadeUpForByUnpacking() throws Exception {
        try (ChildProcess service = service("--jna=" + installed)) {
            assertThat(service.exitCode(deadline())).isEqualTo(1);
        }
        assertThat(unpacked()).isEmpty();
    }

    @Test
    void otherwiseTheLibraryIsUnpackedIntoAFolderOfItsOwn() throws Exception {
        try (ChildProcess service = service()) {
            nameOf(service);

            assertThat(unpacked())
                    .singleElement()
                    .satisfies(dll -> assertThat(
                                    temporary.relativize(dll).getName(0).toString())
                            .matches("service-jna\\d+"));
        }
    }
}
