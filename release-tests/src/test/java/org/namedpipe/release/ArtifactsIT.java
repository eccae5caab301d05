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

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The artifacts in the repository of the projects in {@code src/it}. */
class ArtifactsIT {
    private static final Path REPOSITORY = Path.of("target/repository/org/namedpipe");
    private static final Pattern MANAGED = Pattern.compile("<artifactId>(netty-.*?)</artifactId>");
    private static final Pattern PACKAGE = Pattern.compile("([a-z0-9.]+)(;[^,\"]*(\"[^\"]*\"[^,\"]*)*)?(,|$)");

    private static Path file(String artifact, String extension) throws IOException {
        try (Stream<Path> files = Files.walk(REPOSITORY.resolve(artifact))) {
            return files.filter(file -> file.toString().endsWith(extension))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String pom(String artifact) throws IOException {
        return Files.readString(file(artifact, ".pom"));
    }

    static List<String> artifacts() throws IOException {
        String bom = pom("netty-transport-namedpipe-bom");
        return groups(MANAGED, bom.substring(bom.indexOf("<dependencyManagement>")))
                .toList();
    }

    static List<String> artifactsAndBom() throws IOException {
        return Stream.concat(Stream.of("netty-transport-namedpipe-bom"), artifacts().stream())
                .toList();
    }

    private static Stream<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(ArtifactsIT::group);
    }

    private static String group(MatchResult found) {
        return found.group(1);
    }

    @ParameterizedTest
    @MethodSource("artifactsAndBom")
    void pomNeedsNoOther(String artifact) throws IOException {
        assertThat(pom(artifact).replace("<version>${project.version}</version>", "")) // of the BOM itself
                .contains("<artifactId>" + artifact + "</artifactId>", "<name>", "<description>", "Apache-2.0")
                .doesNotContain("<parent>", "${", "<scope>test</scope>", "<profile>", "-fixtures", "-examples")
                .doesNotContain("<repositories>", "<build>", "<properties>", "/Users/", "/home/");
    }

    @ParameterizedTest
    @MethodSource("artifacts")
    void jarIsAModuleAndABundle(String artifact) throws IOException {
        try (JarFile jar = new JarFile(file(artifact, ".jar").toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName())).contains("META-INF/LICENSE", "META-INF/NOTICE");
            Attributes headers = jar.getManifest().getMainAttributes();
            try (InputStream descriptor = jar.getInputStream(jar.getEntry("module-info.class"))) {
                ModuleDescriptor module = ModuleDescriptor.read(descriptor);
                Set<String> exported = module.exports().stream()
                        .filter(packages -> !packages.isQualified())
                        .map(ModuleDescriptor.Exports::source)
                        .collect(toSet());
                assertThat(headers.getValue("Bundle-SymbolicName")).isEqualTo(module.name());
                assertThat(groups(PACKAGE, headers.getValue("Export-Package")))
                        .containsExactlyInAnyOrderElementsOf(exported);
            }
        }
    }

    /** A framework that requires an older Netty does not mix it with the one of the transport. */
    @Test
    void eachProjectHasOneVersionOfNetty() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target/it/consumers"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("netty-") && name.endsWith(".Final.jar"))
                            .filter(name -> !name.startsWith("netty-tcnative-")) // has versions of its own
                            .map(name -> name.replaceAll(".*-(4.*\\.Final)\\.jar", "$1"))
                            .distinct())
                    .hasSize(1);
        }
    }

    /** A newcomer's project is small. Each artifact has one; the one for gRPC is made of a page's snippets. */
    @Test
    void eachArtifactHasAProjectOfAtMost30Lines() throws IOException {
        Path projects = Path.of("src/it/consumers");
        StringBuilder poms = new StringBuilder(Files.readString(Path.of("../docs/integrations.md")));
        try (Stream<Path> files = Files.walk(projects)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.endsWith("pom.xml")) {
                    poms.append(Files.readString(file));
                } else if (file.endsWith("Hello.java")) {
                    String code = Files.readString(file);
                    assertThat(code.substring(code.indexOf("package ")).lines().count())
                            .as(file.toString())
                            .isLessThanOrEqualTo(30);
                }
            }
        }
        for (String artifact : artifacts()) {
            assertThat(poms).contains("<artifactId>" + artifact + "</artifactId>");
        }
    }
}
