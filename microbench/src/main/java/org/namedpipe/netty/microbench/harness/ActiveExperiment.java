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
 * One connection that talks while others, with reads under way at both ends, do not. Each round goes through all
 * numbers of idle connections, so that what changes over time changes all of them. The rows say how many were idle as
 * connections.
 */
final class ActiveExperiment {
    static final String NAME = "active";

    /** Each opens all the connections anew. */
    private static final int MAX_ROUNDS = 5;

    private static final Shape TALK = new Shape(1, 1, 64);

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
                Contender program = new BaselineContender(baseline, TALK, idle);
                add(idle, program.name(), round, program.round(messages));
            }
        }
    }

    /** Adds idle connections to those that are there, and measures after each. @return with how many messages */
    private int pipe(int round) throws Exception {
        try (NettyContender talker = new NettyContender(Wire.PIPE, TALK)) {
            Warmed warmed = Warmed.up(talker, TALK, effort);
            int there = 0;
            for (int idle : effort.idle) {
                for (; there < idle; there++) {
                    talker.endpoints().client(new Silent()).connect().sync();
                }
                talker.round(warmed.messages);
                add(idle, talker.name(), round, talker.round(warmed.messages));
            }
            return warmed.messages;
        }
    }

    private void add(int idle, String subject, int round, double nanos) {
        results.add(new Shape(idle, TALK.depth(), TALK.size()).row(NAME, subject, "ns_per_message", round, nanos));
        Progress.say("%s: one active among %d idle: %.1f us", subject, idle, nanos / 1e3);
    }

    @Sharable
    private static final class Silent extends ChannelInboundHandlerAdapter {}
}
