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

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.namedpipe.netty.microbench.results.Results;

/**
 * Measures round trips on one connection beside idle ones, which have an outstanding read at both ends. Each round goes
 * through all numbers of idle connections, so that a drift of the machine affects all of them. The column {@code
 * connections} contains the number of idle connections.
 */
final class ActiveExperiment {
    static final String NAME = "active";

    /** Limits the rounds, because each opens all connections again. */
    private static final int MAX_ROUNDS = 5;

    private static final Workload WORKLOAD = new Workload(1, 1, 64);

    private final Baseline baseline;
    private final Effort effort;
    private final Results results;

    ActiveExperiment(Baseline baseline, Effort effort, Results results) {
        this.baseline = baseline;
        this.effort = effort;
        this.results = results;
    }

    void run() throws Exception {
        for (int round = 0; round < Math.min(effort.rounds, MAX_ROUNDS); round++) {
            int messages = pipe(round);
            for (int idle : effort.idle) {
                Subject program = new BaselineSubject(baseline, WORKLOAD, idle);
                add(idle, program.name(), round, program.round(messages));
            }
        }
    }

    /** Opens more and more idle connections, and measures at each number. @return the number of messages per round */
    private int pipe(int round) throws Exception {
        try (NettySubject subject = new NettySubject(Transport.PIPE, WORKLOAD)) {
            WarmUp warmed = WarmUp.run(subject, WORKLOAD, effort);
            int open = 0;
            for (int idle : effort.idle) {
                for (; open < idle; open++) {
                    subject.endpoints().client(new NoOpHandler()).connect().sync();
                }
                subject.round(warmed.messages);
                add(idle, subject.name(), round, subject.round(warmed.messages));
            }
            return warmed.messages;
        }
    }

    private void add(int idle, String subject, int round, double nanos) {
        results.add(new Workload(idle, WORKLOAD.depth(), WORKLOAD.size())
                .row(NAME, subject, "ns_per_message", round, nanos));
        Progress.print("%s: one active among %d idle: %.1f us", subject, idle, nanos / 1e3);
    }

    @Sharable
    private static final class NoOpHandler extends ChannelInboundHandlerAdapter {}
}
