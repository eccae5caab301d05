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

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.namedpipe.netty.microbench.results.Median;
import org.namedpipe.netty.microbench.results.Row;

/** All measured values, grouped by quantity. */
final class Measurements {
    static final String TIME = "ns_per_message";

    private final List<Row> rows;
    private final Map<Quantity, TreeMap<Integer, Double>> values;

    Measurements(List<Row> rows) {
        this.rows = rows;
        values = rows.stream()
                .collect(Collectors.groupingBy(
                        Quantity::of,
                        Collectors.toMap(Row::round, Row::value, (first, second) -> second, TreeMap::new)));
    }

    OptionalDouble median(Quantity key) {
        TreeMap<Integer, Double> found = values.get(key);
        return found == null ? OptionalDouble.empty() : OptionalDouble.of(Median.of(found.values()));
    }

    /** Returns the median of the ratios within each round. */
    OptionalDouble ratio(Quantity dividend, Quantity divisor) {
        Map<Integer, Double> above = values.getOrDefault(dividend, new TreeMap<>());
        Map<Integer, Double> below = values.getOrDefault(divisor, new TreeMap<>());
        Collection<Double> ratios = above.entrySet().stream()
                .filter(entry -> below.containsKey(entry.getKey()))
                .map(entry -> entry.getValue() / below.getOrDefault(entry.getKey(), Double.NaN))
                .toList();
        return ratios.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Median.of(ratios));
    }

    List<Row> rows(String experiment) {
        return rows.stream().filter(row -> row.experiment().equals(experiment)).toList();
    }

    /** Returns the distinct values of a column of an experiment, sorted. */
    <T extends Comparable<T>> List<T> column(String experiment, Function<Row, T> column) {
        return rows(experiment).stream().map(column).distinct().sorted().toList();
    }
}
