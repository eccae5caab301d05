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
import static org.namedpipe.netty.internal.win32.Win32.lastError;

import java.lang.ref.Reference;
import org.namedpipe.netty.win32.WindowsException;

/** Security identifiers and their text. */
final class Sids {
    private Sids() {}

    /** The textual form of the identifier that a structure points to, which lies in the same memory. */
    static String text(NativeMemory structure, int offset) throws WindowsException {
        try {
            return text(structure.buffer().getLong(offset));
        } finally {
            Reference.reachabilityFence(structure);
        }
    }

    /** The textual form of the identifier at an address. */
    static String text(long sid) throws WindowsException {
        Scratch text = Scratch.ofThread();
        if (ADVAPI32.ConvertSidToStringSidW(sid, text.address()) == 0) {
            throw new WindowsException("ConvertSidToStringSid", "SID", lastError());
        }
        return WideText.take(text.getLong());
    }
}
