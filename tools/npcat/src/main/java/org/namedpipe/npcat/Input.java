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
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Standard input as buffers to send: blocks of bytes, or lines. */
final class Input {

    private static final int BLOCK = 8 * 1024;
    private static final int MAX_LINE = 16 * 1024 * 1024;

    private final InputStream in;
    private final Settings settings;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Input(InputStream in, Settings settings) {
        this.in = in;
        this.settings = settings;
    }

    /**
     * Reads to the end.
     *
     * @param sink takes each buffer
     * @throws IllegalArgumentException if a line cannot be sent
     */
    void readAll(Consumer<ByteBuf> sink) throws IOException {
        byte[] block = new byte[BLOCK];
        boolean lines = settings.messages() || settings.hexInput();
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
            if (lines) {
                splitLines(block, count, sink);
            } else if (count > 0) {
                sink.accept(Unpooled.copiedBuffer(block, 0, count));
            }
        }
        if (line.size() > 0) {
            endLine(sink);
        }
    }

    /** A line ends with LF or CR LF. */
    private void splitLines(byte[] block, int count, Consumer<ByteBuf> sink) {
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (block[i] == '\n') {
                append(block, start, i);
                endLine(sink);
                start = i + 1;
            }
        }
        append(block, start, count);
    }

    private void append(byte[] block, int from, int to) {
        if (line.size() + (to - from) > MAX_LINE) {
            throw new IllegalArgumentException("a line has more than " + MAX_LINE + " bytes");
        }
        line.write(block, from, to - from);
    }

    private void endLine(Consumer<ByteBuf> sink) {
        byte[] bytes = line.toByteArray();
        line.reset();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        ByteBuf message = settings.hexInput() ? digits(bytes, length) : Unpooled.wrappedBuffer(bytes, 0, length);
        if (message.isReadable()) {
            sink.accept(message);
        } else if (settings.messages()) {
            if (settings.halfClose()) {
                throw new IllegalArgumentException("an empty line cannot be sent, because with -N it would be the end");
            }
            sink.accept(message);
        }
    }

    private static ByteBuf digits(byte[] bytes, int length) {
        String digits = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).replaceAll("\\s", "");
        try {
            return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(digits));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not pairs of hexadecimal digits: " + digits, e);
        }
    }
}
