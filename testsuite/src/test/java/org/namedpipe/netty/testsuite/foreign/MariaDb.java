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
import java.nio.file.Path;
import org.namedpipe.netty.NamedPipeAddress;

/** Servers of MariaDB for Windows that listen on a pipe only. */
final class MariaDb {
    private MariaDb() {}

    /** Creates the databases that every server has, in a directory. */
    static void install(Path directory) throws IOException, InterruptedException {
        try (ForeignProcess install =
                ForeignProcess.mariadb("mysql_install_db.exe", "--datadir=" + data(directory), "--silent")) {
            install.lines();
        }
    }

    private static Path data(Path directory) {
        return directory.resolve("data");
    }

    /** Starts a server with the databases of a directory. It does not listen yet when this method returns. */
    static ForeignProcess start(Path directory, NamedPipeAddress name) throws IOException {
        return ForeignProcess.mariadb(
                "mysqld.exe",
                "--no-defaults",
                "--console",
                "--datadir=" + data(directory),
                "--innodb-buffer-pool-size=20M",
                "--named-pipe",
                "--socket=" + name.name(),
                "--skip-networking");
    }
}
