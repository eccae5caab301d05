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
package org.namedpipe.netty.explorer;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which handles are the two ends of a connection, known from the calls that open and close them. */
final class Connections {
    private final Map<Long, Side> open = new HashMap<>();
    private int opened;

    /** A client was opened. */
    void opened(long client, LongUnaryOperator peerOf) {
        Side side = new Side(++opened, client, peerOf.applyAsLong(client));
        open.put(side.handle, side);
        open.put(side.peer().handle, side.peer());
    }

    /** A handle, which may be any, is about to be closed. */
    void closing(long handle) {
        Side side = open.remove(handle);
        if (side != null) {
            side.closed = true;
        }
    }

    /** The connection whose end a handle is now, or {@code null}. */
    @Nullable
    Side side(long handle) {
        return open.get(handle);
    }

    /** How many clients were ever opened. */
    int opened() {
        return opened;
    }
}
