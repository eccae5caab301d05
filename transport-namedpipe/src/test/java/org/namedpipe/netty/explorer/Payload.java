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
package org.namedpipe.netty.explorer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.namedpipe.netty.testing.AbstractTestRegion;

/** The content and the kind of a message. Each byte depends on the message's id and on its index in the message. */
record Payload(int id, int length, Kind kind) {
    /** A file region without a file. Each transfer writes at most 700 bytes. */
    static final class BytesRegion extends AbstractTestRegion {
        private static final int MAX_TRANSFER = 700;

        private final byte[] bytes;
        private long transferred;

        BytesRegion(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long transferred() {
            return transferred;
        }

        @Override
        public long count() {
            return bytes.length;
        }

        @Override
        public long transferTo(WritableByteChannel target, long position) throws IOException {
            int length = (int) Math.min(bytes.length - position, MAX_TRANSFER);
            int written = target.write(ByteBuffer.wrap(bytes, (int) position, length));
            transferred += written;
            return written;
        }
    }

    enum Kind {
        DIRECT,
        HEAP,
        COMPOSITE,
        SLICE,
        REGION
    }

    byte at(int index) {
        return (byte) (id * 37 + index * 11 + (index >> 8) + 1);
    }

    /** Returns a new message, which the caller must release. */
    Object message(ByteBufAllocator alloc) {
        return switch (kind) {
            case DIRECT -> fill(alloc.directBuffer(length), 0, length);
            case HEAP -> fill(alloc.heapBuffer(length), 0, length);
            case COMPOSITE -> composite(alloc);
            case SLICE -> slice(alloc);
            case REGION -> new BytesRegion(bytes());
        };
    }

    private ByteBuf composite(ByteBufAllocator alloc) {
        int first = length / 3;
        CompositeByteBuf whole = alloc.compositeBuffer(4);
        whole.addComponent(true, fill(alloc.directBuffer(Math.max(1, first)), 0, first));
        whole.addComponent(true, fill(alloc.heapBuffer(Math.max(1, length - first)), first, length));
        return whole;
    }

    private ByteBuf slice(ByteBufAllocator alloc) {
        ByteBuf whole = alloc.directBuffer(length + 5);
        whole.writeZero(3);
        fill(whole, 0, length);
        whole.writeZero(2);
        return whole.slice(3, length);
    }

    private ByteBuf fill(ByteBuf buffer, int from, int to) {
        for (int i = from; i < to; i++) {
            buffer.writeByte(at(i));
        }
        return buffer;
    }

    byte[] bytes() {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = at(i);
        }
        return bytes;
    }

    @Override
    public String toString() {
        return "#" + id + " (" + length + " bytes, " + kind + ')';
    }
}
