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
import java.util.Objects;

/** The echo of the baseline program. Each round is a separate process with a warm-up; connecting is not measured. */
final class BaselineSubject implements Subject {
    static final String NAME = "baseline";

    private final Baseline baseline;
    private final Workload workload;
    private final int idle;

    BaselineSubject(Baseline baseline, Workload workload, int idle) {
        this.baseline = baseline;
        this.workload = workload;
        this.idle = idle;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double round(int messages) throws IOException, InterruptedException {
        return Objects.requireNonNull(run(messages, 0).get("ns_per_message"));
    }

    @Override
    public Map<String, Double> latencies(int messages) throws IOException, InterruptedException {
        Map<String, Double> values = run(messages, 1);
        values.remove("ns_per_message");
        return values;
    }

    private Map<String, Double> run(int messages, int latency) throws IOException, InterruptedException {
        return baseline.run(
                "echo",
                "connections=" + workload.connections(),
                "idle=" + idle,
                "messages=" + messages,
                "size=" + workload.frame(),
                "depth=" + workload.depth(),
                "latency=" + latency);
    }

    @Override
    public void close() {}
}
