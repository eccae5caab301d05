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

import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Converts the addresses that {@code bind} and {@code connect} take. Many libraries let their users give only the path of a Unix
 * domain socket, so the path of a pipe may come as one.
 */
final class PipeAddresses {
    private static final String TAKEN = "a named pipe channel takes a NamedPipeAddress, for instance"
            + " NamedPipeAddress.of(\"orders\"), or a domain socket address whose path is that of a pipe, \\\\.\\pipe\\orders";

    private PipeAddresses() {}

    /**
     * Returns {@code address} as the address of a pipe.
     *
     * @param operation names the caller in the message of an exception
     * @throws WrongAddressException if {@code address} is of another kind, or if its path is not that of a pipe
     * @throws IllegalArgumentException if its path is that of a pipe with an invalid name
     */
    static NamedPipeAddress check(String operation, @Nullable SocketAddress address) {
        if (address instanceof NamedPipeAddress pipe) {
            return pipe;
        }
        String path = pathOf(address);
        if (path != null && path.replace('/', '\\').startsWith("\\\\")) {
            return NamedPipeAddress.of(path);
        }
        String kind = address == null ? "null" : address.getClass().getSimpleName() + ' ' + address;
        throw new WrongAddressException("cannot " + operation + ' ' + kind + ": " + TAKEN);
    }

    private static @Nullable String pathOf(@Nullable SocketAddress address) {
        if (address instanceof UnixDomainSocketAddress unix) {
            return unix.getPath().toString();
        }
        try {
            return NettyUnix.pathOf(address);
        } catch (NoClassDefFoundError e) {
            return null;
        }
    }

    /** Loaded, and with it Netty's common classes for Unix, only when asked. They are an optional dependency. */
    private static final class NettyUnix {
        static @Nullable String pathOf(@Nullable SocketAddress address) {
            return address instanceof DomainSocketAddress unix ? unix.path() : null;
        }
    }
}
