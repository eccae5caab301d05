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
import java.util.List;
import org.namedpipe.netty.microbench.results.Results;

/**
 * Measures request-response connections beside streams of large frames on the same event loops: latency at a fixed rate, counted
 * from when a request was due. The streams are the rows' number of connections.
 */
final class MixedExperiment {
    static final String NAME = "mixed";

    private static final List<Integer> STREAMS = List.of(0, 1, 10);
    private static final int MAX_ROUNDS = 5;
    /** For a percentile, a run is longer than a round of an echo. */
    private static final int ROUND_LENGTHS = 16;

    private static final int MIN_REQUESTS = 4;

    private final Plan plan;
    private final Results results;

    MixedExperiment(Plan plan, Results results) {
        this.plan = plan;
        this.results = results;
    }

    void run() throws Exception {
        List<MixedLoad> loads = new ArrayList<>();
        try {
            for (Transport transport : List.of(Transport.PIPE, Transport.TCP)) {
                if (plan.includes(transport.text)) {
                    loads.add(new MixedLoad(transport, STREAMS.get(STREAMS.size() - 1)));
                }
            }
            measure(loads);
        } finally {
            loads.forEach(MixedLoad::close);
        }
    }

    private void measure(List<MixedLoad> loads) throws Exception {
        long nanos = plan.effort().roundMillis * 1_000_000L * ROUND_LENGTHS;
        int requests = Math.max(MIN_REQUESTS, (int) (nanos / MixedLoad.INTERVAL_NANOS));
        int rounds = Math.min(plan.effort().rounds, MAX_ROUNDS);
        // The first round warms up.
        for (int round = -1; round < rounds; round++) {
            for (int streams : STREAMS) {
                for (MixedLoad load : loads) {
                    MixedLoad.Outcome outcome = load.run(streams, requests);
                    if (round >= 0) {
                        add(load, streams, round, outcome);
                    }
                }
            }
        }
    }

    private void add(MixedLoad load, int streams, int round, MixedLoad.Outcome outcome) {
        Workload workload = new Workload(streams, 1, MixedLoad.FRAME_SIZE);
        Latencies.of(outcome.latencies())
                .forEach((metric, value) -> results.add(workload.row(NAME, load.name(), metric, round, value)));
        if (streams > 0) {
            results.add(workload.row(NAME, load.name(), "mib_per_s", round, outcome.mibPerSecond()));
        }
        Progress.print(
                "%s: %d pings beside %d streams: p50 %.0f us, p99 %.0f us, %.0f MiB/s",
                load.name(),
                MixedLoad.PINGS,
                streams,
                outcome.latencies().getValueAtPercentile(50) / 1e3,
                outcome.latencies().getValueAtPercentile(99) / 1e3,
                outcome.mibPerSecond());
    }
}
