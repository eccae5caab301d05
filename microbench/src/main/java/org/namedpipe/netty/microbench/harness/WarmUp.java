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

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** A subject in its steady state, with the number of messages that fill one round. */
final class WarmUp {
    /**
     * Consecutive rounds without improvement. The JVM counts compilation time when a compilation ends, which can take
     * several rounds on one CPU.
     */
    private static final int STEADY_ROUNDS = 6;
    /** The warm-up continues while a round takes less than this share of the best time before it. */
    private static final double BETTER = 0.97;

    /** The minimum length of a round, in windows of messages; in a shorter one the start and the end dominate. */
    private static final int MIN_WINDOWS = 2;

    private static final int MAX_MESSAGES = 5_000_000;
    /** The share of compilation time below which a round counts as steady. */
    private static final double QUIET_SHARE = 0.02;

    final Subject subject;
    final int messages;

    private WarmUp(Subject subject, int messages) {
        this.subject = subject;
        this.messages = messages;
    }

    /** Runs rounds of increasing length, and then rounds of full length until they get no faster. */
    static WarmUp run(Subject subject, Workload workload, Effort effort) throws Exception {
        double wanted = effort.roundMillis * 1e6;
        int messages = 1;
        double took = subject.round(messages) * messages * workload.connections();
        while (took < wanted / 2 && messages < MAX_MESSAGES) {
            double factor = Math.max(1.5, Math.min(10, wanted / took));
            messages = (int) Math.min(MAX_MESSAGES, Math.ceil(messages * factor));
            took = subject.round(messages) * messages * workload.connections();
        }
        double best = Double.MAX_VALUE;
        int steady = 0;
        for (int i = 0; i < effort.warmUpRounds && steady < STEADY_ROUNDS; i++) {
            long compiled = compiledMillis();
            took = subject.round(messages) * messages * workload.connections();
            double share = (compiledMillis() - compiled) * 1e6 / took;
            steady = share < QUIET_SHARE && took > best * BETTER ? steady + 1 : 0;
            best = Math.min(best, took);
        }
        // The code has become faster since the number of messages was determined.
        int enough = (int) Math.min(MAX_MESSAGES, messages * wanted / took);
        return new WarmUp(subject, Math.max(MIN_WINDOWS * workload.depth(), enough));
    }

    private static long compiledMillis() {
        @Nullable CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return compiler == null ? 0 : compiler.getTotalCompilationTime();
    }
}
