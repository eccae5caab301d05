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

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How much to measure, and how long. */
public enum Effort {
    /** What the report is made of: every shape. */
    FULL(7, 250, 40, 200_000, List.of(1, 100, 1_000, 10_000)) {
        @Override
        List<Shape> shapes() {
            return product(List.of(1, 8, 64, 1000), List.of(1, 16, 100), List.of(1, 64, K, 16 * K, 64 * K, K * K));
        }
    },
    /** Connections and messages under way at 64 bytes, and sizes on one connection: a third of the shapes, in as much of the time. */
    SLICES(9, 250, 40, 200_000, List.of(1, 100, 1_000, 10_000)) {
        @Override
        List<Shape> shapes() {
            Set<Shape> shapes = new LinkedHashSet<>(product(List.of(1, 8, 64, 1000), List.of(1, 16, 100), List.of(64)));
            shapes.addAll(product(List.of(1), List.of(1, 16), List.of(1, 64, K, 16 * K, 64 * K, K * K)));
            return List.copyOf(shapes);
        }
    },
    /** The shapes that there are targets for, measured well. */
    TARGETS(11, 400, 40, 200_000, List.of(1, 100, 1_000, 10_000)) {
        @Override
        List<Shape> shapes() {
            List<Shape> shapes = new ArrayList<>(product(List.of(1, 8, 64), List.of(1), List.of(64)));
            shapes.add(new Shape(1, 100, 64));
            shapes.add(new Shape(1, 1, 64 * K));
            shapes.add(new Shape(1, 1, K * K));
            return shapes;
        }
    },
    /** The same and a few more, to see the order of magnitude. */
    QUICK(3, 60, 8, 20_000, List.of(1, 100, 1_000)) {
        @Override
        List<Shape> shapes() {
            List<Shape> shapes = new ArrayList<>(product(List.of(1, 8, 64), List.of(1, 100), List.of(64)));
            shapes.addAll(product(List.of(1), List.of(1), List.of(K, 64 * K, K * K)));
            return shapes;
        }
    },
    /** Everything once, to see that it works. */
    SMOKE(1, 1, 1, 200, List.of(1, 10)) {
        @Override
        List<Shape> shapes() {
            return product(List.of(1, 2), List.of(1, 4), List.of(64, 64 * K));
        }
    };

    private static final int K = 1024;

    /** That are measured; results are medians over them. */
    final int rounds;
    /** How long a round is meant to take. */
    final int roundMillis;
    /** How many rounds a contender may have to warm up. */
    final int warmUpRounds;
    /** Over how many messages to count what is not timed. */
    final int countedMessages;
    /** How many connections are to be idle. */
    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    final List<Integer> idle;

    Effort(int rounds, int roundMillis, int warmUpRounds, int countedMessages, List<Integer> idle) {
        this.rounds = rounds;
        this.roundMillis = roundMillis;
        this.warmUpRounds = warmUpRounds;
        this.countedMessages = countedMessages;
        this.idle = idle;
    }

    /** What conversations to have. */
    abstract List<Shape> shapes();

    private static List<Shape> product(List<Integer> connections, List<Integer> depths, List<Integer> sizes) {
        List<Shape> shapes = new ArrayList<>();
        for (int count : connections) {
            for (int depth : depths) {
                for (int size : sizes) {
                    shapes.add(new Shape(count, depth, size));
                }
            }
        }
        return shapes;
    }
}
