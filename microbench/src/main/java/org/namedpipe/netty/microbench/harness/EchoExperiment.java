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
 * The same echo by all contenders in turn, round by round, so that what happens on the machine meanwhile happens to
 * all. Latencies are taken in rounds of their own.
 */
final class EchoExperiment {
    /** As rows name this. */
    static final String NAME = "echo";

    private static final int LATENCY_ROUNDS = 3;
    /** Beyond this many bytes under way it is memory that is measured. */
    private static final long MAX_WINDOW = 8L << 20;

    private final Baseline baseline;
    private final Effort effort;
    private final Plan plan;
    private final Results results;

    /** An experiment that adds to {@code results}. */
    EchoExperiment(Baseline baseline, Plan plan, Results results) {
        this.baseline = baseline;
        effort = plan.effort();
        this.plan = plan;
        this.results = results;
    }

    /** Measures each shape. */
    void run() throws Exception {
        for (Shape shape : plan.conversations()) {
            if (shape.window() <= MAX_WINDOW) {
                run(shape);
            } else {
                Progress.say("%s: left out, too many bytes under way", shape);
            }
        }
    }

    private void run(Shape shape) throws Exception {
        List<Contender> contenders = new ArrayList<>();
        try {
            for (Wire wire : Wire.values()) {
                if (plan.includes(wire.text) && wire.suits(shape)) {
                    contenders.add(new NettyContender(wire, shape));
                }
            }
            if (plan.includes(FileContender.NAME) && FileContender.canDo(shape)) {
                contenders.add(new FileContender(shape));
            }
            if (plan.includes(BaselineContender.NAME)) {
                contenders.add(new BaselineContender(baseline, shape, 0));
            }
            measure(shape, contenders);
        } finally {
            for (Contender contender : contenders) {
                contender.close();
            }
        }
    }

    private void measure(Shape shape, List<Contender> contenders) throws Exception {
        List<Warmed> warmed = new ArrayList<>();
        for (Contender contender : contenders) {
            try {
                warmed.add(Warmed.up(contender, shape, effort));
            } catch (TimeoutException e) {
                Progress.say("%s: %s is left out, it came to a stop", shape, contender.name());
            }
        }
        for (int round = 0; round < effort.rounds; round++) {
            for (Warmed each : warmed) {
                add(shape, each, "ns_per_message", round, each.contender.round(each.messages));
            }
        }
        for (int round = 0; round < Math.min(effort.rounds, LATENCY_ROUNDS); round++) {
            for (Warmed each : warmed) {
                int number = round;
                each.contender
                        .latencies(each.messages)
                        .forEach((metric, value) -> add(shape, each, metric, number, value));
            }
        }
        report(shape, warmed);
    }

    private void add(Shape shape, Warmed warmed, String metric, int round, double value) {
        results.add(shape.row(NAME, warmed.contender.name(), metric, round, value));
    }

    private void report(Shape shape, List<Warmed> warmed) {
        StringBuilder line = new StringBuilder();
        double fastest = Double.MAX_VALUE;
        for (Warmed each : warmed) {
            fastest = Math.min(fastest, median(shape, each.contender.name()));
        }
        for (Warmed each : warmed) {
            double nanos = median(shape, each.contender.name());
            line.append(String.format("  %s %.2f us (%.2fx)", each.contender.name(), nanos / 1e3, nanos / fastest));
        }
        Progress.say("%s:%s", shape, line);
    }

    private double median(Shape shape, String subject) {
        return Median.of(results.rows().stream()
                .filter(row -> row.metric().equals("ns_per_message")
                        && row.subject().equals(subject)
                        && row.connections() == shape.connections()
                        && row.depth() == shape.depth()
                        && row.size() == shape.size())
                .map(Row::value)
                .toList());
    }
}
