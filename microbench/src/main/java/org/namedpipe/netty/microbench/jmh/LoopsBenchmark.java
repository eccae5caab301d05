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
package org.namedpipe.netty.microbench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;

/**
 * The echo of {@link FramedBenchmark} on one event loop, and on two at once, each with a channel and a stub kernel of its own. The
 * time per message of one loop: two loops that share nothing, on two processors, need as much as one.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LoopsBenchmark {
    /** Measures one loop. */
    @Benchmark
    @Threads(1)
    public void one(FramedBenchmark.Echo echo) {
        echo.turn();
    }

    /** Measures two loops. */
    @Benchmark
    @Threads(2)
    public void two(FramedBenchmark.Echo echo) {
        echo.turn();
    }
}
