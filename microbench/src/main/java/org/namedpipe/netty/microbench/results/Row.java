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
package org.namedpipe.netty.microbench.results;

import java.util.List;
import java.util.Locale;

/**
 * One measured value.
 *
 * @param experiment the experiment, such as {@code echo}
 * @param subject the implementation under test, such as {@code pipe} or {@code baseline}
 * @param connections the number of connections
 * @param depth the number of outstanding messages on each connection
 * @param size the bytes of a message, without its length field
 * @param metric the metric with its unit, such as {@code ns_per_message}
 * @param round the number of the round, from 0
 * @param value the value
 */
public record Row(
        String experiment,
        String subject,
        int connections,
        int depth,
        int size,
        String metric,
        int round,
        double value) {
    static final String HEADER = "experiment,subject,connections,depth,size,metric,round,value";

    String toLine() {
        return String.format(
                Locale.ROOT,
                "%s,%s,%d,%d,%d,%s,%d,%.3f",
                experiment,
                subject,
                connections,
                depth,
                size,
                metric,
                round,
                value);
    }

    static Row ofLine(String line) {
        List<String> fields = List.of(line.split(",", -1));
        return new Row(
                fields.get(0),
                fields.get(1),
                Integer.parseInt(fields.get(2)),
                Integer.parseInt(fields.get(3)),
                Integer.parseInt(fields.get(4)),
                fields.get(5),
                Integer.parseInt(fields.get(6)),
                Double.parseDouble(fields.get(7)));
    }
}
