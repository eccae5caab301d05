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
package org.namedpipe.netty.microbench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.namedpipe.netty.microbench.results.Environment;
import org.namedpipe.netty.microbench.results.Results;
import org.namedpipe.netty.microbench.results.Row;

/** The page of what was measured: {@code README.md} and plots in a folder. */
public final class Report {
    private static final List<String> SUBJECTS = List.of("baseline", "pipe", "pipe-large", "file", "tcp");

    private final StringBuilder page = new StringBuilder();
    private final Measured measured;
    private final List<Path> environments;

    private Report(List<Path> files) {
        measured = new Measured(files.stream()
                .filter(file -> file.toString().endsWith(".csv"))
                .flatMap(file -> Results.read(file).stream())
                .toList());
        environments = files.stream()
                .filter(file -> file.toString().endsWith(".properties"))
                .toList();
    }

    /** Writes the page of all results of a folder to another. */
    public static void write(Path results, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(results)) {
            Report report = new Report(files.sorted().toList());
            report.write(new Plots(report.measured, folder).write());
            Files.writeString(folder.resolve("README.md"), report.page.toString());
        }
    }

    private void write(List<String> plots) throws IOException {
        line("# What was measured");
        line("");
        line("Made by `mvn -B -Pbench verify -pl microbench -am`; do not edit. [How it is measured](../README.md).");
        line("");
        environment();
        line("## Targets");
        line("");
        line("| what | wanted | measured | |");
        line("|---|---|---:|---|");
        for (Target target : Target.values()) {
            line(target.row(measured));
        }
        line("");
        if (!plots.isEmpty()) {
            line("## Plots");
            line("");
            plots.forEach(plot -> line("![" + plot.replace(".svg", "") + "](" + plot + ")"));
            line("");
        }
        echo();
        table(
                "Kernel calls per message, and per accepted client",
                "calls",
                row -> row.subject() + ", " + row.metric(),
                row -> "depth " + row.depth() + ", " + row.size() + " B");
        table("Bytes allocated per message", "allocation", row -> "depth " + row.depth() + ", " + row.size() + " B");
        table("On the free kernel, and calls through JNA", "jmh", Row::metric);
        table("Idle connections on real pipes", "idle", row -> row.connections() + " idle, " + row.metric());
        table("One idle connection on the free kernel, by class", "idle-free", Row::metric);
        table("One active connection among idle ones, ns", "active", row -> row.connections() + " idle");
        table("Connecting, greeting, closing", "accept", Row::metric);
    }

    private void environment() throws IOException {
        line("## Where");
        line("");
        for (Path file : environments) {
            Map<String, String> facts = Environment.read(file);
            String name = file.getFileName().toString().replace(".properties", "");
            line("- " + name + ": "
                    + facts.entrySet().stream()
                            .map(fact -> fact.getKey() + ' ' + fact.getValue())
                            .collect(Collectors.joining("; ")));
        }
        line("");
        line(
                "**Figures taken under Wine are not figures of Windows.** Each call is a message to another process there. The");
        line(
                "same is true of the baseline and of all others that were measured beside it, on the same CPU and in turn, so");
        line(
                "what is left are ratios. A round's ratio is that of two measurements in succession; the table has its median.");
        line("");
    }

    private void echo() {
        line("## Echo");
        line("");
        line(
                "Microseconds per message, the median of rounds; in brackets the multiple of the baseline. A message travels with");
        line("the 4 bytes of its length, also the baseline's.");
        line("");
        line("| connections | depth | bytes | " + String.join(" | ", SUBJECTS) + " |");
        line("|---:|---:|---:|" + "---:|".repeat(SUBJECTS.size()));
        List<Quantity> shapes = measured.rows("echo").stream()
                .map(row -> Quantity.echo("baseline", row.connections(), row.depth(), row.size()))
                .distinct()
                .toList();
        for (Quantity shape : shapes) {
            List<String> cells = new ArrayList<>();
            for (String subject : SUBJECTS) {
                cells.add(echoCell(shape.withSubject(subject), shape));
            }
            line(String.format(
                    "| %d | %d | %d | %s |",
                    shape.connections(), shape.depth(), shape.size(), String.join(" | ", cells)));
        }
        line("");
    }

    private String echoCell(Quantity key, Quantity baseline) {
        OptionalDouble nanos = measured.median(key);
        if (nanos.isEmpty()) {
            return "";
        }
        String micros = Target.number(nanos.getAsDouble() / 1e3);
        OptionalDouble ratio = measured.ratio(key, baseline);
        return key.equals(baseline) || ratio.isEmpty()
                ? micros
                : micros + String.format(Locale.ROOT, " (%.2f)", ratio.getAsDouble());
    }

    private interface Label {
        String of(Row row);
    }

    private void table(String title, String experiment, Label column) {
        table(title, experiment, Row::subject, column);
    }

    /** Medians of an experiment. */
    private void table(String title, String experiment, Label label, Label column) {
        List<Row> rows = measured.rows(experiment);
        if (rows.isEmpty()) {
            return;
        }
        List<String> columns = rows.stream().map(column::of).distinct().toList();
        line("## " + title);
        line("");
        line("| | " + String.join(" | ", columns) + " |");
        line("|---|" + "---:|".repeat(columns.size()));
        for (String subject : rows.stream().map(label::of).distinct().toList()) {
            List<String> cells = new ArrayList<>();
            for (String name : columns) {
                cells.add(rows.stream()
                        .filter(row ->
                                label.of(row).equals(subject) && column.of(row).equals(name))
                        .findFirst()
                        .map(row ->
                                Target.number(measured.median(Quantity.of(row)).orElse(Double.NaN)))
                        .orElse(""));
            }
            line("| `" + subject + "` | " + String.join(" | ", cells) + " |");
        }
        line("");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
