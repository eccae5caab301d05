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

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeConnectPolicy;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.vertx.NamedPipeTransport;

/** Connects the MySQL client of Vert.x to MariaDB for Windows, which listens on a pipe only. */
@NeedsPeer(ForeignPeer.MARIADB)
class VertxMariaDbIT {
    private static final int CONNECTIONS = 50;
    private static final int BLOB = 5 << 20;
    private static final int SECONDS = 600;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private static Path directory;

    private final NamedPipeAddress name = Names.fresh();
    private final TestLoops loops = new TestLoops(WindowsKernel.instance());
    private final Vertx vertx = Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(2))
            .withTransport(NamedPipeTransport.of(loops.factory())
                    .withClientOption(NamedPipeChannelOption.CONNECT_POLICY, NamedPipeConnectPolicy.WAIT_FOR_SERVER))
            .build();
    private final Pool pool = pool(name.path().replace('\\', '/'));
    private final ForeignProcess server;

    @BeforeAll
    static void install() throws Exception {
        MariaDb.install(directory);
    }

    VertxMariaDbIT() throws IOException {
        server = MariaDb.start(directory, name);
    }

    /** The snippet of {@code docs/integrations.md} for a pipe {@code //./pipe/MySQL}. */
    private Pool pool(String pipe) {
        MySQLConnectOptions options = new MySQLConnectOptions().setHost(pipe).setUser("root");
        ClientBuilder<Pool> builder = MySQLBuilder.pool().using(vertx).connectingTo(options);
        return builder.with(new PoolOptions().setMaxSize(CONNECTIONS).setConnectionTimeout(SECONDS))
                .with(new NetClientOptions().setConnectTimeout(SECONDS * 1000))
                .build();
    }

    @AfterEach
    void close() {
        get(pool.close());
        get(vertx.close());
        server.close();
        loops.close();
    }

    private static <T> T get(Future<T> future) {
        return Await.join(future.toCompletionStage().toCompletableFuture());
    }

    private static Object value(Future<RowSet<Row>> rows) {
        return get(rows).iterator().next().getValue(0);
    }

    @Test
    void queriesReturnRowsAndBlobsOverManyConnections() {
        assertThat(value(pool.query("SELECT 'gr\u00fc\u00dfe'").execute())).isEqualTo("gr\u00fc\u00dfe");
        assertThat(get(pool.query("SELECT seq FROM mysql.seq_1_to_10000").execute())
                        .size())
                .isEqualTo(10_000);
        blob();
        connections();
    }

    private void blob() {
        byte[] sent = new byte[BLOB];
        new Random(1).nextBytes(sent);
        get(pool.query("CREATE DATABASE test").execute());
        get(pool.query("CREATE TABLE test.blobs (content LONGBLOB)").execute());
        assertThat(get(pool.preparedQuery("INSERT INTO test.blobs VALUES (?)").execute(Tuple.of(Buffer.buffer(sent))))
                        .rowCount())
                .isEqualTo(1);
        assertThat(value(pool.query("SELECT content FROM test.blobs").execute()))
                .isEqualTo(Buffer.buffer(sent));
    }

    private void connections() {
        var all = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> pool.getConnection())
                .toList();
        assertThat(all).hasSize(CONNECTIONS);
        Set<Object> ids = new HashSet<>();
        for (Future<SqlConnection> each : all) {
            ids.add(value(get(each).query("SELECT CONNECTION_ID()").execute()));
        }
        assertThat(ids).hasSize(CONNECTIONS);
        all.forEach(each -> get(get(each).close()));
    }

    private static Throwable failure(Future<?> answer) {
        return get(answer.transform(result -> Future.succeededFuture(result.cause())));
    }

    @Test
    void currentAndNextQueryFailWhenTheServerIsKilled() {
        SqlClient sleeping = get(pool.getConnection());
        SqlConnection other = get(pool.getConnection());
        var current = sleeping.query("SELECT SLEEP(100000)").execute();
        String running = "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP%'";
        Await.until(() -> value(other.query(running).execute()).equals(1L));

        server.kill();

        assertThat(failure(current)).isInstanceOf(ClosedConnectionException.class);
        assertThat(failure(other.query("SELECT 1").execute())).hasMessageContaining("onnection");
    }
}
