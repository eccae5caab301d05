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
import java.util.List;
import java.util.concurrent.Callable;
import org.namedpipe.netty.microbench.harness.Effort;
import org.namedpipe.netty.microbench.harness.Experiment;
import org.namedpipe.netty.microbench.harness.Plan;
import org.namedpipe.netty.microbench.results.Environment;
import org.namedpipe.netty.microbench.results.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures over real pipes. */
@Command(name = "harness", description = "Measures over real pipes; needs Windows, or Wine.")
final class HarnessCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", description = "The experiments to run: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Experiment> experiments = List.of();

    @Option(
            names = "--effort",
            defaultValue = "FULL",
            description = "The extent of the measurement: ${COMPLETION-CANDIDATES}.")
    private Effort effort = Effort.FULL;

    @Option(
            names = "--workload",
            paramLabel = "CONNECTIONS,DEPTH,SIZE",
            description = "A workload of the echo, instead of those of the effort. May be repeated.")
    private List<String> workloads = List.of();

    @Option(
            names = "--only",
            description =
                    "A subject of the echo: pipe, pipe-large, tcp, file, baseline. May be repeated. Default: all.")
    private List<String> only = List.of();

    @Option(names = "--baseline", required = true, description = "The baseline program.")
    private Path baseline = Path.of("");

    @Option(names = "--results", required = true, description = "The folder for the results, one file per experiment.")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws Exception {
        Plan plan = new Plan(baseline, effort, workloads, only);
        for (Experiment experiment : experiments.isEmpty() ? List.of(Experiment.values()) : experiments) {
            try (Results results = new Results(folder.resolve(experiment.fileName()))) {
                experiment.run(plan, results);
            }
        }
        Environment.write(folder.resolve("harness.properties"));
        return 0;
    }
}
