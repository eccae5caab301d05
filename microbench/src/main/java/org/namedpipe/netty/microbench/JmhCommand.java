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
package org.namedpipe.netty.microbench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.namedpipe.netty.microbench.harness.Effort;
import org.namedpipe.netty.microbench.jmh.IdleMemory;
import org.namedpipe.netty.microbench.jmh.JmhRun;
import org.namedpipe.netty.microbench.results.Environment;
import org.namedpipe.netty.microbench.results.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the JMH benchmarks. */
@Command(name = "jmh", description = "Runs the JMH benchmarks, on any system; those of JNA need Windows, or Wine.")
final class JmhCommand implements Callable<Integer> {
    @Option(
            names = "--benchmarks",
            defaultValue = "ChannelBenchmark|FramedBenchmark|LargeFrameBenchmark|LoopsBenchmark|WakeupBenchmark",
            description = "A regular expression of their names (default: ${DEFAULT-VALUE}).")
    private String benchmarks = "";

    @Option(
            names = "--effort",
            defaultValue = "FULL",
            description = "The extent of the measurement: ${COMPLETION-CANDIDATES}.")
    private Effort effort = Effort.FULL;

    @Option(names = "--idle", description = "Measures the memory of this number of idle connections. Default: 0.")
    private int idle;

    @Option(names = "--results", required = true, description = "The file for the results.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws Exception {
        try (Results results = new Results(file)) {
            JmhRun.run(benchmarks, effort, results);
            if (idle > 0) {
                IdleMemory.run(idle, results);
            }
        }
        Environment.write(Path.of(file.toString().replace(".csv", ".properties")));
        return 0;
    }
}
