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
package org.namedpipe.netty.testkit;

import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.Win32Error;

/** The OVERLAPPED, the buffer and the returned code of one operation of a test. */
final class Io {
    final String what;
    final Memory overlapped;
    final Memory buffer;
    private int code = -1;

    /** @param what the name of the call, for error messages */
    Io(String what, int length) {
        this.what = what;
        overlapped = new Memory(Overlapped.SIZE);
        overlapped.clear();
        buffer = new Memory(Math.max(1, length));
        buffer.clear();
    }

    void returned(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    Io returns(int expected) {
        check(code, expected);
        return this;
    }

    void check(int actual, int expected) {
        if (actual != expected) {
            throw new AssertionError(
                    what + ": " + Win32Error.describe(actual) + ", not " + Win32Error.describe(expected));
        }
    }

    Io pends() {
        return returns(Win32Error.ERROR_IO_PENDING);
    }

    Io succeeds() {
        return returns(Win32Error.ERROR_SUCCESS);
    }

    long address() {
        return address(overlapped);
    }

    /** Returns the NTSTATUS in the OVERLAPPED. */
    int status() {
        return overlapped.getInt(Overlapped.INTERNAL);
    }

    /** Returns the number of bytes in the OVERLAPPED. */
    int bytes() {
        return overlapped.getInt(Overlapped.INTERNAL_HIGH);
    }

    /** Returns the bytes that were read, as ISO-8859-1. */
    String text() {
        return new String(buffer.getByteArray(0, bytes()), StandardCharsets.ISO_8859_1);
    }

    static long address(com.sun.jna.Pointer memory) {
        return com.sun.jna.Pointer.nativeValue(memory);
    }
}
