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
package org.namedpipe.netty.testsuite.foreign;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.zip.CRC32;

/** The number and the checksum of received messages, for comparison with the output of a peer. */
final class Sum {
    private final CRC32 crc = new CRC32();
    private long messages;
    private long bytes;

    void add(ByteBuf message) {
        add(ByteBufUtil.getBytes(message));
    }

    void add(byte[] message) {
        messages++;
        bytes += message.length;
        crc.update(message);
    }

    long bytes() {
        return bytes;
    }

    /** Returns the sum without the number of messages, which has no meaning for a stream. */
    String ofBytes() {
        return String.format("%d bytes, %08x", bytes, crc.getValue());
    }

    @Override
    public String toString() {
        return messages + " messages, " + ofBytes();
    }
}
