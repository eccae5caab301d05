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
package org.namedpipe.netty.testsuite.foreign;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The peers that {@code tools/foreign-peers} has prepared. */
enum ForeignPeer {
    /** Compiled from {@code src/test/c}. */
    C,
    /** Runs the scripts of {@code src/test/node}. */
    NODE,
    /** The package {@code vscode-jsonrpc} for {@link #NODE}. */
    JSONRPC,
    /** The programs of MariaDB for Windows. */
    MARIADB,
    /** Runs the scripts of {@code src/test/python}. */
    PYTHON,
    /** Compiles and runs the programs of {@code src/test/dotnet}. */
    DOTNET;

    static final Path DIRECTORY = Path.of("target", "foreign-peers");

    private static final Properties PEERS = load();

    private static Properties load() {
        Path file = DIRECTORY.resolve("peers.properties");
        Properties peers = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            peers.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("run mvn pre-integration-test in testsuite: it writes " + file, e);
        }
        return peers;
    }

    private @Nullable String property(String name) {
        return PEERS.getProperty(name().toLowerCase(Locale.ROOT) + '.' + name);
    }

    /** Returns the reason for which the peer is missing, or null if it is available. */
    @Nullable
    String missing() {
        return property("missing");
    }

    /** Returns the executable file, or the directory with the package or the programs. */
    String program() {
        return Objects.requireNonNull(property("program"));
    }
}
