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
package org.namedpipe.npcat;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Formats the bytes of one direction of a connection: an offset, up to 16 bytes, and their characters in a row. */
final class HexDump {

    private static final int ROW = 16;
    private static final HexFormat DIGITS = HexFormat.of();

    private final char direction;
    private final boolean messages;
    private long offset;

    /**
     * Creates the dump of a direction.
     *
     * @param direction the first character of each row
     * @param messages whether each buffer is a message, whose offsets begin with 0
     */
    HexDump(char direction, boolean messages) {
        this.direction = direction;
        this.messages = messages;
    }

    /** Returns the rows for the next bytes, which stay readable. An empty message has a row too. */
    byte[] rows(ByteBuf bytes) {
        if (messages) {
            offset = 0;
        }
        StringBuilder text = new StringBuilder();
        int end = bytes.writerIndex();
        int index = bytes.readerIndex();
        do {
            int count = Math.min(ROW, end - index);
            row(text, bytes, index, count);
            index += count;
            offset += count;
        } while (index < end);
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void row(StringBuilder text, ByteBuf bytes, int index, int count) {
        text.append(direction)
                .append(' ')
                .append(DIGITS.toHexDigits(offset, offset >>> 32 == 0 ? 8 : 16))
                .append(' ');
        for (int i = 0; i < ROW; i++) {
            text.append(' ').append(i < count ? DIGITS.toHexDigits(bytes.getByte(index + i)) : "  ");
        }
        text.append("  |");
        for (int i = 0; i < count; i++) {
            byte character = bytes.getByte(index + i);
            text.append(character >= ' ' && character <= '~' ? (char) character : '.');
        }
        text.append("|\n");
    }
}
