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
import java.util.concurrent.TimeoutException;
import org.namedpipe.netty.microbench.results.Median;
import org.namedpipe.netty.microbench.results.Results;
import org.namedpipe.netty.microbench.results.Row;

/**
 * Measures the echo of all subjects. The rounds are interleaved, so that a disturbance of the machine affects all
 * subjects. Latencies are recorded in separate rounds.
 */
final class EchoExperiment {
    /** The name of the experiment in the results. */
    static final String NAME = "echo";

    private static final int LATENCY_ROUNDS = 3;
    /** The maximum of outstanding bytes; above it, the speed of memory dominates. */
    private static final long MAX_WINDOW = 8L << 20;

    private final Baseline baseline;
    private final Effort effort;
    private final Plan plan;
    private final Results results;

    /** Creates an experiment that adds its rows to {@code results}. */
    EchoExperiment(Baseline baseline, Plan plan, Results results) {
        this.baseline = baseline;
        effort = plan.effort();
        this.plan = plan;
        this.results = results;
    }

    /** Runs each workload. */
    void run() throws Exception {
        for (Workload workload : plan.echoWorkloads()) {
            if (workload.window() <= MAX_WINDOW) {
                run(workload);
            } else {
                Progress.print("%s: skipped, too many outstanding bytes", workload);
            }
        }
    }

    private void run(Workload workload) throws Exception {
        List<Subject> subjects = new ArrayList<>();
        try {
            for (Transport transport : Transport.values()) {
                if (plan.includes(transport.text) && transport.supports(workload)) {
                    subjects.add(new NettySubject(transport, workload));
                }
            }
            if (plan.includes(FileSubject.NAME) && FileSubject.supports(workload)) {
                subjects.add(new FileSubject(workload));
            }
            if (plan.includes(BaselineSubject.NAME)) {
                subjects.add(new BaselineSubject(baseline, workload, 0));
            }
            measure(workload, subjects);
        } finally {
            for (Subject subject : subjects) {
                subject.close();
            }
        }
    }

    private void measure(Workload workload, List<Subject> subjects) throws Exception {
        List<WarmUp> warmed = new ArrayList<>();
        for (Subject subject : subjects) {
            try {
                warmed.add(WarmUp.run(subject, workload, effort));
            } catch (TimeoutException e) {
                Progress.print("%s: %s is skipped because a round timed out", workload, subject.name());
            }
        }
        for (int round = 0; round < effort.rounds; round++) {
            for (WarmUp each : warmed) {
                add(workload, each, "ns_per_message", round, each.subject.round(each.messages));
            }
        }
        for (int round = 0; round < Math.min(effort.rounds, LATENCY_ROUNDS); round++) {
            for (WarmUp each : warmed) {
                int number = round;
                each.subject
                        .latencies(each.messages)
                        .forEach((metric, value) -> add(workload, each, metric, number, value));
            }
        }
        report(workload, warmed);
    }

    private void add(Workload workload, WarmUp warmed, String metric, int round, double value) {
        results.add(workload.row(NAME, warmed.subject.name(), metric, round, value));
    }

    private void report(Workload workload, List<WarmUp> warmed) {
        StringBuilder line = new StringBuilder();
        double fastest = Double.MAX_VALUE;
        for (WarmUp each : warmed) {
            fastest = Math.min(fastest, median(workload, each.subject.name()));
        }
        for (WarmUp each : warmed) {
            double nanos = median(workload, each.subject.name());
            line.append(String.format("  %s %.2f us (%.2fx)", each.subject.name(), nanos / 1e3, nanos / fastest));
        }
        Progress.print("%s:%s", workload, line);
    }

    private double median(Workload workload, String subject) {
        return Median.of(results.rows().stream()
                .filter(row -> row.metric().equals("ns_per_message")
                        && row.subject().equals(subject)
                        && row.connections() == workload.connections()
                        && row.depth() == workload.depth()
                        && row.size() == workload.size())
                .map(Row::value)
                .toList());
    }
}
