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
package org.namedpipe.netty.explorer.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.namedpipe.netty.explorer.NettyLoggingOff;

/** The explorer must find each planted defect, and shrink the schedule that shows it. */
@ExtendWith(NettyLoggingOff.class)
class MutationTest {
    private static final int MAX_SEEDS = 50_000;
    private static final int CONTROL_SEEDS = 500;
    /** Their effect depends on the reuse of freed memory, which differs between JVMs, so a replay may miss it. */
    private static final Set<Mutant> FREE_MEMORY =
            EnumSet.of(Mutant.READ_BUFFER_FREED_ON_CANCEL, Mutant.WRITE_BUFFER_FREED_ON_CANCEL);

    private static final Pattern SHRUNK = Pattern.compile("shrunk from ([0-9]+) to ([0-9]+) actions");

    @ParameterizedTest
    @EnumSource
    void theExplorerFindsTheMutant(Mutant mutant) {
        MutantLoader loader = new MutantLoader(mutant.edits());
        LongFunction<@Nullable String> explorer = loader.explorer();
        String found = "";
        for (int seed = 1; seed <= MAX_SEEDS && found.isEmpty(); seed++) {
            found = Objects.requireNonNullElse(explorer.apply(seed), "");
        }
        assertThat(loader.applied()).as("applied edits").containsAll(mutant.edits());
        assertThat(found).as("violation in %d runs", MAX_SEEDS).isNotEmpty();
        Matcher shrunk = SHRUNK.matcher(found);
        assertThat(shrunk.find()).isTrue();
        System.out.printf("%s: %s (%s)%n", mutant, found.lines().findFirst().orElseThrow(), shrunk.group());
        int kept = Integer.parseInt(shrunk.group(2));
        assertThat(FREE_MEMORY.contains(mutant) ? kept : 2 * kept)
                .as("actions after shrinking, twice if replays are exact")
                .isLessThanOrEqualTo(Integer.parseInt(shrunk.group(1)));
    }

    @Test
    void noViolationIsFoundWithoutMutant() {
        LongFunction<@Nullable String> explorer = new MutantLoader(List.of()).explorer();
        for (int seed = 1; seed <= CONTROL_SEEDS; seed++) {
            assertThat(explorer.apply(seed)).isNull();
        }
    }
}
