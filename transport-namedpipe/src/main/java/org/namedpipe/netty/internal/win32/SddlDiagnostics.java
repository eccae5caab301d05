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

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what is wrong with a security descriptor that Windows has refused, of which it says nothing but that. The text is
 * taken apart, and Windows asked about each part by itself.
 */
final class SddlDiagnostics {
    private static final String DACL = "D:";
    private static final int FIELDS = 6;
    private static final String[] FIELD_NAMES = {"type", "flags", "rights", "object", "inherited object", "account"};

    private final SecurityKernel kernel;
    private final String sddl;

    private SddlDiagnostics(SecurityKernel kernel, String sddl) {
        this.kernel = kernel;
        this.sddl = sddl;
    }

    /** The fault and its position, counted from 0. */
    static String describe(SecurityKernel kernel, String sddl) {
        String fault = new SddlDiagnostics(kernel, sddl).find();
        return fault != null ? fault : "each part of it is right, but not all together";
    }

    private @Nullable String find() {
        int start = 0;
        while (start < sddl.length()) {
            if (!isTag(start)) {
                return at(start, start + 1, "O:, G:, D: or S: is expected");
            }
            int end = endOfComponent(start + 2);
            String fault = "OG".indexOf(sddl.charAt(start)) >= 0 ? account(start + 2, end) : list(start, end);
            if (fault != null) {
                return fault;
            }
            start = end;
        }
        return null;
    }

    private boolean isTag(int at) {
        return at + 1 < sddl.length() && "OGDS".indexOf(sddl.charAt(at)) >= 0 && sddl.charAt(at + 1) == ':';
    }

    private int endOfComponent(int start) {
        int depth = 0;
        for (int i = start; i < sddl.length(); i++) {
            depth += depthChange(sddl.charAt(i));
            if (depth == 0 && isTag(i)) {
                return i;
            }
        }
        return sddl.length();
    }

    private static int depthChange(char c) {
        return c == '(' ? 1 : c == ')' ? -1 : 0;
    }

    private @Nullable String account(int start, int end) {
        return isRefused("O:" + sddl.substring(start, end)) ? at(start, end, "no such account") : null;
    }

    /** Checks the flags and the entries of one access control list. */
    private @Nullable String list(int start, int end) {
        String tag = sddl.substring(start, start + 2);
        int open = sddl.indexOf('(', start);
        int endOfFlags = open < 0 || open > end ? end : open;
        if (isRefused(sddl.substring(start, endOfFlags))) {
            return at(start + 2, endOfFlags, "flags of a list are expected");
        }
        int entry = endOfFlags;
        while (entry < end) {
            int endOfEntry = endOfEntry(entry, end);
            if (endOfEntry < 0) {
                return at(entry, end, "an entry in parentheses is expected");
            }
            if (isRefused(tag + sddl.substring(entry, endOfEntry))) {
                return entry(tag, entry, endOfEntry);
            }
            entry = endOfEntry;
        }
        return null;
    }

    /** Behind the parenthesis that closes an entry, or -1. */
    private int endOfEntry(int start, int end) {
        int depth = 0;
        for (int i = start; i < end; i++) {
            depth += depthChange(sddl.charAt(i));
            if (depth <= 0) {
                return depth == 0 && sddl.charAt(i) == ')' ? i + 1 : -1;
            }
        }
        return -1;
    }

    /** Narrows the fault of an entry down to one of its fields, by putting each into an entry that is right. */
    private String entry(String tag, int start, int end) {
        List<Integer> starts = fields(start, end);
        if (starts.size() < FIELDS) {
            return at(start, end, "an entry of " + FIELDS + " fields is expected, separated by semicolons");
        }
        String[] right = tag.equals(DACL)
                ? new String[] {"A", "", "GA", "", "", "WD"}
                : new String[] {"AU", "SA", "GA", "", "", "WD"};
        for (int i = 0; i < FIELDS; i++) {
            int from = starts.get(i);
            int to = i + 1 < starts.size() ? starts.get(i + 1) - 1 : end - 1;
            String[] probe = right.clone();
            probe[i] = sddl.substring(from, to);
            if (isRefused(tag + '(' + String.join(";", probe) + ')')) {
                return at(from, to, "no such " + FIELD_NAMES[i]);
            }
        }
        return at(start, end, "an entry that Windows does not take");
    }

    private List<Integer> fields(int start, int end) {
        List<Integer> starts = new ArrayList<>(List.of(start + 1));
        for (int i = start + 1, depth = 0; i < end - 1; i++) {
            depth += depthChange(sddl.charAt(i));
            if (depth == 0 && sddl.charAt(i) == ';') {
                starts.add(i + 1);
            }
        }
        return starts;
    }

    private boolean isRefused(String part) {
        long address = kernel.createSecurityDescriptor(part);
        if (Win32Error.isError(address)) {
            return true;
        }
        kernel.freeSecurityDescriptor(address);
        return false;
    }

    private String at(int start, int end, String what) {
        return what + " at position " + start + ", not '" + PrintableText.of(sddl.substring(start, end)) + '\'';
    }
}
