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

import static org.namedpipe.netty.internal.win32.Win32.ADVAPI32;
import static org.namedpipe.netty.internal.win32.Win32.KERNEL32;
import static org.namedpipe.netty.internal.win32.Win32.lastError;

import java.lang.ref.Reference;
import org.namedpipe.netty.win32.WindowsException;

/** The accounts that security identifiers stand for. Each look-up is called twice, first for the sizes of its results. */
final class Accounts {
    // | size of the first result | size of the domain | SID_NAME_USE |
    private static final int DOMAIN_SIZE = 4;
    private static final int USE = 8;
    private static final int SIZES = 12;

    private Accounts() {}

    /** {@code DOMAIN\name}, or the name alone if there is no domain. */
    static String name(String sid) throws WindowsException {
        long identifier = parse(sid);
        NativeMemory sizes = new NativeMemory(SIZES);
        try {
            checkSizes("LookupAccountSid", sid, lookUpSid(identifier, sizes, 0, 0));
            int nameBytes = sizes.buffer().getInt(0) * Character.BYTES;
            NativeMemory texts = new NativeMemory(nameBytes + sizes.buffer().getInt(DOMAIN_SIZE) * Character.BYTES);
            long name = texts.address();
            try {
                check("LookupAccountSid", sid, lookUpSid(identifier, sizes, name, name + nameBytes));
                String domain = WideText.at(name + nameBytes);
                return domain.isEmpty() ? WideText.at(name) : domain + '\\' + WideText.at(name);
            } finally {
                Reference.reachabilityFence(texts);
            }
        } finally {
            KERNEL32.LocalFree(identifier);
            Reference.reachabilityFence(sizes);
        }
    }

    private static int lookUpSid(long sid, NativeMemory sizes, long name, long domain) {
        long base = sizes.address();
        return ADVAPI32.LookupAccountSidW(0, sid, name, base, domain, base + DOMAIN_SIZE, base + USE);
    }

    private static long parse(String sid) throws WindowsException {
        NativeMemory text = WideText.copyOf(sid);
        Scratch parsed = Scratch.ofThread();
        try {
            check("ConvertStringSidToSid", sid, ADVAPI32.ConvertStringSidToSidW(text.address(), parsed.address()));
            return parsed.getLong();
        } finally {
            Reference.reachabilityFence(text);
        }
    }

    /** The identifier of an account. */
    static String sid(String name) throws WindowsException {
        NativeMemory text = WideText.copyOf(name);
        NativeMemory sizes = new NativeMemory(SIZES);
        try {
            checkSizes("LookupAccountName", name, lookUpName(text, sizes, 0, 0));
            int sidBytes = sizes.buffer().getInt(0);
            NativeMemory results = new NativeMemory(sidBytes + sizes.buffer().getInt(DOMAIN_SIZE) * Character.BYTES);
            long sid = results.address();
            try {
                check("LookupAccountName", name, lookUpName(text, sizes, sid, sid + sidBytes));
                return Sids.text(sid);
            } finally {
                Reference.reachabilityFence(results);
            }
        } finally {
            Reference.reachabilityFence(text);
            Reference.reachabilityFence(sizes);
        }
    }

    private static int lookUpName(NativeMemory name, NativeMemory sizes, long sid, long domain) {
        long base = sizes.address();
        return ADVAPI32.LookupAccountNameW(0, name.address(), sid, base, domain, base + DOMAIN_SIZE, base + USE);
    }

    /** A call without room for its results fails for the lack of it, if for nothing else. */
    private static void checkSizes(String call, String subject, int succeeded) throws WindowsException {
        int error = succeeded != 0 ? Win32Error.ERROR_SUCCESS : lastError();
        if (error != Win32Error.ERROR_INSUFFICIENT_BUFFER) {
            throw new WindowsException(call, subject, error);
        }
    }

    private static void check(String call, String subject, int succeeded) throws WindowsException {
        if (succeeded == 0) {
            throw new WindowsException(call, subject, lastError());
        }
    }
}
