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
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamFrameDecoderTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(new StreamFrameDecoder());

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void framesAreDecodedFromPartsOfAnySize() {
        ByteBuf wire = Unpooled.buffer();
        FakeContainer.writeFrame(wire, StreamPiece.STDOUT, "out");
        FakeContainer.writeFrame(wire, StreamPiece.STDERR, "err");
        FakeContainer.writeFrame(wire, StreamPiece.STDOUT, "");
        FakeContainer.writeFrame(wire, 0, " in");
        FakeContainer.writeFrame(wire, StreamPiece.SYSTEM_ERROR, " engine");

        for (int length : new int[] {1, 3, 7, wire.readableBytes()}) {
            ByteBuf rest = wire.duplicate();
            while (rest.isReadable()) {
                channel.writeInbound(Unpooled.copiedBuffer(rest.readSlice(Math.min(length, rest.readableBytes()))));
            }
        }
        wire.release();

        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        for (StreamPiece piece = channel.readInbound(); piece != null; piece = channel.readInbound()) {
            (piece.isError() ? err : out).append(piece.content().toString(StandardCharsets.US_ASCII));
            piece.release();
        }
        assertThat(out).hasToString("out in".repeat(4));
        assertThat(err).hasToString("err engine".repeat(4));
    }

    @Test
    void tooLongFrameFailsAndTheRestIsDiscarded() {
        assertThatThrownBy(() -> channel.writeInbound(wire("\1\0\0\0\1\0\0\1x")))
                .isInstanceOf(TooLongFrameException.class)
                .hasMessage("a frame of 16777217 bytes, the maximum is 16777216");
        channel.writeInbound(wire("\1\0\0\0\0\0\0\1x"));
        assertThat(channel.<Object>readInbound()).isNull();
    }

    @Test
    void unknownStreamFails() {
        assertThatThrownBy(() -> channel.writeInbound(wire("\4\0\0\0\0\0\0\1x")))
                .isInstanceOf(CorruptedFrameException.class)
                .hasMessage("not the header of a frame: stream 4, then 0");
    }

    @Test
    void paddingThatIsNotZeroFails() {
        assertThatThrownBy(() -> channel.writeInbound(wire("\1\0\1\0\0\0\0\1x")))
                .isInstanceOf(CorruptedFrameException.class);
    }

    @Test
    void endWithinAHeaderIsReported() {
        channel.writeInbound(wire("\1\0\0"));
        assertThatThrownBy(channel::finish).hasMessage("the stream ended within a frame: its header is incomplete");
    }

    @Test
    void upgradedConnectionOfATerminalHasNoFrames() {
        EmbeddedChannel client = new EmbeddedChannel(new HttpClientCodec(), new UpgradeHandler(upgraded -> {}));
        client.writeOutbound(EngineRequest.of(HttpMethod.POST, "x", "/attach"));

        client.writeInbound(wire("HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\n"
                + "Connection: Upgrade\r\nUpgrade: tcp\r\n\r\nno frames"));

        ByteBuf output = client.readInbound();
        assertThat(output.toString(StandardCharsets.US_ASCII)).isEqualTo("no frames");
        output.release();
        client.finishAndReleaseAll();
    }

    private static ByteBuf wire(String bytes) {
        return Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1);
    }
}
