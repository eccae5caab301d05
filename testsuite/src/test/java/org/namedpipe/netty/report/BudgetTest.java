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
package org.namedpipe.netty.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final Check CHECK = Check.of("Check", 60);

    private long now = Long.MAX_VALUE - 5;
    private final List<Duration> limits = new ArrayList<>();

    /** Uses up the limit of the check. */
    private Outcome hang(int index, Duration limit) {
        limits.add(limit);
        now += limit.toNanos();
        return Outcome.killed(limit, List.of());
    }

    @Test
    void checksAfterAHangingOneRunUntilTheTimeIsOver() throws InterruptedException {
        Budget budget = new Budget(this::hang, () -> now, Duration.ofSeconds(150));
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            outcomes.add(budget.run(i, CHECK));
        }

        assertThat(outcomes)
                .map(Outcome::status)
                .containsExactly(Status.TIMED_OUT, Status.TIMED_OUT, Status.TIMED_OUT, Status.SKIPPED);
        assertThat(limits).containsExactly(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(30));
        assertThat(outcomes.get(3).note()).contains("the time of the report").contains("is over");
    }

    @Test
    void processThatCannotStartIsReportedAsCrashed() throws InterruptedException {
        CheckRunner broken = (index, limit) -> {
            throw new IOException("no such program");
        };

        Outcome outcome = new Budget(broken, () -> now, Duration.ofMinutes(1)).run(0, CHECK);

        assertThat(outcome.status()).isEqualTo(Status.CRASHED);
        assertThat(outcome.note()).contains("no such program");
    }
}
