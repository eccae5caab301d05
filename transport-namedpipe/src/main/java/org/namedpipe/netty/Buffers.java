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
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import org.namedpipe.netty.internal.win32.NativeMemory;

/** Buffers that Windows can be given: direct ones, whose bytes stand at one address. */
final class Buffers {
    /** Netty pools buffers of up to about this size. */
    static final int LARGE_BYTES = 512 * 1024;

    private Buffers() {}

    /** The address of {@code index} in a buffer for which {@link #isAddressable} holds. */
    static long address(ByteBuf buffer, int index) {
        return buffer.hasMemoryAddress()
                ? buffer.memoryAddress() + index
                : NativeMemory.addressOf(buffer.internalNioBuffer(index, 0).slice());
    }

    static boolean isAddressable(ByteBuf buffer) {
        return buffer.isDirect() && (buffer.hasMemoryAddress() || buffer.nioBufferCount() == 1);
    }

    /** As large a buffer as {@code allocHandle} wants, direct whatever it prefers. */
    static ByteBuf allocateDirect(RecvByteBufAllocator.ExtendedHandle allocHandle, ByteBufAllocator alloc) {
        ByteBuf preferred = allocHandle.allocate(alloc);
        if (isAddressable(preferred)) {
            return preferred;
        }
        int length = preferred.writableBytes();
        preferred.release();
        return alloc.directBuffer(length);
    }

    /**
     * Returns a direct buffer with room for at least {@code length} bytes: a large one is one of the event loop's, unless the user
     * has chosen an allocator.
     */
    static ByteBuf direct(NamedPipeChannelConfig config, LoopRegistration registration, int length) {
        return length > LARGE_BYTES && config.choosesMemory() && registration.isAttached()
                ? registration.iocp().largeBuffers().directBuffer(length)
                : config.getAllocator().directBuffer(length);
    }

    /** A direct copy of {@code buffer}, which is released. */
    static ByteBuf toDirect(ByteBuf buffer, NamedPipeChannelConfig config, LoopRegistration registration) {
        int length = buffer.readableBytes();
        if (length == 0) {
            ReferenceCountUtil.safeRelease(buffer);
            return Unpooled.EMPTY_BUFFER;
        }
        ByteBuf pooled = config.getAllocator().isDirectBufferPooled() ? null : ByteBufUtil.threadLocalDirectBuffer();
        ByteBuf direct = pooled == null ? direct(config, registration, length) : pooled;
        try {
            direct.writeBytes(buffer, buffer.readerIndex(), length);
        } catch (Throwable t) {
            direct.release();
            throw t;
        }
        ReferenceCountUtil.safeRelease(buffer);
        return direct;
    }
}
