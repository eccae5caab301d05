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
package org.namedpipe.netty.internal.win32;

import java.util.Locale;

/**
 * Text from elsewhere in a form that is safe to print. A control character breaks a line of a log, and a format character such
 * as U+202E reorders what the reader sees.
 */
public final class PrintableText {
    private PrintableText() {}

    /**
     * Returns whether a code point must not be printed as it is: a control character, a format character, a line or paragraph
     * separator, or one half of a surrogate pair.
     */
    public static boolean isUnprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    /** Returns the text with each unprintable code point written as {@code <U+202E>}. */
    public static String of(String text) {
        if (text.codePoints().noneMatch(PrintableText::isUnprintable)) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isUnprintable(c)) {
                printable.append('<').append(name(c)).append('>');
            } else {
                printable.appendCodePoint(c);
            }
        });
        return printable.toString();
    }

    /** Returns the usual notation of a code point, {@code U+202E}. */
    public static String name(int codePoint) {
        return String.format(Locale.ROOT, "U+%04X", codePoint);
    }
}
