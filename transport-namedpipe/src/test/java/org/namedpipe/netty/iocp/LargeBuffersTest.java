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

import static org.assertj.core.api.Assertions.assertThat;
import static org.namedpipe.netty.iocp.LargeBuffers.IDLE_SECONDS;
import static org.namedpipe.netty.iocp.LargeBuffers.MAX_KEPT;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.NativeMemory;
import org.namedpipe.netty.testing.OneThread;

/** The memory of large buffers: which is used again, which is freed, and when. */
class LargeBuffersTest extends OneThread {
    private static final int MIB = 1024 * 1024;

    private final LargeBuffers buffers = new LargeBuffers(loop);

    @AfterEach
    void nothingIsLeft() {
        buffers.close();
        assertThat(buffers.bytes()).isZero();
    }

    private void passSeconds(int seconds) {
        pass(TimeUnit.SECONDS.toMillis(seconds));
    }

    private void assertBytes(int kept, int all) {
        assertThat(buffers.keptBytes()).as("bytes that are kept").isEqualTo(kept);
        assertThat(buffers.bytes()).as("bytes in use or kept").isEqualTo(all);
    }

    @Test
    void theMemoryOfABufferIsUsedAgainAsNew() {
        ByteBuf first = buffers.directBuffer(MIB);
        first.writeLong(1).readInt();
        first.markReaderIndex().markWriterIndex();
        long address = address(first);
        first.release();
        assertBytes(MIB, MIB);
        ByteBuf second = buffers.directBuffer(MIB);
        assertThat(address(second)).isEqualTo(address);
        assertThat(second.refCnt()).isEqualTo(1);
        assertThat(second.readerIndex()).isZero();
        assertThat(second.writerIndex()).isZero();
        assertThat(second.resetReaderIndex().readerIndex()).isZero();
        assertThat(second.resetWriterIndex().writerIndex()).isZero();
        assertBytes(0, MIB);
        second.release();
    }

    @Test
    void aSliceKeepsTheMemoryFromBeingUsedAgain() {
        ByteBuf buffer = buffers.directBuffer(MIB).writeLong(1);
        ByteBuf slice = buffer.retainedSlice(0, 4);
        buffer.release();
        assertBytes(0, MIB);
        slice.release();
        assertBytes(MIB, MIB);
    }

    @Test
    void capacitiesArePowersOfTwo() {
        for (int[] requestedAndGot :
                new int[][] {{1, MIB}, {512 * 1024 + 1, MIB}, {MIB, MIB}, {MIB + 4, 2 * MIB}, {MAX_KEPT, MAX_KEPT}}) {
            ByteBuf buffer = buffers.directBuffer(requestedAndGot[0]);
            assertThat(buffer.capacity()).isEqualTo(requestedAndGot[1]);
            buffer.release();
            buffers.directBuffer(1).release();
        }
    }

    @Test
    void aBufferThatIsLargerThanWhatIsKeptComesFromNetty() {
        ByteBuf buffer = buffers.directBuffer(MAX_KEPT + 1);
        assertThat(buffer.capacity()).isEqualTo(MAX_KEPT + 1);
        assertBytes(0, 0);
        buffer.release();
        assertBytes(0, 0);
    }

    @Test
    void noMoreMemoryIsKeptThanTheLimit() {
        List<ByteBuf> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(buffers.directBuffer(MIB));
        }
        assertBytes(0, 20 * MIB);
        all.forEach(ByteBuf::release);
        assertBytes(MAX_KEPT, MAX_KEPT);
    }

    @Test
    void memoryIsFreedWhenNoBufferIsAllocatedForAWhile() {
        buffers.directBuffer(MIB).release();
        passSeconds(IDLE_SECONDS - 1);
        buffers.directBuffer(MIB).release();
        passSeconds(IDLE_SECONDS);
        assertBytes(MIB, MIB);
        passSeconds(IDLE_SECONDS);
        assertBytes(0, 0);
    }

    @Test
    void aBufferThatIsReleasedLaterIsFreedAtOnce() {
        ByteBuf buffer = buffers.directBuffer(MIB);
        passSeconds(IDLE_SECONDS);
        passSeconds(IDLE_SECONDS);
        assertBytes(0, MIB);
        buffer.release();
        assertBytes(0, 0);
        buffers.directBuffer(MIB).release();
        assertBytes(MIB, MIB);
    }

    @Test
    void anotherThreadMayReleaseABuffer() {
        ByteBuf buffer = buffers.directBuffer(MIB);
        CompletableFuture.runAsync(buffer::release).join();
        assertBytes(MIB, MIB);
    }

    @Test
    void aBufferMayBeReleasedWhenTheLoopIsGone() {
        ByteBuf buffer = buffers.directBuffer(MIB);
        buffers.directBuffer(MIB).release();
        buffers.close();
        assertBytes(0, MIB);
        buffer.release();
        assertBytes(0, 0);
        buffers.directBuffer(MIB).release();
        assertBytes(0, 0);
    }

    @Test
    void aBufferWhoseCapacityWasChangedIsFreed() {
        ByteBuf grown = buffers.directBuffer(MIB).writeLong(42);
        grown.capacity(3 * MIB);
        assertThat(grown.getLong(0)).isEqualTo(42);
        grown.release();
        assertBytes(0, 0);
        ByteBuf shrunk = buffers.directBuffer(MIB);
        shrunk.capacity(100);
        shrunk.release();
        assertBytes(0, 0);
    }

    @Test
    void nothingIsKeptWhereThereIsNoTimer() {
        LargeBuffers withoutTimer = new LargeBuffers(new ThreadAwareExecutor() {
            @Override
            public boolean isExecutorThread(Thread thread) {
                return true;
            }

            @Override
            public void execute(Runnable task) {
                task.run();
            }
        });
        withoutTimer.directBuffer(MIB).release();
        assertThat(withoutTimer.bytes()).isZero();
    }

    /** Returns where the memory of a buffer begins, also where Netty has no Unsafe. */
    private static long address(ByteBuf buffer) {
        return NativeMemory.addressOf(buffer.internalNioBuffer(0, 1).slice());
    }
}
