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

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.iocp.LargeReads;

/**
 * Allocates the large direct buffers of one event loop, and keeps their memory for the next ones. Netty pools no buffers of more
 * than a mebibyte: each would be new memory, whose every page is a fault when it is first touched.
 *
 * <p>Buffers have a capacity of a power of two from {@value #MIN_BLOCK} bytes. Memory of at most {@value #MAX_KEPT} bytes is kept,
 * and freed when no buffer was allocated for {@value #IDLE_SECONDS} seconds or more.
 *
 * <p>Buffers are allocated on the loop's thread. Any thread may release them, also after the loop has ended.
 */
final class LargeBuffers extends AbstractByteBufAllocator implements AutoCloseable {
    static final int MIN_BLOCK = 1024 * 1024;
    static final int MAX_KEPT = 16 * 1024 * 1024;
    /** Memory is freed after one to two times as many seconds. */
    static final int IDLE_SECONDS = 10;

    private static final int SIZES = 1 + Integer.numberOfTrailingZeros(MAX_KEPT / MIN_BLOCK);

    private enum State {
        /** Memory that is released is freed: no timer would free it later. */
        IDLE,
        /** Memory that is released is kept. A timer frees it later. */
        KEEPING,
        CLOSED
    }

    private final ThreadAwareExecutor loop;
    private final Runnable look = this::look;
    private final LargeReads reads = new LargeReads();
    /** The memory that is kept, by size. */
    private final List<ArrayDeque<LargeBuffer>> kept = new ArrayList<>();

    private State state = State.IDLE;
    private boolean used;
    private int keptBytes;
    private long bytes;

    /** @param loop the event loop, whose timer frees the memory; without a timer nothing is kept */
    LargeBuffers(ThreadAwareExecutor loop) {
        this.loop = loop;
        for (int i = 0; i < SIZES; i++) {
            kept.add(new ArrayDeque<>());
        }
    }

    /** Returns the limit of reads with one of the buffers. Any thread. */
    LargeReads reads() {
        return reads;
    }

    /** Returns the number of bytes of all buffers, in use or kept. Any thread. */
    synchronized long bytes() {
        return bytes;
    }

    /** Returns the number of bytes that are kept for the next buffers. Any thread. */
    synchronized int keptBytes() {
        return keptBytes;
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        if (initialCapacity > MAX_KEPT) {
            return ByteBufAllocator.DEFAULT.directBuffer(initialCapacity, maxCapacity);
        }
        int size = Math.max(MIN_BLOCK, Integer.highestOneBit(initialCapacity - 1) << 1);
        LargeBuffer buffer = take(size);
        return toLeakAwareBuffer(buffer != null ? buffer.reused() : created(size));
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return ByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return true;
    }

    private synchronized @Nullable LargeBuffer take(int size) {
        used = true;
        if (state == State.IDLE && lookLater()) {
            state = State.KEEPING;
        }
        LargeBuffer buffer = kept(size).poll();
        if (buffer != null) {
            keptBytes -= size;
        }
        return buffer;
    }

    private ByteBuf created(int size) {
        LargeBuffer buffer = LargeBuffer.create(this, size);
        synchronized (this) {
            bytes += size;
        }
        return buffer.reused();
    }

    private ArrayDeque<LargeBuffer> kept(int size) {
        return kept.get(Integer.numberOfTrailingZeros(size / MIN_BLOCK));
    }

    /** Keeps a released buffer if there is room. @return whether it is kept; if not, the caller frees it */
    synchronized boolean released(LargeBuffer buffer, int size, boolean reusable) {
        if (reusable && state == State.KEEPING && keptBytes + size <= MAX_KEPT) {
            kept(size).push(buffer);
            keptBytes += size;
            return true;
        }
        bytes -= size;
        return false;
    }

    /** Schedules {@link #look}. @return whether it will be called */
    private boolean lookLater() {
        if (loop instanceof EventExecutor executor && !executor.isShuttingDown()) {
            executor.schedule(look, IDLE_SECONDS, TimeUnit.SECONDS);
            return true;
        }
        return false;
    }

    private void look() {
        synchronized (this) {
            if (state != State.KEEPING || (used && lookLater())) {
                used = false;
                return;
            }
            state = State.IDLE;
        }
        freeKept();
    }

    /** Frees the memory that is kept. Buffers that are released later are freed at once. */
    @Override
    public void close() {
        synchronized (this) {
            state = State.CLOSED;
        }
        freeKept();
    }

    private void freeKept() {
        List<LargeBuffer> freed = new ArrayList<>();
        synchronized (this) {
            bytes -= keptBytes;
            keptBytes = 0;
            for (ArrayDeque<LargeBuffer> ofSize : kept) {
                freed.addAll(ofSize);
                ofSize.clear();
            }
        }
        freed.forEach(LargeBuffer::free);
    }
}
