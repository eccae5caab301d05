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

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.PrintableText;

/** The rules for the parts of a {@link NamedPipeAddress}. Each method returns the problem, or {@code null}. */
final class PipeNameRules {
    static final String LOCAL_HOST = ".";

    /**
     * Characters that no computer name contains. {@code @} makes Windows ask a WebDAV server ({@code host@80}, {@code host@SSL@443});
     * the redirectors take {@code ;} for the start of a device or session.
     */
    private static final String ILLEGAL_IN_HOST = "\\/:*?\"<>|@; %,";

    private PipeNameRules() {}

    static @Nullable String problemOfHost(String host) {
        if (host.equals(LOCAL_HOST)) {
            return null;
        }
        if (host.isEmpty()) {
            return "the host is empty";
        }
        if (host.startsWith(LOCAL_HOST)) {
            return "the host starts with a dot";
        }
        String unprintable = unprintable("host", host);
        if (unprintable != null) {
            return unprintable;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '@') {
                return "the host contains '@', by which Windows means a WebDAV server";
            }
            if (ILLEGAL_IN_HOST.indexOf(c) >= 0 || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                return "the host contains '" + c + '\'';
            }
        }
        return switch (host.toUpperCase(Locale.ROOT)) {
            case "UNC", "GLOBALROOT", "GLOBAL", "PIPE", "MAILSLOT" ->
                "the host is a name that Windows gives to a device";
            default -> null;
        };
    }

    static @Nullable String problemOfName(String name) {
        if (name.isEmpty()) {
            return "the name is empty";
        }
        String unprintable = unprintable("name", name);
        if (unprintable != null) {
            return unprintable;
        }
        for (String part : name.split("\\\\", -1)) {
            if (part.isEmpty()) {
                return "the name has an empty part: a backslash or slash at its start, at its end or beside another";
            }
            // Windows drops these from a path, or walks up it: the pipe would be another than the one named.
            if (part.endsWith(".") || part.endsWith(" ")) {
                return "the name, or a part of it, ends with a dot or a space";
            }
        }
        return null;
    }

    /** For what is given as a plain name: the path of a file is a mistake, though a pipe may have such a name. */
    static @Nullable String problemOfPlainName(String name) {
        boolean drive = name.length() > 2
                && name.charAt(1) == ':'
                && name.charAt(2) == '\\'
                && Character.isLetter(name.charAt(0));
        return drive ? "this is the path of a file" : problemOfName(name);
    }

    private static @Nullable String unprintable(String what, String text) {
        return text.codePoints()
                .filter(PrintableText::isUnprintable)
                .mapToObj(c -> "the " + what + " contains the " + kind(c) + ' ' + PrintableText.name(c))
                .findFirst()
                .orElse(null);
    }

    private static String kind(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> "control character";
            case Character.SURROGATE -> "half of a surrogate pair";
            case Character.FORMAT -> "format character";
            default -> "line separator";
        };
    }
}
