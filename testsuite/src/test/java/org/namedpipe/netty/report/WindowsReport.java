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
package org.namedpipe.netty.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the checks that need a Windows machine, and writes a report that can be attached to an issue. */
final class WindowsReport {
    /** The limits of all checks together. The build before them takes a minute or two. */
    static final Duration TOTAL = Duration.ofMinutes(13);

    private final Path file;
    private final Map<String, String> facts;
    private final List<Check> checks;
    private final Sanitizer sanitizer;
    private final List<Outcome> outcomes = new ArrayList<>();

    private WindowsReport(Path project) {
        file = project.resolve("target").resolve("windows-report.txt");
        facts = Machine.facts(project);
        checks = Checks.all();
        sanitizer = Sanitizer.ofThisProcess().folder(project.toString(), "<project>");
    }

    /** Runs all checks. The one argument is the folder of the project. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new WindowsReport(Path.of(arguments[0]).toAbsolutePath().normalize()).run();
    }

    private void run() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(file.resolveSibling("windows-report"));
        Budget budget = new Budget(new CheckProcesses(folder, CheckMain.class), System::nanoTime, TOTAL);
        System.out.printf("%d checks, at most %d minutes.%n", checks.size(), TOTAL.toMinutes());
        for (int i = 0; i < checks.size(); i++) {
            Outcome outcome = budget.run(i, checks.get(i));
            outcomes.add(outcome.cleanedBy(sanitizer));
            // Written after each check, so that an interrupted run leaves a report.
            Files.writeString(file, ReportText.of(facts, checks, outcomes));
            System.out.printf(
                    "%2d  %-9s  %s%n", i + 1, outcome.status(), checks.get(i).title());
        }
        System.out.println("The report is in " + file);
        System.out.println(
                "It contains no names and no paths. Please attach it to an issue (template: Windows report).");
    }
}
