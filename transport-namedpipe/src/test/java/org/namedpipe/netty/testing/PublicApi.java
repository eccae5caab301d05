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
package org.namedpipe.netty.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The public API of one module: the public types of its exported packages, and their members. A page in {@code docs} records it,
 * so that no change of the API goes unnoticed.
 */
public final class PublicApi {
    private static final String HEAD = """
            # Public API of `%s`

            <!-- Made by %s. Do not edit. -->

            The exported packages have %d types with %d members: constants, constructors and methods. Methods that override one of a
            public supertype are not listed. `%s` fails when the API differs from this page.
            """;

    private final Path classes;
    private final ModuleDescriptor module;
    private final ClassLoader loader;

    /** Reads the module that {@code type} belongs to, from its folder of classes. */
    public PublicApi(Class<?> type) throws IOException, URISyntaxException {
        classes =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        loader = type.getClassLoader();
        try (InputStream descriptor = Files.newInputStream(classes.resolve("module-info.class"))) {
            module = ModuleDescriptor.read(descriptor);
        }
    }

    /**
     * Asserts that a page of {@code docs} records this API. With {@code -Dwrite.api=true} the page is written first.
     *
     * @param test the class that asserts, for the page and the message
     */
    public void assertRecordedIn(String page, Class<?> test) throws IOException {
        Path file = DocumentPage.docs().resolve(page);
        String api = describe(test.getSimpleName());
        if (Boolean.getBoolean("write.api")) {
            Files.writeString(file, api);
        }
        assertThat(Files.readString(file))
                .as(
                        "docs/%s: the public API has changed. If that is intended, write the page with"
                                + " mvn test -pl <module> -am -Dtest=%s -Dwrite.api=true, and review the difference",
                        page, test.getSimpleName())
                .isEqualTo(api);
    }

    private List<String> packages() {
        return module.exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .sorted()
                .toList();
    }

    /** Returns the public types of a package, sorted by name. */
    private List<PublicType> types(String name) {
        try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
                    .map(file -> load(name + '.' + file.substring(0, file.length() - ".class".length())))
                    .filter(PublicType::isPublic)
                    .sorted(Comparator.comparing(Class::getName))
                    .map(PublicType::new)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Class<?> load(String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private String describe(String test) {
        StringBuilder body = new StringBuilder();
        int typeCount = 0;
        int memberCount = 0;
        for (String name : packages()) {
            body.append("\n## ").append(name).append("\n\n```\n");
            String separator = "";
            for (PublicType type : types(name)) {
                body.append(separator).append(type.declaration()).append('\n');
                type.members()
                        .forEach(member -> body.append("    ").append(member).append('\n'));
                separator = "\n";
                typeCount++;
                memberCount += type.members().size();
            }
            body.append("```\n");
        }
        return HEAD.formatted(module.name(), test, typeCount, memberCount, test) + body;
    }
}
