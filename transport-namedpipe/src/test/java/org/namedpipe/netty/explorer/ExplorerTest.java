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
package org.namedpipe.netty.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs many seeds; {@code docs/explorer.md} lists the options. */
@ExtendWith(NettyLoggingOff.class)
@Timeout(value = 1, unit = TimeUnit.DAYS)
class ExplorerTest {
    private static final int DEFAULT_RUNS = 10_000;
    private static final int REPEATED_SEEDS = 20;

    private final IsolatedLoader loader = new IsolatedLoader();

    @Test
    void noScheduleViolatesAnInvariant() {
        Long seed = Long.getLong("explorer.seed");
        if (seed != null) {
            System.out.println(loader.tracer().apply(seed));
        }
        long first = seed == null ? Long.getLong("explorer.first", 1) : seed;
        long runs = seed == null ? Long.getLong("explorer.runs", DEFAULT_RUNS) : 1;
        LongFunction<@Nullable String> explorer = loader.explorer();
        long start = System.nanoTime();
        for (long i = first; i < first + runs; i++) {
            assertThat(explorer.apply(i)).isNull();
        }
        System.out.printf("%d runs in %.1f s%n", runs, (System.nanoTime() - start) / 1e9);
    }

    @Test
    void theSeedDeterminesTheTrace() {
        LongFunction<String> tracer = loader.tracer();
        LongFunction<String> another = new IsolatedLoader().tracer();
        for (long seed = 1; seed <= REPEATED_SEEDS; seed++) {
            assertThat(tracer.apply(seed)).isNotEmpty().isEqualTo(another.apply(seed));
        }
    }

    @Test
    void aReplayedScheduleHasTheSameTrace() {
        LongFunction<String> tracer = loader.tracer();
        LongFunction<String> replayer = loader.replayer();
        for (long seed = 1; seed <= REPEATED_SEEDS; seed++) {
            assertThat(replayer.apply(seed)).isEqualTo(tracer.apply(seed));
        }
    }
}
