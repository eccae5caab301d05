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

import com.sun.jna.Pointer;
import java.util.zip.CRC32;

/** Reads and writes off-heap memory by its address. */
final class RawMemory {
    private RawMemory() {}

    static byte[] read(long address, int length) {
        return length == 0 ? new byte[0] : new Pointer(address).getByteArray(0, length);
    }

    static void write(long address, byte[] bytes, int length) {
        if (length > 0) {
            new Pointer(address).write(0, bytes, 0, length);
        }
    }

    static long getLong(long address) {
        return new Pointer(address).getLong(0);
    }

    static void putLong(long address, long value) {
        new Pointer(address).setLong(0, value);
    }

    static void putInt(long address, int value) {
        new Pointer(address).setInt(0, value);
    }

    static long checksum(long address, int length) {
        CRC32 crc = new CRC32();
        if (length > 0) {
            crc.update(new Pointer(address).getByteBuffer(0, length));
        }
        return crc.getValue();
    }
}
