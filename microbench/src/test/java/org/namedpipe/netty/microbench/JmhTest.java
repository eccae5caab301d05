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

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.microbench.results.Results;
import org.namedpipe.netty.microbench.results.Row;

/** Runs each benchmark on the stub kernel once. */
class JmhTest {
    @Test
    void everyBenchmarkRuns(@TempDir Path folder) {
        Path file = folder.resolve("jmh.csv");
        assertThat(Main.commandLine()
                        .execute("jmh", "--effort", "SMOKE", "--idle", "100", "--results", file.toString()))
                .isZero();
        List<Row> rows = Results.read(file);
        assertThat(rows)
                .filteredOn(row -> row.metric().equals("ns_per_operation"))
                .extracting(Row::subject)
                .containsExactlyInAnyOrder(
                        "ChannelBenchmark.cycle",
                        "ChannelBenchmark.emptyTurn",
                        "ChannelBenchmark.flushToSubmit",
                        "ChannelBenchmark.packetToRead",
                        "ChannelBenchmark.timer",
                        "FramedBenchmark.hundred",
                        "FramedBenchmark.one",
                        "LargeFrameBenchmark.echo largestRead 65536 size 65536",
                        "LargeFrameBenchmark.echo largestRead 65536 size 1048576",
                        "LargeFrameBenchmark.echo largestRead 2097152 size 65536",
                        "LargeFrameBenchmark.echo largestRead 2097152 size 1048576",
                        "LoopsBenchmark.one",
                        "LoopsBenchmark.two",
                        "WakeupBenchmark.wakeup");
        assertThat(rows)
                .filteredOn(row -> row.metric().equals("bytes_per_operation"))
                .hasSize(14);
        assertThat(rows)
                .filteredOn(row -> row.experiment().equals("idle-stub"))
                .extracting(Row::subject)
                .contains("heap", "direct", "org.namedpipe.netty.NamedPipeChannel");
    }
}
