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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.microbench.results.Environment;
import org.namedpipe.netty.microbench.results.Results;
import org.namedpipe.netty.microbench.results.Row;

/** Tests the page that is written from results. */
class ReportTest {
    @TempDir
    private Path results = Path.of("");

    @TempDir
    private Path report = Path.of("");

    private String page() throws IOException {
        assertThat(Main.commandLine().execute("report", "--results", results.toString(), "--report", report.toString()))
                .isZero();
        return Files.readString(report.resolve("README.md"));
    }

    private void echo(Results rows, String subject, int size, double... nanos) {
        for (int round = 0; round < nanos.length; round++) {
            rows.add(new Row("echo", subject, 1, 1, size, "ns_per_message", round, nanos[round]));
        }
    }

    @Test
    void ratioIsTheMedianOfTheRatiosWithinRounds() throws IOException {
        try (Results rows = new Results(results.resolve("echo.csv"))) {
            echo(rows, "baseline", 64, 100_000, 200_000, 300_000);
            echo(rows, "pipe", 64, 104_000, 208_000, 600_000);
            echo(rows, "tcp", 64, 400_000, 416_000, 800_000);
            echo(rows, "baseline", 1 << 20, 500_000);
            echo(rows, "pipe", 1 << 20, 2_000_000);
            echo(rows, "pipe-large", 1 << 20, 1_000_000);
        }
        assertThat(page())
                .contains("| round trip, 64 B, 1 connection, depth 1 | at most 1.05 x the baseline | 1.04 | met |")
                .contains("| against NIO TCP, 64 B, depth 1 | at least 2.50 x faster | 2 | **not met** |")
                .contains("| 1 MiB frames, throughput | at least 0.90 x the baseline | 0.25 | **not met** |")
                .contains("| `pipe-large`: 1 MiB frames, throughput, options set by hand"
                        + " | at least 0.90 x the baseline | 0.50 | **not met** |")
                .contains("| 1 | 1 | 64 | 200 | 208 (1.04) |  |  | 416 (2.67) |")
                .contains("| 1 | 1 | 1048576 | 500 | 2000 (4.00) | 1000 (2.00) |  |  |")
                .contains("| round trip, 64 B, 8 connections | at most 1.05 x the baseline | not measured | |");
    }

    @Test
    void pingsBesideAStreamAreComparedWithPingsAlone() throws IOException {
        try (Results rows = new Results(results.resolve("mixed.csv"))) {
            for (int round = 0; round < 3; round++) {
                rows.add(new Row("mixed", "pipe", 0, 1, 1 << 20, "latency_p99_ns", round, 1000 * (round + 1)));
                rows.add(new Row("mixed", "pipe", 1, 1, 1 << 20, "latency_p99_ns", round, 2500 * (round + 1)));
                rows.add(new Row("mixed", "pipe", 1, 1, 1 << 20, "mib_per_s", round, 500));
            }
        }
        assertThat(page())
                .contains("against the same alone | at most 2 x | 2.50 | **not met** |")
                .contains("| | latency_p99_ns | mib_per_s |")
                .contains("| `pipe, 0 streams` | 2000 |  |")
                .contains("| `pipe, 1 streams` | 5000 | 500 |");
    }

    @Test
    void twoLoopsAreComparedWithOne() throws IOException {
        try (Results rows = new Results(results.resolve("jmh.csv"))) {
            rows.add(new Row("jmh", "LoopsBenchmark.one", 1, 1, 0, "ns_per_operation", 0, 100));
            rows.add(new Row("jmh", "LoopsBenchmark.two", 1, 1, 0, "ns_per_operation", 0, 104));
        }
        assertThat(page()).contains("stub kernel, throughput | at least 1.90 x one | 1.92 | met |");
    }

    @Test
    void whatIsSetUpByHandComesLast() throws IOException {
        String page = page();
        assertThat(page.lines().filter(line -> line.startsWith("| `pipe-large`")))
                .hasSize(1);
        assertThat(page.indexOf("| `pipe-large`")).isGreaterThan(page.indexOf("| one active connection"));
        assertThat(page).contains("All options have their defaults").contains("docs/benchmarks-windows.md");
    }

    @Test
    void plotsWithoutValuesAreOmitted() throws IOException {
        try (Results rows = new Results(results.resolve("echo.csv"))) {
            echo(rows, "baseline", 64, 100_000);
            echo(rows, "baseline", 1024, 110_000);
        }
        assertThat(page())
                .contains("![throughput-depth-1](throughput-depth-1.svg)")
                .doesNotContain("active.svg");
        assertThat(report.resolve("throughput-depth-1.svg")).content().contains("<svg");
    }

    @Test
    void reportContainsTheEnvironment() throws IOException {
        Environment.write(results.resolve("harness.properties"));
        assertThat(page()).contains("- harness: ").contains("Netty 4.2").contains("not figures of Windows");
    }
}
