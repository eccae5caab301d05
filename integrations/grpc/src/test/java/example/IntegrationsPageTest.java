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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.DocumentPage;

/** The snippets for gRPC of the page are the programs that {@link OrdersIT} runs, and the dependencies of this module. */
class IntegrationsPageTest {
    private static final Path TESTS = Path.of("src/test/java/example");

    private static List<String> blocks(String language) throws IOException {
        return DocumentPage.of("integrations.md").section("gRPC").snippets(language);
    }

    private static String program(String file) throws IOException {
        String code = Files.readString(TESTS.resolve(file));
        return DocumentPage.withoutSpace(code.substring(code.indexOf("import ")));
    }

    @Test
    void programsOfThePageAreTheTestedOnes() throws IOException {
        List<String> programs = blocks("java");
        assertEquals(List.of(program("OrdersServer.java"), program("OrdersClient.java")), programs.subList(0, 2));
    }

    @Test
    void identityIsReadAsThePageShows() throws IOException {
        String code = DocumentPage.code(TESTS.resolve("WhoService.java"));
        List<String> programs = blocks("java");
        assertEquals(3, programs.size());
        assertTrue(code.contains(programs.get(2)), programs.get(2));
    }

    @Test
    void dependenciesOfThePageAreThoseOfThisModule() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String root = Files.readString(Path.of("../../pom.xml"));
        String version = first("<version>(.*?)</version>", root);
        String grpc = first("<grpc.version>(.*?)</grpc.version>", root);
        String artifact = first("</parent>\\s*<artifactId>(.*?)</artifactId>", pom);

        assertEquals(
                List.of(dependency("org.namedpipe", artifact, version)
                        + dependency("io.grpc", "grpc-services", grpc)
                        + dependency("io.grpc", "grpc-protobuf", grpc)),
                blocks("xml"));
    }

    private static String dependency(String group, String artifact, String version) {
        return "<dependency><groupId>" + group + "</groupId><artifactId>" + artifact + "</artifactId><version>"
                + version + "</version></dependency>";
    }

    private static String first(String regex, String text) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }
}
