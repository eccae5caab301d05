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
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Keeps output of programs out of the repository. Each file has an ending that the project uses, or {@code .gitignore} names it.
 * The test reads the folders, so it does not need git.
 */
class ProjectFilesTest {
    private static final Path PROJECT = Path.of(System.getProperty("basedir", "."))
            .resolve("..")
            .toAbsolutePath()
            .normalize();
    private static final Set<String> KINDS = Set.of(
            "c",
            "config",
            "cs",
            "groovy",
            "html",
            "java",
            "js",
            "json",
            "md",
            "properties",
            "py",
            "security",
            "sh",
            "svg",
            "xml",
            "yml");
    /** Files without one of these endings, by their path from the root of the project. */
    private static final Set<String> OTHERS = Set.of(
            ".ci/lint-workflows",
            ".ci/rehearse-release",
            ".ci/run",
            ".editorconfig",
            ".git",
            ".gitattributes",
            ".gitignore",
            ".mvn/license-header.txt",
            "LICENSE",
            "NOTICE",
            "tools/windows-jvm/bin/java",
            "tools/windows-jvm/bin/mvn",
            "tools/windows-jvm/release");

    @Test
    void allFilesAreOfKnownKinds() throws IOException {
        List<String> unknown = new ArrayList<>();
        Files.walkFileTree(PROJECT, collector(ignored(), unknown));
        assertThat(unknown)
                .as("files that are neither source, nor documents, nor ignored by .gitignore: delete them, or add"
                        + " their kind to this test")
                .isEmpty();
    }

    private static FileVisitor<Path> collector(List<PathMatcher> ignored, List<String> unknown) {
        return new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skipped = folder.endsWith(".git") || matches(ignored, folder);
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!isKnown(file) && !matches(ignored, file)) {
                    unknown.add(name(file));
                }
                return FileVisitResult.CONTINUE;
            }
        };
    }

    private static boolean isKnown(Path file) {
        String name = name(file);
        return OTHERS.contains(name)
                || name.contains("/resources/META-INF/services/")
                || KINDS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static String name(Path file) {
        return PROJECT.relativize(file).toString().replace('\\', '/');
    }

    private static boolean matches(List<PathMatcher> ignored, Path path) {
        return ignored.stream().anyMatch(pattern -> pattern.matches(path.getFileName()));
    }

    /** Returns the patterns of {@code .gitignore}, each of which is a name, or its beginning or end. */
    private static List<PathMatcher> ignored() throws IOException {
        return Files.readAllLines(PROJECT.resolve(".gitignore")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.endsWith("/") ? line.substring(0, line.length() - 1) : line)
                .map(line -> PROJECT.getFileSystem().getPathMatcher("glob:" + line))
                .toList();
    }
}
