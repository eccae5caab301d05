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

import example.R2dbcDrivers;
import io.netty.channel.EventLoopGroup;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.reactor.NamedPipeLoopResources;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Connects to MariaDB for Windows, which listens on a pipe only, with the R2DBC drivers of MariaDB and of MySQL. */
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
    private final NamedPipeLoopResources pipes = NamedPipeLoopResources.of(group);
    private final List<ConnectionFactory> drivers = List.of(
            R2dbcDrivers.mariaDb(name.path(), pipes, PATIENCE), R2dbcDrivers.mySql(name.path(), pipes, PATIENCE));
    private final ForeignProcess server;

    @BeforeAll
    static void install() throws Exception {
        MariaDb.install(directory);
    }

    MariaDbIT() throws IOException {
        server = MariaDb.start(directory, name);
    }

    @AfterEach
    void close() {
        server.close();
        loops.close();
    }

    /** Connects as soon as the server is available. */
    private static Connection connect(ConnectionFactory driver) {
        return get(connection(driver)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(100)))
                .timeout(PATIENCE));
    }

    private static Mono<Connection> connection(ConnectionFactory driver) {
        return Mono.from(driver.create()).cast(Connection.class);
    }

    private static <T> T get(Mono<T> mono) {
        return Await.join(mono.toFuture());
    }

    private static Flux<Result> execute(Connection connection, String sql) {
        return Flux.from(connection.createStatement(sql).execute()).cast(Result.class);
    }

    private static Mono<List<Object>> query(Connection connection, String sql) {
        return execute(connection, sql)
                .flatMap(result -> result.map((row, metadata) -> row.get(0)))
                .cast(Object.class)
                .collectList();
    }

    @Test
    void queriesReturnRowsAndBlobsOverManyConnections() {
        for (ConnectionFactory driver : drivers) {
            Connection connection = connect(driver);
            assertThat(get(query(connection, "SELECT 'gr\u00fc\u00dfe'"))).containsExactly("gr\u00fc\u00dfe");
            assertThat(get(query(connection, "SELECT seq FROM mysql.seq_1_to_10000")))
                    .hasSize(10_000);
            blob(connection);
            get(Mono.from(connection.close()).thenReturn(true));
            manyConnections(driver);
        }
    }

    private static void manyConnections(ConnectionFactory driver) {
        List<Object> ids = get(Flux.range(0, CONNECTIONS)
                .flatMap(i -> connection(driver), CONNECTIONS)
                .collectList()
                .flatMap(all -> Flux.fromIterable(all)
                        .flatMap(each -> query(each, "SELECT CONNECTION_ID()"), CONNECTIONS)
                        .flatMapIterable(rows -> rows)
                        .collectList()
                        .flatMap(rows -> Flux.fromIterable(all)
                                .flatMap(Connection::close)
                                .then(Mono.just(rows)))));
        assertThat(ids).hasSize(CONNECTIONS).doesNotHaveDuplicates();
    }

    private static void blob(Connection connection) {
        byte[] sent = new byte[BLOB];
        new Random(1).nextBytes(sent);
        get(query(connection, "CREATE OR REPLACE DATABASE test"));
        get(query(connection, "CREATE TABLE test.blobs (content LONGBLOB)"));
        Long stored = get(Flux.from(connection
                        .createStatement("INSERT INTO test.blobs VALUES (?)")
                        .bind(0, sent)
                        .execute())
                .flatMap(Result::getRowsUpdated)
                .single());
        assertThat(stored).isEqualTo(1);
        byte[] received = get(execute(connection, "SELECT content FROM test.blobs")
                .flatMap(result -> result.map((row, metadata) -> row.get(0, byte[].class)))
                .single());
        assertThat(Arrays.equals(received, sent)).isTrue();
    }

    private static void assertIsGone(CompletableFuture<List<Object>> answer) {
        Throwable failure = Await.join(answer.handle((rows, thrown) -> thrown));
        assertThat(failure).isInstanceOf(R2dbcException.class).hasMessageContaining("onnection");
    }

    @Test
    void currentAndNextQueryFailWhenTheServerIsKilled() {
        List<CompletableFuture<List<Object>>> current = new ArrayList<>();
        List<Connection> others = new ArrayList<>();
        for (ConnectionFactory driver : drivers) {
            current.add(query(connect(driver), "SELECT SLEEP(100000)").toFuture());
            others.add(connect(driver));
        }
        String running = "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP%'";
        Await.until(() -> get(query(others.get(0), running)).equals(List.of(2L)));
        server.kill();
        current.forEach(MariaDbIT::assertIsGone);
        others.forEach(other -> assertIsGone(query(other, "SELECT 1").toFuture()));
    }
}
