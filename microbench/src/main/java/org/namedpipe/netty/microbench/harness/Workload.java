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

import org.namedpipe.netty.microbench.results.Row;

/**
 * A workload of an experiment.
 *
 * @param connections the number of connections
 * @param depth the number of outstanding messages on each connection
 * @param size the bytes of a message, without its length field
 */
record Workload(int connections, int depth, int size) {
    static final int LENGTH_BYTES = 4;

    /** Parses {@code connections,depth,size}. */
    static Workload parse(String text) {
        String[] numbers = text.split(",", -1);
        if (numbers.length != 3) {
            throw new IllegalArgumentException("a workload is connections,depth,size, not " + text);
        }
        return new Workload(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));
    }

    /** Returns the bytes of a message with its length field. The baseline, which has no framing, sends the same number. */
    int frame() {
        return size + LENGTH_BYTES;
    }

    /** Returns the maximum of outstanding bytes in each direction. */
    long window() {
        return (long) connections * depth * frame();
    }

    Row row(String experiment, String subject, String metric, int round, double value) {
        return new Row(experiment, subject, connections, depth, size, metric, round, value);
    }
}
