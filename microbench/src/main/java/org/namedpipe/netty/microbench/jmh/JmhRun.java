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

import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.namedpipe.netty.microbench.harness.Effort;
import org.namedpipe.netty.microbench.results.Results;
import org.namedpipe.netty.microbench.results.Row;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs JMH benchmarks with the GC profiler, and converts their results. */
public final class JmhRun {
    /** The name of the experiment in the results. The subject of a row is the benchmark. */
    public static final String NAME = "jmh";

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private JmhRun() {}

    /**
     * Runs the benchmarks, and adds their rows to {@code results}.
     *
     * @param benchmarks a regular expression that matches their names
     */
    public static void run(String benchmarks, Effort effort, Results results) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmarks)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                // The JVM of a test run has leak detection on.
                .jvmArgsAppend(
                        "-Dio.netty.leakDetection.level=disabled",
                        "-Djmh.executor=CUSTOM",
                        "-Djmh.executor.class=" + FastThreadLocalExecutor.class.getName());
        // Without a fork, the benchmarks run in this JVM.
        System.setProperty("jmh.executor", "CUSTOM");
        System.setProperty("jmh.executor.class", FastThreadLocalExecutor.class.getName());
        for (RunResult run : new Runner(configured(options, effort).build()).run()) {
            add(run, results);
        }
    }

    private static ChainedOptionsBuilder configured(ChainedOptionsBuilder options, Effort effort) {
        return switch (effort) {
            case FULL, SLICES, TARGETS ->
                options.forks(2)
                        .warmupIterations(5)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1));
            case QUICK ->
                options.forks(1)
                        .warmupIterations(5)
                        .warmupTime(TimeValue.milliseconds(300))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.milliseconds(200));
            case SMOKE ->
                options.forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(1));
        };
    }

    private static void add(RunResult run, Results results) {
        String benchmark = run.getParams().getBenchmark();
        String subject = benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
        for (String key : run.getParams().getParamsKeys()) {
            subject += " " + key + " " + run.getParams().getParam(key);
        }
        addAll(results, subject, "ns_per_operation", run.getPrimaryResult());
        addAll(
                results,
                subject,
                "bytes_per_operation",
                Objects.requireNonNull(run.getSecondaryResults().get(ALLOCATED)));
    }

    private static void addAll(Results results, String subject, String metric, Result<?> result) {
        Iterator<Map.Entry<Double, Long>> values = result.getStatistics().getRawData();
        for (int round = 0; values.hasNext(); round++) {
            results.add(
                    new Row(NAME, subject, 1, 1, 0, metric, round, values.next().getKey()));
        }
    }
}
