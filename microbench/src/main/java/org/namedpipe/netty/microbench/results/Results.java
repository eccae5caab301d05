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

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A list of rows. Each row is written to a file at once, so that the results of an aborted run are kept. */
public final class Results implements AutoCloseable {
    private final List<Row> rows = new ArrayList<>();
    private final @Nullable PrintStream file;

    /** Creates an empty list that is also written to {@code path}, if that is not null. */
    public Results(@Nullable Path path) throws IOException {
        if (path == null) {
            file = null;
            return;
        }
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        file = new PrintStream(Files.newOutputStream(path), true, "UTF-8");
        file.print(Row.HEADER + '\n');
    }

    /** Adds a row. */
    public void add(Row row) {
        rows.add(row);
        if (file != null) {
            file.print(row.toLine() + '\n');
        }
    }

    /** Returns all rows so far. */
    public List<Row> rows() {
        return List.copyOf(rows);
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }

    /** Reads the rows of a file that this class has written. */
    public static List<Row> read(Path path) {
        try (Stream<String> lines = Files.lines(path)) {
            return lines.skip(1).map(Row::ofLine).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
