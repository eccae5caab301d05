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
package org.namedpipe.netty.microbench.harness;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory in use.
 *
 * @param heapBytes the bytes of reachable objects
 * @param directBytes the bytes of direct buffers, both of the JDK and of Netty's own allocation
 */
public record Memory(long heapBytes, long directBytes) {
    private static final int COLLECTIONS = 3;

    /** Collects garbage, and returns the memory in use. */
    public static Memory now() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        long direct = 0;
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            if (pool.getName().equals("direct")) {
                direct += pool.getMemoryUsed();
            }
        }
        if (PlatformDependent.useDirectBufferNoCleaner()) {
            direct += PlatformDependent.usedDirectMemory();
        }
        return new Memory(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), direct);
    }

    /** Returns the growth since {@code before}. */
    public Memory since(Memory before) {
        return new Memory(heapBytes - before.heapBytes, directBytes - before.directBytes);
    }
}
