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
package org.namedpipe.netty.examples;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import org.jspecify.annotations.Nullable;

/** Lines that are made while they are sent and no faster. */
public final class LineInput implements ChunkedInput<ByteBuf> {

    private static final int CHUNK = 8 * 1024;

    private final long lines;
    private final Writer writer;
    private long line;
    private long progress;

    /** Makes lines. */
    @FunctionalInterface
    public interface Writer {
        /** Appends a line, the first of which is number 0. */
        void write(ByteBuf buffer, long line);
    }

    /** A number of lines. */
    public LineInput(long lines, Writer writer) {
        this.lines = lines;
        this.writer = writer;
    }

    @Override
    public boolean isEndOfInput() {
        return line == lines;
    }

    @Override
    public void close() {
        // Nothing to give back.
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // the interface asks for both
    public @Nullable ByteBuf readChunk(ChannelHandlerContext ctx) {
        return readChunk(ctx.alloc());
    }

    @Override
    public @Nullable ByteBuf readChunk(ByteBufAllocator allocator) {
        if (isEndOfInput()) {
            return null;
        }
        ByteBuf chunk = allocator.buffer(CHUNK);
        while (line < lines && chunk.readableBytes() < CHUNK) {
            writer.write(chunk, line++);
        }
        progress += chunk.readableBytes();
        return chunk;
    }

    @Override
    public long length() {
        return -1;
    }

    @Override
    public long progress() {
        return progress;
    }
}
