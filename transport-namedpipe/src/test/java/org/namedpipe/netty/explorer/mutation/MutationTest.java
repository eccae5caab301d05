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

import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.namedpipe.netty.explorer.QuietNetty;

@ExtendWith(QuietNetty.class)
class MutationTest {
    private static final int MAX_SEEDS = 50_000;
    private static final int CONTROL_SEEDS = 500;

    @ParameterizedTest
    @EnumSource
    void isFound(Mutant mutant) {
        MutantLoader loader = new MutantLoader(mutant.edits());
        LongFunction<@Nullable String> exploration = loader.newExploration();
        String found = "";
        for (int seed = 1; seed <= MAX_SEEDS && found.isEmpty(); seed++) {
            found = Objects.requireNonNullElse(exploration.apply(seed), "");
        }
        assertThat(loader.made()).as("edits that were made").containsAll(mutant.edits());
        assertThat(found).as("what is found in %d scenarios", MAX_SEEDS).isNotEmpty();
        System.out.printf("%s: %s%n", mutant, found.lines().findFirst().orElseThrow());
    }

    @Test
    void nothingIsFoundWithoutMutant() {
        LongFunction<@Nullable String> exploration = new MutantLoader(List.of()).newExploration();
        for (int seed = 1; seed <= CONTROL_SEEDS; seed++) {
            assertThat(exploration.apply(seed)).isNull();
        }
    }
}
