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

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The reported percentiles of a histogram, with the names that the baseline program uses. */
final class Latencies {
    private static final Map<String, Double> PERCENTILES = new LinkedHashMap<>();

    static {
        PERCENTILES.put("latency_p50_ns", 50.0);
        PERCENTILES.put("latency_p90_ns", 90.0);
        PERCENTILES.put("latency_p99_ns", 99.0);
        PERCENTILES.put("latency_p99.9_ns", 99.9);
        PERCENTILES.put("latency_max_ns", 100.0);
    }

    private Latencies() {}

    static Map<String, Double> of(Histogram nanos) {
        Map<String, Double> values = new LinkedHashMap<>();
        PERCENTILES.forEach(
                (metric, percentile) -> values.put(metric, (double) nanos.getValueAtPercentile(percentile)));
        return values;
    }
}
