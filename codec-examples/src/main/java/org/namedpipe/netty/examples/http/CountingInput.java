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
package org.namedpipe.netty.examples.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import org.jspecify.annotations.Nullable;

/** The numbers from 1, a line each, made while they are sent and no faster. */
final class CountingInput implements ChunkedInput<ByteBuf> {

    private static final int CHUNK = 8 * 1024;

    private final int last;
    private int number;
    private long progress;

    CountingInput(int last) {
        this.last = last;
    }

    @Override
    public boolean isEndOfInput() {
        return number == last;
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
        while (number < last && chunk.readableBytes() < CHUNK) {
            ByteBufUtil.writeAscii(chunk, ++number + "\n");
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
