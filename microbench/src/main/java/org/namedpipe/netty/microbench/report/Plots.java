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

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;

/** Draws plots as SVG. A plot without values is omitted. */
final class Plots {
    private static final List<String> SUBJECTS = List.of("baseline", "pipe", "pipe-large", "file", "tcp");
    private static final List<String> PERCENTILES =
            List.of("latency_p50_ns", "latency_p90_ns", "latency_p99_ns", "latency_p99.9_ns", "latency_max_ns");
    private static final int WIDTH = 760;
    private static final int HEIGHT = 440;
    private static final int SIZE = 64;
    private static final float HAIR = 0.5f;
    private static final float THICK = 2;
    private static final double MEBI = 1024 * 1024;

    private final Measurements measured;
    private final Path folder;
    private final List<String> written = new ArrayList<>();

    Plots(Measurements measured, Path folder) {
        this.measured = measured;
        this.folder = folder;
    }

    /** Writes all plots. @return the names of the files */
    List<String> write() throws IOException {
        for (int depth : measured.column("echo", row -> row.depth())) {
            latencies(depth);
            throughput(depth);
            connections(depth);
        }
        active();
        return written;
    }

    private void latencies(int depth) throws IOException {
        // Percentiles are equidistant on the axis: 50 %, 90 %, 99 %, 99.9 %, and the maximum.
        XYChart chart = chart("Latency of 64 B, 1 connection, depth " + depth, "percentile", "microseconds", false);
        chart.setCustomXAxisTickLabelsFormatter(Plots::percentile);
        for (String subject : SUBJECTS) {
            Line line = new Line();
            for (int i = 0; i < PERCENTILES.size(); i++) {
                line.add(
                        i,
                        median(new Quantity("echo", subject, 1, depth, SIZE, PERCENTILES.get(i))),
                        nanos -> nanos / 1e3);
            }
            line.addTo(chart, subject);
        }
        save(chart, "latency-depth-" + depth);
    }

    private static String percentile(double position) {
        List<String> labels = List.of("50 %", "90 %", "99 %", "99.9 %", "max");
        int index = (int) Math.rint(position);
        return Math.abs(position - index) < 0.01 && index >= 0 && index < labels.size() ? labels.get(index) : "";
    }

    private void throughput(int depth) throws IOException {
        XYChart chart =
                chart("Throughput, 1 connection, depth " + depth, "bytes per message", "MiB/s, both ways", true);
        for (String subject : SUBJECTS) {
            Line line = new Line();
            for (int size : measured.column("echo", row -> row.size())) {
                line.add(size, median(Quantity.echo(subject, 1, depth, size)), nanos -> 2 * size / MEBI / nanos * 1e9);
            }
            line.addTo(chart, subject);
        }
        save(chart, "throughput-depth-" + depth);
    }

    private void connections(int depth) throws IOException {
        XYChart chart = chart("Time per message of 64 B, depth " + depth, "connections", "microseconds", true);
        for (String subject : SUBJECTS) {
            Line line = new Line();
            for (int count : measured.column("echo", row -> row.connections())) {
                line.add(count, median(Quantity.echo(subject, count, depth, SIZE)), nanos -> nanos / 1e3);
            }
            line.addTo(chart, subject);
        }
        save(chart, "connections-depth-" + depth);
    }

    private void active() throws IOException {
        XYChart chart = chart("One active connection among idle ones", "idle connections", "microseconds", true);
        for (String subject : SUBJECTS) {
            Line line = new Line();
            for (int count : measured.column("active", row -> row.connections())) {
                line.add(
                        count,
                        median(new Quantity("active", subject, count, 1, SIZE, Measurements.TIME)),
                        nanos -> nanos / 1e3);
            }
            line.addTo(chart, subject);
        }
        save(chart, "active");
    }

    private OptionalDouble median(Quantity key) {
        return measured.median(key);
    }

    private static XYChart chart(String title, String x, String y, boolean logarithmicX) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        XYStyler styler = chart.getStyler();
        styler.setXAxisLogarithmic(logarithmicX);
        styler.setYAxisLogarithmic(true);
        styler.setLegendPosition(Styler.LegendPosition.OutsideE);
        styler.setChartBackgroundColor(Color.WHITE);
        // A dashed line becomes thousands of SVG elements.
        styler.setPlotGridLinesStroke(new BasicStroke(HAIR));
        styler.setSeriesLines(new BasicStroke[] {new BasicStroke(THICK)});
        return chart;
    }

    private void save(XYChart chart, String name) throws IOException {
        // A single point is not visible as a line.
        if (chart.getSeriesMap().values().stream().noneMatch(series -> series.getXData().length > 1)) {
            return;
        }
        VectorGraphicsEncoder.saveVectorGraphic(chart, folder.resolve(name).toString(), VectorGraphicsFormat.SVG);
        written.add(name + ".svg");
    }

    /** The points of one subject. */
    private static final class Line {
        private final List<Double> xs = new ArrayList<>();
        private final List<Double> ys = new ArrayList<>();

        void add(double x, OptionalDouble nanos, ToDoubleFunction<Double> toY) {
            if (nanos.isPresent()) {
                xs.add(x);
                ys.add(toY.applyAsDouble(nanos.getAsDouble()));
            }
        }

        void addTo(XYChart chart, String subject) {
            if (!xs.isEmpty()) {
                chart.addSeries(subject, xs, ys);
            }
        }
    }
}
