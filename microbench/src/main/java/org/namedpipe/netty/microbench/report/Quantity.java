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

import org.namedpipe.netty.microbench.results.Row;

/** A measured quantity: the columns of a row without round and value. */
record Quantity(String experiment, String subject, int connections, int depth, int size, String metric) {
    static Quantity of(Row row) {
        return new Quantity(row.experiment(), row.subject(), row.connections(), row.depth(), row.size(), row.metric());
    }

    /** Returns the time per message of an echo. */
    static Quantity echo(String subject, int connections, int depth, int size) {
        return new Quantity("echo", subject, connections, depth, size, Measurements.TIME);
    }

    Quantity withSubject(String other) {
        return new Quantity(experiment, other, connections, depth, size, metric);
    }

    Quantity withConnections(int other) {
        return new Quantity(experiment, subject, other, depth, size, metric);
    }
}
