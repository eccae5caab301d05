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
import org.namedpipe.netty.microbench.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the report. */
@Command(name = "report", description = "Writes a page with tables and plots of the results.")
final class ReportCommand implements Callable<Integer> {
    @Option(names = "--results", required = true, description = "The folder of the results.")
    private Path results = Path.of("");

    @Option(names = "--report", required = true, description = "The folder to write to.")
    private Path report = Path.of("");

    @Override
    public Integer call() throws Exception {
        System.setProperty("java.awt.headless", "true");
        Report.write(results, report);
        return 0;
    }
}
