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

import static org.namedpipe.netty.internal.win32.Win32.KERNEL32;

import java.nio.ByteBuffer;

/** Text in native memory as Windows takes and returns it: UTF-16, with a zero at the end. */
final class WideText {
    private WideText() {}

    /** Copies {@code text} to new memory. */
    static NativeMemory copyOf(String text) {
        NativeMemory memory = new NativeMemory(bytes(text));
        put(memory, text);
        return memory;
    }

    /** The size of {@code text} in native memory. */
    static int bytes(String text) {
        return (text.length() + 1) * Character.BYTES;
    }

    /** Copies {@code text} to the start of memory that has room for it. */
    static void put(NativeMemory memory, String text) {
        ByteBuffer buffer = memory.buffer();
        for (int i = 0; i < text.length(); i++) {
            buffer.putChar(i * Character.BYTES, text.charAt(i));
        }
        buffer.putChar(text.length() * Character.BYTES, '\0');
    }

    /** The text at an address. */
    static String at(long address) {
        int length = KERNEL32.lstrlenW(address);
        return NativeMemory.at(address, length * Character.BYTES).asCharBuffer().toString();
    }

    /** The text at an address that Windows has allocated, which is freed. */
    static String take(long allocated) {
        try {
            return at(allocated);
        } finally {
            KERNEL32.LocalFree(allocated);
        }
    }
}
