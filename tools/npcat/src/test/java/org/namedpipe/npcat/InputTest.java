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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class InputTest {

    private final List<String> sent = new ArrayList<>();

    static Settings settings(String... options) {
        Settings settings = new Settings();
        new CommandLine(settings).parseArgs(options);
        return settings;
    }

    private List<String> read(String text, String... options) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        new Input(new ByteArrayInputStream(bytes), settings(options)).readAll(this::add);
        return sent;
    }

    private void add(ByteBuf bytes) {
        sent.add(bytes.toString(StandardCharsets.ISO_8859_1));
        bytes.release();
    }

    @Test
    void bytesAreNotChanged() throws IOException {
        String bytes = "\r\n\0\u0080\u00ff\n";
        assertThat(read(bytes)).containsExactly(bytes);
    }

    @Test
    void aLineIsAMessage() throws IOException {
        assertThat(read("one\n\ntwo\r\n\u00e9\0\rx\nlast", "-m"))
                .containsExactly("one", "", "two", "\u00e9\0\rx", "last");
    }

    @Test
    void aLineCanBeLongerThanABlock() throws IOException {
        String line = "x".repeat(100_000);
        assertThat(read(line + "\r\n" + line + "\n", "-m")).containsExactly(line, line);
    }

    @Test
    void noInputIsNoMessage() throws IOException {
        assertThat(read("", "-m")).isEmpty();
    }

    @Test
    void hexadecimalDigitsAreBytes() throws IOException {
        assertThat(read("00 fF\r\n\n41 4\t2\n", "-X")).containsExactly("\0\u00ff", "AB");
    }

    @Test
    void anEmptyLineOfHexadecimalDigitsIsAnEmptyMessage() throws IOException {
        assertThat(read("\n41\n", "-X", "-m")).containsExactly("", "A");
    }

    @Test
    void otherTextIsNotHexadecimal() {
        assertThatThrownBy(() -> read("41\nthe rest\n", "-X"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not pairs of hexadecimal digits: therest");
        assertThat(sent).containsExactly("A");
    }

    @Test
    void anEmptyMessageIsTheEndWithHalfClose() {
        assertThatThrownBy(() -> read("one\n\ntwo\n", "-m", "-N"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty line");
        assertThat(sent).containsExactly("one");
    }
}
