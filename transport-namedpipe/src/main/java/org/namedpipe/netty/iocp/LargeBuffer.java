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
package org.namedpipe.netty.iocp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.buffer.UnpooledUnsafeDirectByteBuf;
import io.netty.util.internal.PlatformDependent;

/** A buffer of {@link LargeBuffers}. Its release returns it there, unless its capacity was changed. */
interface LargeBuffer {
    /** Resets the reference count, the indexes and the marks, and returns this. */
    ByteBuf reused();

    /** Frees the memory of a buffer that was released. */
    void free();

    /** Returns a buffer with new memory. */
    static LargeBuffer create(LargeBuffers owner, int size) {
        return PlatformDependent.hasUnsafe() ? new WithUnsafe(owner, size) : new WithoutUnsafe(owner, size);
    }

    /** A buffer of the class that Netty uses with {@code sun.misc.Unsafe}. */
    final class WithUnsafe extends UnpooledUnsafeDirectByteBuf implements LargeBuffer {
        private final LargeBuffers owner;
        private final int size;

        private WithUnsafe(LargeBuffers owner, int size) {
            super(ByteBufAllocator.DEFAULT, size, Integer.MAX_VALUE);
            this.owner = owner;
            this.size = size;
        }

        @Override
        public ByteBuf reused() {
            resetRefCnt();
            return clear().markReaderIndex().markWriterIndex();
        }

        @Override
        protected void deallocate() {
            if (!owner.released(this, size, capacity() == size)) {
                free();
            }
        }

        @Override
        public void free() {
            super.deallocate();
        }
    }

    /** A buffer of the class that Netty uses without {@code sun.misc.Unsafe}. */
    final class WithoutUnsafe extends UnpooledDirectByteBuf implements LargeBuffer {
        private final LargeBuffers owner;
        private final int size;

        private WithoutUnsafe(LargeBuffers owner, int size) {
            super(ByteBufAllocator.DEFAULT, size, Integer.MAX_VALUE);
            this.owner = owner;
            this.size = size;
        }

        @Override
        public ByteBuf reused() {
            resetRefCnt();
            return clear().markReaderIndex().markWriterIndex();
        }

        @Override
        protected void deallocate() {
            if (!owner.released(this, size, capacity() == size)) {
                free();
            }
        }

        @Override
        public void free() {
            super.deallocate();
        }
    }
}
