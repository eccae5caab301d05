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
package org.namedpipe.netty.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Removes names of users and computers, and paths of files, from a text. */
final class Sanitizer {
    /** The rest of a path. A part may have spaces only if a backslash follows. */
    private static final String REST =
            "(?:[\\\\/]+(?:[^\\\\/\\r\\n\"'<>|]+(?=\\\\)|[^\\\\/\\s\"'<>|,;()\\[\\]]+))*[\\\\/]*";

    private static final Pattern HOME =
            Pattern.compile("(?i)(?<![a-z])[a-z]:[\\\\/]+Users[\\\\/]+[^\\\\/\\r\\n\"']+(?=[\\\\/])" + REST);
    private static final Pattern DRIVE = Pattern.compile("(?i)(?<![a-z0-9])[a-z]:(?=[\\\\/])" + REST);
    private static final Pattern BELOW = Pattern.compile("(<folder>|<project>)" + REST);
    private static final Pattern SHARE =
            Pattern.compile("\\\\\\\\(?!(?:[.?]|127\\.[\\d.]+)\\\\)[^\\s\\\\\"']+\\\\[^\\s\"']*");
    private static final Pattern UNIX = Pattern.compile("(?<![\\w.$<>:/\\\\-])/(?:[\\w.@+~-]+/)+[\\w.@+~-]*");
    private static final Pattern USER_SID = Pattern.compile("S-1-(?:5-21|12-1)(?:-\\d+)+");

    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private final Map<String, String> folders = new TreeMap<>(LONGEST_FIRST);
    private final Map<String, String> words = new TreeMap<>(LONGEST_FIRST);

    /** Replaces a word, without regard to case. */
    Sanitizer word(@Nullable String word, String replacement) {
        if (word != null && !word.isBlank()) {
            words.put(word.strip(), replacement);
        }
        return this;
    }

    /** Replaces the paths of a folder and of everything in it, with either kind of slash. */
    Sanitizer folder(@Nullable String folder, String replacement) {
        String path = folder == null ? "" : folder.replaceAll("[\\\\/]+$", "");
        if (path.length() > 2) {
            folders.put(path, replacement);
            folders.put(path.replace('\\', '/'), replacement);
            folders.put(path.replace("\\", "\\\\"), replacement);
        }
        return this;
    }

    /** Returns a sanitizer for the user, the computer and the folders of this process. */
    static Sanitizer ofThisProcess() {
        Sanitizer sanitizer = new Sanitizer();
        for (String property : List.of("user.home", "user.dir", "java.io.tmpdir", "java.home", "maven.home")) {
            sanitizer.folder(System.getProperty(property), "<folder>");
        }
        for (String variable : List.of("USERPROFILE", "HOMEPATH", "HOME", "TEMP", "TMP", "APPDATA", "LOCALAPPDATA")) {
            sanitizer.folder(System.getenv(variable), "<folder>");
        }
        sanitizer.word(System.getProperty("user.name"), "<user>");
        for (String variable : List.of("USERNAME", "USER", "LOGNAME")) {
            sanitizer.word(System.getenv(variable), "<user>");
        }
        for (String variable : List.of("COMPUTERNAME", "HOSTNAME", "USERDOMAIN", "USERDNSDOMAIN", "LOGONSERVER")) {
            String name = System.getenv(variable);
            sanitizer.word(name == null ? null : name.replace("\\", ""), "<computer>");
        }
        return sanitizer;
    }

    String clean(String text) {
        String clean = replaced(text, folders);
        clean = BELOW.matcher(clean).replaceAll("$1");
        clean = HOME.matcher(clean).replaceAll("<folder>");
        clean = DRIVE.matcher(clean).replaceAll("<path>");
        clean = SHARE.matcher(clean).replaceAll("<path>");
        clean = UNIX.matcher(clean).replaceAll("<path>");
        clean = USER_SID.matcher(clean).replaceAll("<user's SID>");
        return replaced(clean, words);
    }

    private static String replaced(String text, Map<String, String> names) {
        String clean = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            clean = Pattern.compile("(?iu)(?<![\\p{L}\\p{N}_])" + Pattern.quote(name.getKey()) + "(?![\\p{L}\\p{N}_])")
                    .matcher(clean)
                    .replaceAll(Matcher.quoteReplacement(name.getValue()));
        }
        return clean;
    }
}
