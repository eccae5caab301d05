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

/** Plays many scenarios; see the package for how to play more, or one again. */
@ExtendWith(QuietNetty.class)
@Timeout(value = 1, unit = TimeUnit.DAYS)
class ExplorerTest {
    private static final int DEFAULT_RUNS = 10_000;

    private final LongFunction<@Nullable String> exploration = new IsolatedLoader().newExploration();

    @Test
    void noOrderOfEventsBreaksAnInvariant() {
        Long seed = Long.getLong("explorer.seed");
        long first = seed == null ? Long.getLong("explorer.first", 1) : seed;
        long runs = seed == null ? Long.getLong("explorer.runs", DEFAULT_RUNS) : 1;
        long start = System.nanoTime();
        for (long i = first; i < first + runs; i++) {
            assertThat(exploration.apply(i)).isNull();
        }
        if (seed != null) {
            System.out.println(new IsolatedLoader().newNarration().apply(seed));
        }
        System.out.printf("%d scenarios in %.1f s%n", runs, (System.nanoTime() - start) / 1e9);
    }

    @Test
    void aSeedIsAllThereIsToKnow() {
        LongFunction<String> narration = new IsolatedLoader().newNarration();
        LongFunction<String> another = new IsolatedLoader().newNarration();
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(narration.apply(seed)).isNotEmpty().isEqualTo(another.apply(seed));
        }
    }
}
