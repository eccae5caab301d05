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
package org.namedpipe.netty.examples.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.namedpipe.netty.NamedPipeAddress;

class RouteTest {

    @Test
    void parsesBothKindsOfAddress() {
        assertThat(Route.parse("pipe:a=tcp:127.0.0.1:80"))
                .isEqualTo(new Route(
                        NamedPipeAddress.of("a"), new InetSocketAddress(InetAddress.getLoopbackAddress(), 80)));
    }

    @ParameterizedTest
    @CsvSource({
        "pipe:a,           'not FROM=TO: pipe:a'",
        "pipe:a=udp:b:1,   'neither pipe:NAME nor tcp:HOST:PORT: udp:b:1'",
        "pipe:a=tcp:b,     'neither pipe:NAME nor tcp:HOST:PORT: tcp:b'",
        "pipe:a=tcp:b:c,   'For input string: \"c\"'",
        "pipe:a=tcp:b:-1,  'port out of range:-1'",
    })
    void refusesOtherText(String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> Route.parse(text)).withMessage(message);
    }
}
