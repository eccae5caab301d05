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
 * What a conversation looks like.
 *
 * @param connections how many talk at the same time
 * @param depth messages under way on each
 * @param size bytes of a message, without the four that tell its length
 */
record Shape(int connections, int depth, int size) {
    static final int LENGTH_BYTES = 4;

    /** A shape from its three numbers, separated by commas. */
    static Shape parse(String text) {
        String[] numbers = text.split(",", -1);
        if (numbers.length != 3) {
            throw new IllegalArgumentException("not connections,depth,size: " + text);
        }
        return new Shape(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));
    }

    /** Bytes of a message on the wire. Those who need no length send as many. */
    int frame() {
        return size + LENGTH_BYTES;
    }

    /** Bytes under way in each direction at the most. */
    long window() {
        return (long) connections * depth * frame();
    }

    Row row(String experiment, String subject, String metric, int round, double value) {
        return new Row(experiment, subject, connections, depth, size, metric, round, value);
    }
}
