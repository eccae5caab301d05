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

import java.net.SocketAddress;
import java.util.Arrays;
import org.namedpipe.netty.examples.Transport;

/** One end of a route. */
record RelayEnd(Transport transport, SocketAddress address) {

    /**
     * Reads {@code pipe:NAME} or {@code tcp:HOST:PORT}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static RelayEnd parse(String text) {
        return Arrays.stream(Transport.values())
                .filter(transport -> text.startsWith(transport + ":"))
                .map(transport -> new RelayEnd(
                        transport,
                        transport.address(text.substring(transport.toString().length() + 1))))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("neither pipe:NAME nor tcp:HOST:PORT: '" + text + "'"));
    }

    @Override
    public String toString() {
        return transport + ":" + transport.nameOf(address);
    }
}
