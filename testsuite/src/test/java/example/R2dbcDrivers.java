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
package example;

import io.asyncer.r2dbc.mysql.MySqlConnectionConfiguration;
import io.asyncer.r2dbc.mysql.MySqlConnectionFactory;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import org.mariadb.r2dbc.MariadbConnectionConfiguration;
import org.mariadb.r2dbc.MariadbConnectionFactory;
import org.namedpipe.netty.reactor.NamedPipeLoopResources;

/** The R2DBC drivers of MariaDB and MySQL on pipes, as {@code docs/integrations.md} shows them. */
public final class R2dbcDrivers {
    private R2dbcDrivers() {}

    public static ConnectionFactory mariaDb(String pipe, NamedPipeLoopResources pipes, Duration timeout) {
        return new MariadbConnectionFactory(MariadbConnectionConfiguration.builder()
                .socket(pipe)
                .username("root")
                .loopResources(pipes)
                .connectTimeout(timeout)
                .build());
    }

    public static ConnectionFactory mySql(String pipe, NamedPipeLoopResources pipes, Duration timeout) {
        return MySqlConnectionFactory.from(MySqlConnectionConfiguration.builder()
                .unixSocket(pipe)
                .user("root")
                .loopResources(pipes)
                .connectTimeout(timeout)
                .build());
    }
}
