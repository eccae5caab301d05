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

/** The extent of a measurement: workloads, rounds, durations. */
public enum Effort {
    /** All workloads. */
    FULL(7, 250, 40, 200_000, List.of(1, 100, 1_000, 10_000)) {
        @Override
        List<Workload> workloads() {
            return product(List.of(1, 8, 64, 1000), List.of(1, 16, 100), List.of(1, 64, K, 16 * K, 64 * K, K * K));
        }
    },
    /** All connections and depths at 64 bytes, and all sizes on one connection: a third of the workloads and of the time. */
    SLICES(9, 250, 40, 200_000, List.of(1, 100, 1_000, 10_000)) {
        @Override
        List<Workload> workloads() {
            Set<Workload> workloads =
                    new LinkedHashSet<>(product(List.of(1, 8, 64, 1000), List.of(1, 16, 100), List.of(64)));
            workloads.addAll(product(List.of(1), List.of(1, 16), List.of(1, 64, K, 16 * K, 64 * K, K * K)));
            return List.copyOf(workloads);
        }
    },
    /** The workloads with targets, with more rounds. */
    TARGETS(11, 400, 40, 50_000, List.of(1, 100, 1_000, 10_000)) {
        @Override
        List<Workload> workloads() {
            List<Workload> workloads = new ArrayList<>(product(List.of(1, 8, 64), List.of(1), List.of(64)));
            workloads.add(new Workload(1_000, 1, 64));
            workloads.addAll(product(List.of(1, 8, 64), List.of(100), List.of(64)));
            workloads.add(new Workload(1, 1, 64 * K));
            workloads.add(new Workload(1, 16, 64 * K));
            workloads.add(new Workload(1, 1, K * K));
            return workloads;
        }
    },
    /** Those workloads and some more, with few rounds; shows the order of magnitude. */
    QUICK(3, 60, 8, 20_000, List.of(1, 100, 1_000)) {
        @Override
        List<Workload> workloads() {
            List<Workload> workloads = new ArrayList<>(product(List.of(1, 8, 64), List.of(1, 100), List.of(64)));
            workloads.addAll(product(List.of(1), List.of(1), List.of(K, 64 * K, K * K)));
            return workloads;
        }
    },
    /** One short round of each experiment; shows that it works. */
    SMOKE(1, 1, 1, 200, List.of(1, 10)) {
        @Override
        List<Workload> workloads() {
            return product(List.of(1, 2), List.of(1, 4), List.of(64, 64 * K));
        }
    };

    private static final int K = 1024;

    /** Measured rounds; results are medians over them. */
    final int rounds;
    /** The intended duration of a round, in milliseconds. */
    final int roundMillis;
    /** The maximum number of warm-up rounds. */
    final int warmUpRounds;
    /** Messages of an experiment that counts. */
    final int countedMessages;
    /** Numbers of idle connections. */
    @SuppressWarnings("ImmutableEnumChecker") // the list is immutable
    final List<Integer> idle;

    Effort(int rounds, int roundMillis, int warmUpRounds, int countedMessages, List<Integer> idle) {
        this.rounds = rounds;
        this.roundMillis = roundMillis;
        this.warmUpRounds = warmUpRounds;
        this.countedMessages = countedMessages;
        this.idle = idle;
    }

    /** Returns the workloads of the echo. */
    abstract List<Workload> workloads();

    private static List<Workload> product(List<Integer> connections, List<Integer> depths, List<Integer> sizes) {
        List<Workload> workloads = new ArrayList<>();
        for (int count : connections) {
            for (int depth : depths) {
                for (int size : sizes) {
                    workloads.add(new Workload(count, depth, size));
                }
            }
        }
        return workloads;
    }
}
