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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.CorruptedFrameException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

    @Test
    void followFromTheSeed() {
        assertThat(bytes(new Frames(7, 0, 1000), 3)).isEqualTo(bytes(new Frames(7, 0, 1000), 3));
        assertThat(bytes(new Frames(7, 100, 100), 3))
                .isNotEqualTo(bytes(new Frames(8, 100, 100), 3))
                .isNotEqualTo(bytes(new Frames(7, 100, 100), 4));
    }

    @Test
    void takeEverySizeAllowed() {
        Frames frames = new Frames(1, 3, 10);

        assertThat(LongStream.range(0, 1000).map(frames::size).boxed()).containsOnly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 16, 1003})
    void noticeEveryByteThatDiffers(int size) {
        Frames frames = new Frames(1, size, size);
        byte[] bytes = bytes(frames, 5);
        frames.verify(5, Unpooled.wrappedBuffer(bytes));

        for (int i = 0; i < size; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x10;
            assertThatExceptionOfType(CorruptedFrameException.class)
                    .isThrownBy(() -> frames.verify(5, Unpooled.wrappedBuffer(damaged)))
                    .withMessage("frame 5 came back with another byte at offset " + i);
        }
    }

    @Test
    void noticeMissingAndSurplusBytes() {
        Frames frames = new Frames(1, 10, 10);
        ByteBuf frame = Unpooled.wrappedBuffer(bytes(frames, 0), new byte[1]);

        assertThatExceptionOfType(CorruptedFrameException.class)
                .isThrownBy(() -> frames.verify(0, frame))
                .withMessage("frame 0 came back with 11 bytes instead of 10");
        assertThatExceptionOfType(CorruptedFrameException.class)
                .isThrownBy(() -> frames.verify(0, frame.slice(0, 9)))
                .withMessage("frame 0 came back with 9 bytes instead of 10");
    }

    private static byte[] bytes(Frames frames, long number) {
        ByteBuf out = Unpooled.buffer();
        frames.write(number, out);
        return ByteBufUtil.getBytes(out);
    }
}
