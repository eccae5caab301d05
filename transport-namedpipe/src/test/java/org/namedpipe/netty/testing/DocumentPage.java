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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A page of {@code docs}, or a section of it, whose snippets tests compare with programs. White space does not count. */
public final class DocumentPage {
    private final String text;

    private DocumentPage(String text) {
        this.text = text.replace("\r", "");
    }

    /** Reads a page of {@code docs}. */
    public static DocumentPage of(String name) throws IOException {
        return new DocumentPage(Files.readString(docs().resolve(name)));
    }

    static Path docs() {
        Path module = Path.of(System.getProperty("basedir", "."));
        Path docs = module.resolve("../docs");
        // Some modules are in folders of modules.
        return Files.isDirectory(docs) ? docs : module.resolve("../../docs");
    }

    /** Returns the part from a heading of the second level to the next one. */
    public DocumentPage section(String title) {
        String heading = "\n## " + title + "\n";
        int begin = text.indexOf(heading);
        if (begin < 0) {
            throw new AssertionError("the page has no section " + title);
        }
        String rest = text.substring(begin + heading.length());
        int end = rest.indexOf("\n## ");
        return new DocumentPage(end < 0 ? rest : rest.substring(0, end));
    }

    /** Returns the blocks of a language, as they are. */
    public List<String> blocks(String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** Returns the blocks of a language without white space. */
    public List<String> snippets(String language) {
        return blocks(language).stream().map(DocumentPage::withoutSpace).toList();
    }

    /** Returns the common lines of a diff and the lines of one side, without white space. */
    public static String side(String diff, char sign) {
        return withoutSpace(diff.lines()
                .filter(line -> !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == sign))
                .map(line -> line.substring(1))
                .collect(Collectors.joining()));
    }

    /** Returns a source file without white space. */
    public static String code(Path file) throws IOException {
        return withoutSpace(Files.readString(file));
    }

    public static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }
}
