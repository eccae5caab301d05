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

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.namedpipe.netty.NamedPipeAddress;

/** The address on which a relay listens, and the address to which it connects. Each is one of a pipe or of TCP. */
record Route(SocketAddress from, SocketAddress to) {

    /**
     * Parses {@code FROM=TO}. Each is {@code pipe:NAME} or {@code tcp:HOST:PORT}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    static Route parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("not FROM=TO: " + text);
        }
        return new Route(address(text.substring(0, equals)), address(text.substring(equals + 1)));
    }

    private static SocketAddress address(String text) {
        if (text.startsWith("pipe:")) {
            return NamedPipeAddress.of(text.substring("pipe:".length()));
        }
        int colon = text.lastIndexOf(':');
        if (!text.startsWith("tcp:") || colon < "tcp:".length()) {
            throw new IllegalArgumentException("neither pipe:NAME nor tcp:HOST:PORT: " + text);
        }
        return new InetSocketAddress(
                text.substring("tcp:".length(), colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
