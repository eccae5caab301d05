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
package org.namedpipe.netty.examples.docker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import org.jspecify.annotations.Nullable;

/** The log of a container. Generates the next lines when the previous ones have been written. */
final class FakeLog implements ChunkedInput<ByteBuf> {

    private static final int CHUNK = 8 * 1024;

    private final FakeContainer container;
    private long line;
    private long progress;

    FakeLog(FakeContainer container) {
        this.container = container;
    }

    @Override
    public boolean isEndOfInput() {
        return line == container.lines();
    }

    @Override
    public void close() {
        // There is nothing to release.
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // the interface has both methods
    public @Nullable ByteBuf readChunk(ChannelHandlerContext ctx) {
        return readChunk(ctx.alloc());
    }

    @Override
    public @Nullable ByteBuf readChunk(ByteBufAllocator allocator) {
        if (isEndOfInput()) {
            return null;
        }
        ByteBuf chunk = allocator.buffer(CHUNK);
        while (!isEndOfInput() && chunk.readableBytes() < CHUNK) {
            FakeContainer.writeFrame(chunk, container.stream(line), container.line(line) + "\n");
            line++;
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
