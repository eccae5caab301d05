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

/** A contender that has reached its steady state, and knows how many messages take it as long as a round should. */
final class Warmed {
    /** In a row: what the compiler is busy with is counted when it is done, and on one CPU that can take a while. */
    private static final int STEADY_ROUNDS = 6;
    /** A round that takes this much of the best before it shows that there is more to come. */
    private static final double BETTER = 0.97;

    /** So that a round is not all beginning and end. */
    private static final int MIN_WINDOWS = 2;

    private static final int MAX_MESSAGES = 5_000_000;
    /** Compiling this little of the time does not show. */
    private static final double QUIET_SHARE = 0.02;

    final Contender contender;
    final int messages;

    private Warmed(Contender contender, int messages) {
        this.contender = contender;
        this.messages = messages;
    }

    /** Runs longer and longer rounds, and then rounds of full length until they get no faster. */
    static Warmed up(Contender contender, Shape shape, Effort effort) throws Exception {
        double wanted = effort.roundMillis * 1e6;
        int messages = 1;
        double took = contender.round(messages) * messages * shape.connections();
        while (took < wanted / 2 && messages < MAX_MESSAGES) {
            double factor = Math.max(1.5, Math.min(10, wanted / took));
            messages = (int) Math.min(MAX_MESSAGES, Math.ceil(messages * factor));
            took = contender.round(messages) * messages * shape.connections();
        }
        double best = Double.MAX_VALUE;
        int steady = 0;
        for (int i = 0; i < effort.warmUpRounds && steady < STEADY_ROUNDS; i++) {
            long compiled = compiledMillis();
            took = contender.round(messages) * messages * shape.connections();
            double share = (compiledMillis() - compiled) * 1e6 / took;
            steady = share < QUIET_SHARE && took > best * BETTER ? steady + 1 : 0;
            best = Math.min(best, took);
        }
        // Code has become faster meanwhile.
        int enough = (int) Math.min(MAX_MESSAGES, messages * wanted / took);
        return new Warmed(contender, Math.max(MIN_WINDOWS * shape.depth(), enough));
    }

    private static long compiledMillis() {
        @Nullable CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return compiler == null ? 0 : compiler.getTotalCompilationTime();
    }
}
