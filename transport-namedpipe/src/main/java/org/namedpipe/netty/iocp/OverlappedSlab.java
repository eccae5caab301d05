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

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.NativeMemory;
import org.namedpipe.netty.internal.win32.Overlapped;

/**
 * The {@code OVERLAPPED} blocks of one event loop, numbered by slot, each owned by at most one operation.
 *
 * <p>A packet is traced to its operation by the arithmetic of its address, never by a {@code HANDLE}, which Windows
 * gives out again. Memory grows by chunks and never moves, since the kernel knows it by address.
 *
 * <p>Confined to the loop's thread but for {@link #inUse()}.
 */
final class OverlappedSlab {
    private static final int FIRST_CHUNK_SLOTS = 128;
    private static final int NO_SLOT = -1;

    private Chunk[] chunks = new Chunk[0];
    private @Nullable IocpIoOps[] owners = new IocpIoOps[0];
    private int[] generations = new int[0];
    private int[] free = new int[0];
    private int freeCount;
    private final AtomicInteger inUse = new AtomicInteger();

    /** Gives {@code owner} a slot whose block is cleared. */
    int acquire(IocpIoOps owner) {
        if (freeCount == 0) {
            grow();
        }
        int slot = free[--freeCount];
        owners[slot] = owner;
        generations[slot]++;
        clear(slot);
        inUse.lazySet(inUse.getPlain() + 1);
        return slot;
    }

    /** Takes a slot back. The kernel must be done with its block. */
    void release(int slot) {
        assert owners[slot] != null;
        owners[slot] = null;
        free[freeCount++] = slot;
        inUse.lazySet(inUse.getPlain() - 1);
    }

    /** The operation whose block is at {@code address}, or {@code null} if no operation owns that address now. */
    @Nullable
    IocpIoOps ownerAt(long address) {
        int slot = slotAt(address);
        return slot == NO_SLOT ? null : owners[slot];
    }

    /** The address of a slot's block. */
    long address(int slot) {
        Chunk chunk = chunkOf(slot);
        return chunk.memory.address() + chunk.offset(slot);
    }

    /** A number for this use of the slot: never 0, and not given to another use before 2^31 of them. */
    long id(int slot) {
        return ((long) generations[slot] << 32 | slot) + 1;
    }

    /** The bytes a slot's operation moved, of one that ended. */
    int transferred(int slot) {
        Chunk chunk = chunkOf(slot);
        return chunk.memory.buffer().getInt(chunk.offset(slot) + Overlapped.INTERNAL_HIGH);
    }

    /** The {@code NTSTATUS} of a slot's operation. */
    int status(int slot) {
        Chunk chunk = chunkOf(slot);
        return chunk.memory.buffer().getInt(chunk.offset(slot) + Overlapped.INTERNAL);
    }

    /** Has the end of a slot's operation signal {@code event}. */
    void signalAtEnd(int slot, long event) {
        Chunk chunk = chunkOf(slot);
        chunk.memory.buffer().putLong(chunk.offset(slot) + Overlapped.EVENT, event);
    }

    /** Returns how many slots are owned. Any thread. */
    int inUse() {
        return inUse.get();
    }

    private void clear(int slot) {
        Chunk chunk = chunkOf(slot);
        ByteBuffer buffer = chunk.memory.buffer();
        int offset = chunk.offset(slot);
        for (int i = 0; i < Overlapped.SIZE; i += Long.BYTES) {
            buffer.putLong(offset + i, 0);
        }
    }

    private int slotAt(long address) {
        for (int i = chunks.length - 1; i >= 0; i--) {
            int slot = chunks[i].slotAt(address);
            if (slot != NO_SLOT) {
                return slot;
            }
        }
        return NO_SLOT;
    }

    private Chunk chunkOf(int slot) {
        int i = chunks.length - 1;
        while (chunks[i].firstSlot > slot) {
            i--;
        }
        return chunks[i];
    }

    /** Doubles the number of slots, so that there are never more than a handful of chunks to look through. */
    private void grow() {
        int firstSlot = owners.length;
        int slots = Math.max(FIRST_CHUNK_SLOTS, firstSlot);
        Chunk[] moreChunks = Arrays.copyOf(chunks, chunks.length + 1);
        moreChunks[chunks.length] = new Chunk(firstSlot, slots);
        @Nullable IocpIoOps[] moreOwners = Arrays.copyOf(owners, firstSlot + slots);
        int[] moreGenerations = Arrays.copyOf(generations, firstSlot + slots);
        int[] moreFree = Arrays.copyOf(free, firstSlot + slots);
        // From here on nothing is allocated: without memory the slab stays as it was.
        chunks = moreChunks;
        owners = moreOwners;
        generations = moreGenerations;
        free = moreFree;
        for (int slot = firstSlot + slots - 1; slot >= firstSlot; slot--) {
            free[freeCount++] = slot;
        }
    }

    private static final class Chunk {
        final int firstSlot;
        final NativeMemory memory;

        Chunk(int firstSlot, int slots) {
            this.firstSlot = firstSlot;
            memory = new NativeMemory(slots * Overlapped.SIZE);
        }

        int offset(int slot) {
            return (slot - firstSlot) * Overlapped.SIZE;
        }

        int slotAt(long address) {
            long offset = address - memory.address();
            return offset >= 0 && offset < memory.buffer().capacity() && offset % Overlapped.SIZE == 0
                    ? firstSlot + (int) offset / Overlapped.SIZE
                    : NO_SLOT;
        }
    }
}
