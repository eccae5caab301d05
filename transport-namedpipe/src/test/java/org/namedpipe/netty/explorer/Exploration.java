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

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Plays the scenario of a seed and says what is wrong with it, or {@code null}. To be used through
 * {@link IsolatedLoader}, from one thread.
 */
public final class Exploration implements LongFunction<@Nullable String> {
    static {
        TransportLogs.install();
    }

    private Arena arena = new Arena();

    @Override
    public @Nullable String apply(long seed) {
        Journal journal = play(seed, false);
        if (!journal.hasViolation()) {
            return null;
        }
        // The same once more, with a record of all that happens.
        Journal traced = play(seed, true);
        return "seed " + seed + ": " + journal.violation() + "\n(reproduce with -Dexplorer.seed=" + seed + ")\n"
                + String.join("\n", traced.lines());
    }

    Journal play(long seed, boolean tracing) {
        Journal journal = new Journal(tracing);
        Scenario.play(seed, journal, arena);
        if (journal.hasViolation()) {
            // Somebody may still write to it.
            arena = new Arena();
        }
        return journal;
    }
}
