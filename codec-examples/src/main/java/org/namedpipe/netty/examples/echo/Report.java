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
package org.namedpipe.netty.examples.echo;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What a client has measured. Confined to the event loop of its channel until the run has ended. */
final class Report {

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final double NANOS_PER_MICRO = TimeUnit.MICROSECONDS.toNanos(1);
    private static final double MIB = 1024 * 1024;

    private final Histogram latencies = new Histogram(3);
    private final long start = System.nanoTime();
    private long bytes;

    void verified(int size, long nanos) {
        bytes += size;
        latencies.recordValue(nanos);
    }

    void printProgress(PrintWriter err, int count) {
        err.printf(Locale.ROOT, "%,d of %,d frames%n", latencies.getTotalCount(), count);
    }

    void printSummary(PrintWriter out) {
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        long count = latencies.getTotalCount();
        out.printf(
                Locale.ROOT,
                "%,d frames, %,d bytes, every byte verified in %.1f s: %,.0f frames/s, %,.1f MiB/s each way%n",
                count,
                bytes,
                seconds,
                count / seconds,
                bytes / seconds / MIB);
        out.printf(
                Locale.ROOT,
                "latency in us: p50 %,.0f, p90 %,.0f, p99 %,.0f, p99.9 %,.0f, max %,.0f%n",
                micros(50),
                micros(90),
                micros(99),
                micros(99.9),
                micros(100));
    }

    private double micros(double percentile) {
        return latencies.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
    }
}
