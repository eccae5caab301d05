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

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mariadb.r2dbc.MariadbConnectionConfiguration;
import org.mariadb.r2dbc.MariadbConnectionFactory;
import org.mariadb.r2dbc.api.MariadbConnection;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Connects to MariaDB for Windows, which listens on a pipe only, with its R2DBC driver on named pipe channels. */
@NeedsPeer(ForeignPeer.MARIADB)
class MariaDbIT {
    private static final int CONNECTIONS = 50;
    private static final int BLOB = 5 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private static Path directory;

    private final NamedPipeAddress name = Names.fresh();
    private final TestLoops loops = new TestLoops(WindowsKernel.instance());
    private final EventLoopGroup group = loops.group(2);
    private final ForeignProcess server;

    @BeforeAll
    static void install() throws Exception {
        try (ForeignProcess install =
                ForeignProcess.mariadb("mysql_install_db.exe", "--datadir=" + data(), "--silent")) {
            install.lines();
        }
    }

    private static Path data() {
        return directory.resolve("data");
    }

    MariaDbIT() throws IOException {
        server = ForeignProcess.mariadb(
                "mysqld.exe",
                "--no-defaults",
                "--console",
                "--datadir=" + data(),
                "--innodb-buffer-pool-size=20M",
                "--named-pipe",
                "--socket=" + name.name(),
                "--skip-networking");
    }

    @AfterEach
    void close() {
        server.close();
        loops.close();
    }

    /** Connects as soon as the server is available. */
    private MariadbConnection connect() {
        return get(connection()
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(100)))
                .timeout(PATIENCE));
    }

    private Mono<MariadbConnection> connection() {
        return new MariadbConnectionFactory(MariadbConnectionConfiguration.builder()
                        .socket(name.path())
                        .username("root")
                        .loopResources(new PipeLoopResources(group))
                        .connectTimeout(PATIENCE)
                        .build())
                .create();
    }

    private static <T> T get(Mono<T> mono) {
        return Await.join(mono.toFuture());
    }

    private static Mono<List<Object>> query(MariadbConnection connection, String sql) {
        return connection
                .createStatement(sql)
                .execute()
                .flatMap(result -> result.map((row, metadata) -> row.get(0, Object.class)))
                .cast(Object.class)
                .collectList();
    }

    @Test
    void queriesReturnRowsAndBlobsOverManyConnections() {
        MariadbConnection connection = connect();
        assertThat(get(query(connection, "SELECT 'gr\u00fc\u00dfe'"))).containsExactly("gr\u00fc\u00dfe");
        assertThat(get(query(connection, "SELECT seq FROM mysql.seq_1_to_10000")))
                .hasSize(10_000);
        blob(connection);
        get(connection.close().thenReturn(true));

        List<Object> ids = get(Flux.range(0, CONNECTIONS)
                .flatMap(i -> connection(), CONNECTIONS)
                .collectList()
                .flatMap(all -> Flux.fromIterable(all)
                        .flatMap(each -> query(each, "SELECT CONNECTION_ID()"), CONNECTIONS)
                        .flatMapIterable(rows -> rows)
                        .collectList()
                        .flatMap(rows -> Flux.fromIterable(all)
                                .flatMap(MariadbConnection::close)
                                .then(Mono.just(rows)))));
        assertThat(ids).hasSize(CONNECTIONS).doesNotHaveDuplicates();
    }

    private static void blob(MariadbConnection connection) {
        byte[] sent = new byte[BLOB];
        new Random(1).nextBytes(sent);
        get(query(connection, "CREATE DATABASE test"));
        get(query(connection, "CREATE TABLE test.blobs (content LONGBLOB)"));
        Long stored = get(Mono.from(connection
                .createStatement("INSERT INTO test.blobs VALUES (?)")
                .bind(0, sent)
                .execute()
                .flatMap(result -> result.getRowsUpdated())));
        assertThat(stored).isEqualTo(1);
        byte[] received = get(Mono.from(connection
                .createStatement("SELECT content FROM test.blobs")
                .execute()
                .flatMap(result -> result.map((row, metadata) -> row.get(0, byte[].class)))));
        assertThat(Arrays.equals(received, sent)).isTrue();
    }

    private static void assertIsGone(CompletableFuture<List<Object>> answer) {
        Throwable failure = Await.join(answer.handle((rows, thrown) -> thrown));
        assertThat(failure).isInstanceOf(R2dbcException.class).hasMessageContaining("onnection");
    }

    @Test
    void currentAndNextQueryFailWhenTheServerIsKilled() {
        MariadbConnection connection = connect();
        CompletableFuture<List<Object>> current =
                query(connection, "SELECT SLEEP(100000)").toFuture();
        MariadbConnection other = connect();
        String running = "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP%'";
        Await.until(() -> get(query(other, running)).equals(List.of(1L)));
        server.kill();
        assertIsGone(current);
        assertIsGone(query(other, "SELECT 1").toFuture());
    }
}
