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
package org.namedpipe.npcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private String print(Settings settings) throws IOException {
        Output output = new Output(printed, settings);
        HexDump received = new HexDump('<', settings.messages());
        HexDump sent = new HexDump('>', settings.messages());
        output.received(received, bytes("\0\r\n\u00ff"));
        output.sent(sent, bytes("0123456789abcdefX"));
        output.received(received, bytes(""));
        output.received(received, bytes("hello"));
        return printed.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void receivedBytesAreNotChanged() throws IOException {
        assertThat(print(InputTest.settings())).isEqualTo("\0\r\n\u00ffhello");
    }

    @Test
    void aMessageEndsWithALineFeed() throws IOException {
        assertThat(print(InputTest.settings("-m"))).isEqualTo("\0\r\n\u00ff\n\nhello\n");
    }

    @Test
    void offsetsOfAStreamContinue() throws IOException {
        assertThat(print(InputTest.settings("-x"))).isEqualTo("""
                        < 00000000  00 0d 0a ff                                      |....|
                        > 00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  |0123456789abcdef|
                        > 00000010  58                                               |X|
                        < 00000004                                                   ||
                        < 00000004  68 65 6c 6c 6f                                   |hello|
                        """);
    }

    @Test
    void offsetsOfAMessageBeginWithZero() throws IOException {
        assertThat(print(InputTest.settings("-x", "-m"))).isEqualTo("""
                        < 00000000  00 0d 0a ff                                      |....|
                        > 00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  |0123456789abcdef|
                        > 00000010  58                                               |X|
                        < 00000000                                                   ||
                        < 00000000  68 65 6c 6c 6f                                   |hello|
                        """);
    }
}
