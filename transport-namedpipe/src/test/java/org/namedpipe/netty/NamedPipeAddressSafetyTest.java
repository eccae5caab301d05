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
package org.namedpipe.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that must not become an address: those of another computer, of a device, or with characters that mislead. */
class NamedPipeAddressSafetyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            \\\\host@80\\pipe\\orders       | the host contains '@', by which Windows means a WebDAV server
            \\\\host@SSL\\pipe\\orders      | the host contains '@', by which Windows means a WebDAV server
            \\\\host@SSL@443\\pipe\\orders  | the host contains '@', by which Windows means a WebDAV server
            npipe://user@host/pipe/orders   | the host contains '@', by which Windows means a WebDAV server
            \\\\;host\\pipe\\orders         | the host contains ';'
            \\\\h%6Fst\\pipe\\orders        | the host contains '%'
            \\\\UNC\\pipe\\orders           | the host is a name that Windows gives to a device
            \\\\GlobalRoot\\pipe\\orders    | the host is a name that Windows gives to a device
            \\\\.\\UNC\\host\\pipe\\orders  | a path must look like \\\\.\\pipe\\name
            \\\\?\\UNC\\host\\pipe\\orders  | a path must look like \\\\.\\pipe\\name
            \\\\.\\GLOBALROOT\\Device\\NamedPipe\\x | a path must look like \\\\.\\pipe\\name
            \\\\?\\GLOBALROOT\\Device\\NamedPipe\\x | a path must look like \\\\.\\pipe\\name
            \\??\\pipe\\orders              | the name has an empty part
            """)
    void namesOfOtherServersAndDevicesAreRefused(String text, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedPipeAddress.of(text))
                .withMessageStartingWith("not the address of a named pipe: '" + text + "': ")
                .withMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "0000, control character",
        "0009, control character",
        "000A, control character",
        "000D, control character",
        "001F, control character",
        "007F, control character",
        "0085, control character",
        "00AD, format character",
        "061C, format character",
        "200B, format character",
        "200E, format character",
        "202E, format character",
        "2066, format character",
        "FEFF, format character",
        "E0001, format character",
        "2028, line separator",
        "2029, line separator",
        "D800, half of a surrogate pair",
        "DFFF, half of a surrogate pair",
    })
    void unprintableCharactersAreRefusedAndNotRepeated(String hex, String kind) {
        int codePoint = Integer.parseInt(hex, 16);
        String text = Character.toString(codePoint);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedPipeAddress.of("ord" + text + "ers"))
                .withMessage("not the address of a named pipe: 'ord<U+" + hex + ">ers': the name contains the " + kind
                        + " U+" + hex);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedPipeAddress.of("ho" + text + "st", "orders"))
                .withMessageContaining("the host contains the " + kind + " U+" + hex)
                .withMessageNotContaining(text);
    }

    @Test
    void lettersOutsideTheFirstPlaneAreAccepted() {
        assertThat(NamedPipeAddress.of("\uD835\uDCAB").name()).isEqualTo("\uD835\uDCAB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "\\\\.\\pipe\\orders",
                "//?/pipe/orders",
                "npipe:////./pipe/orders",
                "npipe://./pipe/orders"
            })
    void localAcceptsEverySpellingOfALocalPipe(String text) {
        assertThat(NamedPipeAddress.local(text)).isEqualTo(NamedPipeAddress.of("orders"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\\\host\\pipe\\orders",
                "npipe://host/pipe/orders",
                "//localhost/pipe/orders",
                "\\\\127.0.0.1\\pipe\\orders"
            })
    void localRefusesEveryOtherHost(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedPipeAddress.local(text))
                .withMessageContaining(
                        "it names the computer '" + NamedPipeAddress.of(text).host() + "'")
                .withMessageContaining("only pipes of this one are accepted");
    }
}
