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
package org.namedpipe.netty.microbench.harness;

import java.io.IOException;
import java.util.Map;

/** An implementation under test. Its connections are open until it is closed. */
interface Subject extends AutoCloseable {
    /** Returns the name in the results. */
    String name();

    /** Echoes {@code messages} messages on each connection. @return nanoseconds per message */
    double round(int messages) throws Exception;

    /** Runs a round that records the latency of each message. @return percentiles in nanoseconds, by metric */
    default Map<String, Double> latencies(int messages) throws Exception {
        throw new UnsupportedOperationException(name());
    }

    @Override
    void close() throws IOException;
}
