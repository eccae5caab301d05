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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.microbench.results.Results;
import org.namedpipe.netty.microbench.results.Row;

/** Runs each experiment once, over real pipes and with the baseline program, and checks its rows. */
@EnabledIf(value = "hasBaseline", disabledReason = "skipped: the build has not found a C compiler for Windows")
class HarnessIT {
    private static final String BASELINE = System.getProperty("microbench.baseline", "");

    /** Returns true on CI too, where the build fails without a compiler, so that a wrong path fails the test. */
    static boolean hasBaseline() {
        return System.getenv("CI") != null || Files.exists(Path.of(BASELINE));
    }

    @TempDir
    private Path results = Path.of("");

    private List<Row> measure(String experiment, String... options) {
        String[] arguments = {
            "harness", experiment, "--effort", "SMOKE", "--baseline", BASELINE, "--results", results.toString()
        };
        assertThat(Main.commandLine().execute(concat(arguments, options))).isZero();
        assertThat(results.resolve("harness.properties")).isNotEmptyFile();
        List<Row> rows = Results.read(results.resolve(experiment + ".csv"));
        assertThat(rows).isNotEmpty().allMatch(row -> row.experiment().equals(experiment));
        return rows;
    }

    private static String[] concat(String[] first, String[] second) {
        String[] all = new String[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    @Test
    void echo() {
        List<Row> rows = measure("echo");
        assertThat(rows).allMatch(row -> row.value() > 0);
        for (int depth : new int[] {1, 4}) {
            List<String> subjects =
                    depth == 1 ? List.of("pipe", "tcp", "file", "baseline") : List.of("pipe", "tcp", "baseline");
            for (String subject : subjects) {
                assertThat(rows)
                        .filteredOn(row -> row.subject().equals(subject)
                                && row.depth() == depth
                                && row.connections() == 2
                                && row.size() == 64)
                        .extracting(Row::metric)
                        .as("%s at depth %d", subject, depth)
                        .containsExactlyInAnyOrder(
                                "ns_per_message",
                                "latency_p50_ns",
                                "latency_p90_ns",
                                "latency_p99_ns",
                                "latency_p99.9_ns",
                                "latency_max_ns");
            }
        }
        assertThat(rows)
                .filteredOn(row -> row.subject().equals("pipe-large"))
                .extracting(Row::size)
                .as("for large messages only")
                .containsOnly(64 * 1024);
    }

    @Test
    void echoOfOneWorkload() {
        assertThat(measure("echo", "--workload", "1,2,100")).allMatch(row -> row.depth() == 2 && row.size() == 100);
    }

    @Test
    void accept() {
        assertThat(measure("accept")).extracting(Row::subject).containsExactlyInAnyOrder("pipe", "baseline");
    }

    @Test
    void active() {
        assertThat(measure("active"))
                .allMatch(row -> row.value() > 0)
                .extracting(Row::subject, Row::connections)
                .map(Object::toString)
                .containsExactlyInAnyOrder(
                        "(\"pipe\", 1)", "(\"pipe\", 10)", "(\"baseline\", 1)", "(\"baseline\", 10)");
    }

    @Test
    void mixed() {
        List<Row> rows = measure("mixed");
        assertThat(rows).allMatch(row -> row.value() > 0);
        for (String subject : List.of("pipe", "tcp")) {
            assertThat(rows)
                    .filteredOn(
                            row -> row.subject().equals(subject) && row.metric().equals("latency_p99_ns"))
                    .extracting(Row::connections)
                    .containsExactly(0, 1, 10);
            assertThat(rows)
                    .filteredOn(
                            row -> row.subject().equals(subject) && row.metric().equals("mib_per_s"))
                    .extracting(Row::connections)
                    .containsExactly(1, 10);
        }
    }

    @Test
    void loops() {
        assertThat(measure("loops"))
                .allMatch(row -> row.value() > 0)
                .extracting(Row::subject)
                .contains("pipe 1 loop", "pipe 2 loops", "tcp 1 loop", "tcp 2 loops");
    }

    @Test
    void idle() {
        assertThat(measure("idle"))
                .filteredOn(row -> row.connections() == 10)
                .extracting(Row::metric)
                .containsExactlyInAnyOrder("heap_bytes_per_connection", "direct_bytes_per_connection");
    }

    @Test
    void calls() {
        List<Row> rows = measure("calls");
        assertThat(rows)
                .filteredOn(row -> row.metric().equals("readFile") && row.depth() == 1 && row.size() == 64)
                .extracting(Row::subject)
                .containsExactlyInAnyOrder("server", "client");
        assertThat(rows)
                .filteredOn(row -> row.metric().equals("calls_per_message"))
                .hasSize(2 * 6);
    }

    @Test
    void allocation() {
        assertThat(measure("allocation"))
                .extracting(Row::subject)
                .contains("pipe-server", "pipe-client", "tcp-server", "tcp-client");
    }

    @Test
    void callsThroughJna() {
        Path file = results.resolve("jna.csv");
        assertThat(Main.commandLine()
                        .execute(
                                "jmh",
                                "--benchmarks",
                                "JnaBenchmark",
                                "--effort",
                                "SMOKE",
                                "--results",
                                file.toString()))
                .isZero();
        assertThat(Results.read(file))
                .filteredOn(row -> row.metric().equals("ns_per_operation"))
                .extracting(Row::subject)
                .containsExactlyInAnyOrder(
                        "JnaBenchmark.trivialCall", "JnaBenchmark.emptyPoll", "JnaBenchmark.postAndPoll");
    }
}
