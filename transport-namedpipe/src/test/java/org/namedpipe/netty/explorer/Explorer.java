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

import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Runs seeds, and shrinks the schedules of those that fail. Use it through {@link IsolatedLoader}, from one thread. */
public final class Explorer {
    static {
        TransportWarnings.install();
    }

    private PoisoningAllocator allocator = new PoisoningAllocator();

    private Explorer() {}

    /** Returns a function that runs a seed, and returns a report of its violation, or {@code null}. */
    public static LongFunction<@Nullable String> explorer() {
        return new Explorer()::explore;
    }

    /** Returns a function that runs a seed, and returns its trace. */
    public static LongFunction<String> tracer() {
        Explorer explorer = new Explorer();
        return seed ->
                explorer.run(new Run(seed, new Trace(true), explorer.allocator)).toString();
    }

    /** As {@link #tracer()}, but replays the schedule of the run. */
    public static LongFunction<String> replayer() {
        Explorer explorer = new Explorer();
        return seed -> {
            Run recorded = new Run(seed, new Trace(false), explorer.allocator);
            explorer.run(recorded);
            return explorer.replay(seed, recorded.schedule(), true).toString();
        };
    }

    private @Nullable String explore(long seed) {
        Run run = new Run(seed, new Trace(false), allocator);
        Trace trace = run(run);
        return trace.hasViolation() ? report(seed, run.schedule(), trace) : null;
    }

    private String report(long seed, Run.Schedule schedule, Trace trace) {
        String kind = trace.kindOfViolation();
        List<Long> shortest = Shrinker.shrink(
                schedule.actions(),
                actions -> replay(seed, schedule.withActions(actions), false)
                        .kindOfViolation()
                        .equals(kind));
        boolean shrunk = shortest.size() < schedule.actions().size();
        Trace shown = shrunk
                ? replay(seed, schedule.withActions(shortest), true)
                : run(new Run(seed, new Trace(true), allocator));
        if (!shown.hasViolation()) {
            // A defect that uses freed memory may not have the same effect again.
            shown.record(() -> "(this replay has not repeated the violation)");
        }
        return "seed " + seed + ": " + trace.violation() + "\n(-Dexplorer.seed=" + seed
                + " prints the complete trace)\nshrunk from "
                + schedule.actions().size() + " to " + shortest.size()
                + " actions:\n" + shown;
    }

    private Trace replay(long seed, Run.Schedule schedule, boolean recording) {
        return run(new Run(seed, new Trace(recording), allocator, schedule));
    }

    private Trace run(Run run) {
        Trace trace = run.run();
        if (trace.hasViolation()) {
            // A part of the failed run may still write to its memory.
            allocator = new PoisoningAllocator();
        }
        return trace;
    }
}
