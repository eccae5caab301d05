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
package org.namedpipe.npcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** Looks into the jar that users download. */
class NpcatJarIT extends AbstractNpcatTest {

    private static final String JAR = "target/npcat.jar";

    @Test
    void theJarHasTheLicencesOfAllItContains() throws IOException {
        try (JarFile jar = new JarFile(JAR)) {
            List<String> names = jar.stream()
                    .map(Object::toString)
                    .filter(name -> !name.endsWith("/"))
                    .toList();
            assertThat(names)
                    .contains("META-INF/LICENSE", "META-INF/NOTICE.md", "META-INF/AL2.0", "META-INF/LGPL2.1")
                    .doesNotHaveDuplicates()
                    .noneMatch(name -> name.endsWith("module-info.class"));
            assertThat(names)
                    .filteredOn(name -> name.contains("jnidispatch"))
                    .containsExactlyInAnyOrder(
                            "com/sun/jna/win32-x86-64/jnidispatch.dll", "com/sun/jna/win32-aarch64/jnidispatch.dll");
            String licence = text(jar, "META-INF/LICENSE");
            assertThat(licence).contains("Apache License").contains("Version 2.0, January 2004");
            assertThat(text(jar, "META-INF/NOTICE.md"))
                    .contains("Netty", "JCTools", "Java Native Access", "libffi", "picocli")
                    .doesNotContain("${");
        }
    }

    @Test
    void theJarKnowsItsVersions() throws Exception {
        try (JarFile jar = new JarFile(JAR)) {
            Properties netty = new Properties();
            netty.load(jar.getInputStream(jar.getJarEntry("META-INF/io.netty.versions.properties")));
            assertThat(netty).containsKeys("netty-common.version", "netty-buffer.version", "netty-transport.version");
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
            String version = manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION);

            NpcatProcess npcat = owned(NpcatProcess.start("npcat", "--version"));
            assertThat(npcat.awaitLine("npcat ")).isEqualTo("npcat " + version);
            assertThat(npcat.exitCode()).isZero();
        }
    }

    private static String text(JarFile jar, String name) throws IOException {
        return new String(jar.getInputStream(jar.getJarEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
