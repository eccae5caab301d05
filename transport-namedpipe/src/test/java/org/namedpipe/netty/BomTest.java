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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The BOM has all artifacts for users, which are the modules with the parent of what is published. */
class BomTest {
    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(netty-.*?)</artifactId>");
    private static final Pattern OWN_ARTIFACT = Pattern.compile("</parent>\\s*<artifactId>(.*?)</artifactId>");

    private static String pom(String module) throws IOException {
        return Files.readString(TestSources.PROJECT.resolve(module).resolve("pom.xml"));
    }

    private static List<String> match(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    @Test
    void bomHasAllArtifactsForUsers() throws IOException {
        List<String> artifacts = new ArrayList<>();
        for (String module : match(MODULE, pom("."))) {
            String pom = pom(module);
            if (pom.contains("published/pom.xml</relativePath>") && !module.equals("bom")) {
                artifacts.addAll(match(OWN_ARTIFACT, pom));
            }
        }
        String bom = pom("bom");
        assertThat(match(ARTIFACT, bom.substring(bom.indexOf("<dependencyManagement>"))))
                .hasSizeGreaterThan(4)
                .containsExactlyInAnyOrderElementsOf(artifacts);
    }
}
