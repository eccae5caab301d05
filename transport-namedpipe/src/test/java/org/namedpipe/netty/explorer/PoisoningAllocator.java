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

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.buffer.UnpooledUnsafeDirectByteBuf;
import io.netty.util.internal.CleanableDirectBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts buffers, and detects the use of freed ones: it overwrites freed memory, and does not use it again in the same run. If
 * the kernel owns the memory, the check of {@code SimulatedKernel} finds the change.
 */
final class PoisoningAllocator extends AbstractByteBufAllocator {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int ALIGNMENT = 64;
    private static final byte FREED = (byte) 0xDD;

    private final List<ByteBuffer> chunks = new ArrayList<>();
    private int chunk;
    private int used;
    private int live;
    private boolean withAddresses = true;

    PoisoningAllocator() {
        super(true);
        chunks.add(ByteBuffer.allocateDirect(CHUNK_BYTES));
    }

    /** Starts a run, whose direct buffers have a memory address or do not. */
    void reset(boolean withAddresses) {
        this.withAddresses = withAddresses;
        chunk = 0;
        used = 0;
        live = 0;
    }

    /** Returns the number of buffers that are not released. */
    int live() {
        return live;
    }

    /** Returns memory outside all buffers, which is valid until the end of the run. */
    ByteBuffer allocate(int length) {
        int size = Math.max(1, (length + ALIGNMENT - 1) / ALIGNMENT) * ALIGNMENT;
        if (size > CHUNK_BYTES) {
            return ByteBuffer.allocateDirect(length);
        }
        if (used + size > CHUNK_BYTES) {
            chunk++;
            used = 0;
            if (chunk == chunks.size()) {
                chunks.add(ByteBuffer.allocateDirect(CHUNK_BYTES));
            }
        }
        ByteBuffer memory = chunks.get(chunk).slice(used, length);
        used += size;
        return memory;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity) {
            @Override
            protected byte[] allocateArray(int initialCapacity) {
                live++;
                return new byte[initialCapacity];
            }

            @Override
            protected void freeArray(byte[] array) {
                live--;
                Arrays.fill(array, FREED);
            }
        };
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        if (withAddresses) {
            return new UnpooledUnsafeDirectByteBuf(this, initialCapacity, maxCapacity) {
                @Override
                protected CleanableDirectBuffer allocateDirectBuffer(int capacity) {
                    return new CountedMemory(capacity);
                }
            };
        }
        return new UnpooledDirectByteBuf(this, initialCapacity, maxCapacity) {
            @Override
            protected CleanableDirectBuffer allocateDirectBuffer(int capacity) {
                return new CountedMemory(capacity);
            }
        };
    }

    @Override
    public CompositeByteBuf compositeDirectBuffer(int maxNumComponents) {
        // Without Netty's leak detector, which would double the time of a run. The components are counted.
        return new CompositeByteBuf(this, true, maxNumComponents);
    }

    @Override
    public CompositeByteBuf compositeHeapBuffer(int maxNumComponents) {
        return new CompositeByteBuf(this, false, maxNumComponents);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }

    private final class CountedMemory implements CleanableDirectBuffer {
        private final ByteBuffer memory;

        CountedMemory(int length) {
            memory = allocate(length);
            live++;
        }

        @Override
        public ByteBuffer buffer() {
            return memory;
        }

        @Override
        public void clean() {
            live--;
            for (int i = 0; i < memory.capacity(); i++) {
                memory.put(i, FREED);
            }
        }
    }
}
