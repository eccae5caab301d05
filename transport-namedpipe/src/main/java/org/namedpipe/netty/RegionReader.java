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
package org.namedpipe.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.FileRegion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link FileRegion} into buffers for {@code WriteFile}: piece by piece, or whole where a write is a message.
 *
 * <p>A region is asked for more until it has transferred its count. Some regions emit more bytes than that, because they
 * encode what they read. All bytes that a region emits are taken: after its count it is not asked again.
 */
final class RegionReader {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final OutboundEnd end;
    private final PipeHandle pipe;

    RegionReader(OutboundEnd end, PipeHandle pipe) {
        this.end = end;
        this.pipe = pipe;
    }

    /** Returns the next bytes of {@code region} as a buffer for the caller, or {@code null} if there are none. */
    @Nullable
    ByteBuf next(FileRegion region) throws IOException {
        long left = region.count() - region.transferred();
        if (left <= 0) {
            return null;
        }
        boolean oneMessage = pipe.shape().writesMessages();
        int length = (int) (oneMessage ? left : Math.min(left, CHUNK_BYTES));
        ByteBuf chunk = end.config().getAllocator().directBuffer(length);
        try {
            Sink sink = new Sink(chunk, length, left);
            do {
                read(region, sink);
            } while (region.transferred() < region.count() && (oneMessage || !chunk.isReadable()));
        } catch (Throwable t) {
            chunk.release();
            throw t;
        }
        if (chunk.isReadable()) {
            return chunk;
        }
        chunk.release();
        return null;
    }

    private void read(FileRegion region, Sink sink) throws IOException {
        long before = sink.taken;
        long read = region.transferTo(sink, region.transferred());
        if (read <= 0 && sink.taken == before) {
            end.checkRegion(region);
            throw new IOException(
                    "FileRegion ended after " + region.transferred() + " of " + region.count() + " bytes");
        }
    }

    /** Takes a limited number of the bytes that a region has to emit, and all bytes that exceed its count. */
    private static final class Sink implements WritableByteChannel {
        private final ByteBuf target;
        private final long limit;
        private final long expected;
        private long taken;

        Sink(ByteBuf target, long limit, long expected) {
            this.target = target;
            this.limit = limit;
            this.expected = expected;
        }

        @Override
        public int write(ByteBuffer source) {
            int length = source.remaining();
            if (taken + length <= expected) {
                length = (int) Math.min(length, limit - taken);
            }
            if (length > 0) {
                target.writeBytes(source.duplicate().limit(source.position() + length));
                source.position(source.position() + length);
                taken += length;
            }
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
