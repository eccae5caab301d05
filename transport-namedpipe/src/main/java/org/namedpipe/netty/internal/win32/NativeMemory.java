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
package org.namedpipe.netty.internal.win32;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;

/**
 * A zeroed piece of off-heap memory with an address that Windows can be given. It is freed some time after it becomes
 * unreachable, so the code that hands its address to the kernel keeps it reachable until the kernel is done with it.
 */
public final class NativeMemory {
    /** Runs before each allocation, with its size; throws to have it fail. Tests replace it. */
    static volatile IntConsumer beforeAllocation = size -> {};

    private final ByteBuffer buffer;
    private final long address;

    /** Allocates {@code size} bytes. */
    public NativeMemory(int size) {
        beforeAllocation.accept(size);
        buffer = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        address = addressOf(buffer);
    }

    /** The address of a direct buffer's first byte. Allocates; for buffers without a cheaper way to their address. */
    public static long addressOf(ByteBuffer direct) {
        return Binding.CHOSEN.addressOf(direct);
    }

    /** The memory at an address, in native byte order. It must stay allocated while the buffer is used. */
    static ByteBuffer at(long address, int size) {
        return Binding.CHOSEN.memoryAt(address, size);
    }

    /** The memory, in native byte order. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** The address of its first byte. */
    public long address() {
        return address;
    }
}
