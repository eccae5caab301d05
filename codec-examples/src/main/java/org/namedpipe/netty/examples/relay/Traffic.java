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

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** What one connection has carried, each way. Any thread. */
final class Traffic {

    private final String id;
    private final RelayEnd to;
    private final PrintWriter out;
    private final LongAdder there = new LongAdder();
    private final LongAdder back = new LongAdder();

    Traffic(String id, RelayEnd to, PrintWriter out) {
        this.id = id;
        this.to = to;
        this.out = out;
    }

    /** Counts bytes towards the end of the route. */
    LongAdder there() {
        return there;
    }

    /** Counts bytes towards its start. */
    LongAdder back() {
        return back;
    }

    void opened() {
        out.println(id + " connected to " + to);
    }

    void failed(Throwable cause) {
        out.println(id + " not connected to " + to + ": " + cause);
    }

    void closed() {
        out.printf(Locale.ROOT, "%s closed, %,d bytes there, %,d bytes back%n", id, there.sum(), back.sum());
    }
}
