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
package org.namedpipe.netty.examples.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamFrameDecoderTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final EmbeddedChannel channel = new EmbeddedChannel(
            new StreamFrameDecoder(10), new StreamPrinter(out, err, ImmediateEventExecutor.INSTANCE.newPromise()));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void eachStreamGoesToItsPlaceHoweverTheFramesAreCut() {
        ByteBuf wire = Unpooled.buffer();
        StreamKind.STDOUT.writeFrame(wire, "out");
        StreamKind.STDERR.writeFrame(wire, "err");
        StreamKind.STDOUT.writeFrame(wire, "");
        StreamKind.STDIN.writeFrame(wire, " typed");
        StreamKind.SYSTEM.writeFrame(wire, " engine");

        for (int length : new int[] {1, 3, 7, wire.readableBytes()}) {
            ByteBuf rest = wire.duplicate();
            while (rest.isReadable()) {
                channel.writeInbound(Unpooled.copiedBuffer(rest.readSlice(Math.min(length, rest.readableBytes()))));
            }
        }
        wire.release();

        assertThat(out).hasToString("out typed".repeat(4));
        assertThat(err).hasToString("err engine".repeat(4));
    }

    @Test
    void theLongestFrameIsTakenAndNoLongerOne() {
        channel.writeInbound(wire("\1\0\0\0\0\0\0\n0123456789"));
        assertThat(out).hasToString("0123456789");

        assertThatThrownBy(() -> channel.writeInbound(wire("\2\0\0\0\0\0\0\u000bx")))
                .isInstanceOf(TooLongFrameException.class)
                .hasMessage("a frame of 11 bytes, allowed are 10");
        channel.writeInbound(wire("\1\0\0\0\0\0\0\1x"));
        assertThat(out).hasToString("0123456789");
    }

    @Test
    void whatBeginsNoFrameIsRefused() {
        assertThatThrownBy(() -> channel.writeInbound(wire("\4\0\0\0\0\0\0\1x")))
                .isInstanceOf(CorruptedFrameException.class)
                .hasMessage("not the beginning of a frame: stream 4, then 0");
    }

    @Test
    void paddingThatIsNotZeroIsRefused() {
        assertThatThrownBy(() -> channel.writeInbound(wire("\1\0\1\0\0\0\0\1x")))
                .isInstanceOf(CorruptedFrameException.class);
    }

    @Test
    void theEndWithinAHeaderIsTold() {
        channel.writeInbound(wire("\1\0\0"));
        assertThatThrownBy(channel::finish).hasMessage("the stream ended within a frame: its header was cut");
    }

    private static ByteBuf wire(String bytes) {
        return Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1);
    }
}
