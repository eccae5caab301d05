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
package org.namedpipe.netty.examples.echo;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.CorruptedFrameException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An endless row of frames whose sizes and bytes follow from a seed, so that whoever knows it can check them. For one
 * thread at a time.
 */
final class Frames {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final int minSize;
    private final int maxSize;
    private final byte[] expected;
    private final byte[] received;

    Frames(long seed, int minSize, int maxSize) {
        this.seed = seed;
        this.minSize = minSize;
        this.maxSize = maxSize;
        expected = new byte[maxSize + Long.BYTES];
        received = new byte[maxSize];
    }

    /** The size of a frame in bytes. */
    int size(long number) {
        return minSize + (int) Long.remainderUnsigned(mix(key(number)), maxSize - minSize + 1L);
    }

    /** Appends the bytes of a frame. */
    void write(long number, ByteBuf out) {
        out.writeBytes(expected, 0, generate(number));
    }

    /**
     * Checks every byte of a frame.
     *
     * @throws CorruptedFrameException if one differs, or is missing or too many
     */
    void verify(long number, ByteBuf frame) {
        int size = generate(number);
        if (frame.readableBytes() != size) {
            throw new CorruptedFrameException(
                    "frame " + number + " came back with " + frame.readableBytes() + " bytes instead of " + size);
        }
        frame.getBytes(frame.readerIndex(), received, 0, size);
        int offset = Arrays.mismatch(expected, 0, size, received, 0, size);
        if (offset >= 0) {
            throw new CorruptedFrameException("frame " + number + " came back with another byte at offset " + offset);
        }
    }

    private int generate(long number) {
        int size = size(number);
        long state = key(number);
        for (int i = 0; i < size; i += Long.BYTES) {
            LONGS.set(expected, i, mix(state += GOLDEN_GAMMA));
        }
        return size;
    }

    private long key(long number) {
        return mix(seed ^ mix(number + GOLDEN_GAMMA));
    }

    /** The mixing function of SplitMix64. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
