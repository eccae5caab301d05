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

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeConnectPolicy;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;

/** Exchanges messages with Microsoft's {@code vscode-jsonrpc}, the library of language servers. */
@NeedsPeer(ForeignPeer.JSONRPC)
class JsonRpcIT {
    private static final int SUMS = 100;
    private static final int LARGE = 1 << 20;

    private final NamedPipeAddress name = Names.fresh();
    private final TestLoops loops = new TestLoops(WindowsKernel.instance());
    private final EventLoopGroup group = loops.group(1);

    @AfterEach
    void close() {
        loops.close();
    }

    private ForeignProcess node(String command) throws IOException {
        return ForeignProcess.node("jsonrpc_peer.js", ForeignPeer.JSONRPC.program(), command, name.path());
    }

    private JsonRpcConnection connect() throws Exception {
        JsonRpcConnection connection = new JsonRpcConnection();
        ChannelFuture connected = Boot.client(group, () -> connection)
                .option(NamedPipeChannelOption.CONNECT_POLICY, NamedPipeConnectPolicy.WAIT_FOR_SERVER)
                .connect(name);
        Await.get(connected);
        return connection;
    }

    private BlockingQueue<JsonRpcConnection> serve() throws Exception {
        BlockingQueue<JsonRpcConnection> accepted = new LinkedBlockingQueue<>();
        Await.get(Boot.server(group, () -> {
                    JsonRpcConnection connection = new JsonRpcConnection();
                    accepted.add(connection);
                    return connection;
                })
                .bind(name));
        return accepted;
    }

    private static JsonObject error(Future<JsonObject> answer) throws Exception {
        return Await.get(answer).getJsonObject("error");
    }

    @Test
    void foreignServerAnswers() throws Exception {
        try (ForeignProcess node = node("serve")) {
            JsonRpcConnection server = connect();
            List.of("one", "two", "gr\u00fc\u00dfe").forEach(text -> server.notify("note", text));
            assertThat(Await.get(server.request("notes")).getJsonArray("result"))
                    .isEqualTo(JsonArray.of("one", "two", "gr\u00fc\u00dfe"));

            List<Future<JsonObject>> sums = new ArrayList<>();
            for (int i = 0; i < SUMS; i++) {
                sums.add(server.request("add", i, 1));
            }
            for (int i = 0; i < SUMS; i++) {
                assertThat(Await.get(sums.get(i)).getInteger("result")).isEqualTo(i + 1);
            }

            JsonObject failed = error(server.request("fail"));
            assertThat(failed.getInteger("code")).isEqualTo(JsonRpcConnection.REQUESTED_ERROR);
            assertThat(failed.getJsonObject("data").getString("detail")).isEqualTo("none");
            assertThat(error(server.request("unknown")).getInteger("code"))
                    .isEqualTo(JsonRpcConnection.METHOD_NOT_FOUND);

            String large = "x\u00fc".repeat(LARGE / 2);
            assertThat(Await.get(server.request("echo", large))
                            .getString("result")
                            .equals(large))
                    .isTrue();

            Future<JsonObject> cancelled = server.request("wait");
            Await.next(server.waiting());
            server.cancelLast();
            assertThat(error(cancelled).getInteger("code")).isEqualTo(JsonRpcConnection.REQUEST_CANCELLED);

            Await.get(server.channel().close());
            assertThat(node.lines()).containsExactly("3 notes, closed");
        }
    }

    @Test
    void foreignClientIsAnswered() throws Exception {
        serve();
        try (ForeignProcess node = node("call")) {
            assertThat(node.lines())
                    .containsExactly(
                            "notes one,two,gr\u00fc\u00dfe",
                            "sums true",
                            "error 1234 requested error {\"detail\":\"none\"}",
                            "error -32601 Unhandled method unknown undefined",
                            "large true",
                            "error -32800 cancelled undefined",
                            "closed");
        }
    }

    @Test
    void foreignServerIsKilledDuringARequest() throws Exception {
        try (ForeignProcess node = node("serve")) {
            JsonRpcConnection server = connect();
            Future<JsonObject> answer = server.request("wait");
            Await.next(server.waiting());
            node.kill();

            Await.get(server.channel().closeFuture());
            assertThat(answer.await().cause()).isInstanceOf(ClosedChannelException.class);
        }
    }

    @Test
    void nextClientIsServedAfterAClientIsKilledDuringARequest() throws Exception {
        BlockingQueue<JsonRpcConnection> accepted = serve();
        try (ForeignProcess node = node("wait")) {
            JsonRpcConnection client = Await.next(accepted);
            Await.next(client.waiting());
            node.kill();
            Await.get(client.channel().closeFuture());
        }
        try (ForeignProcess next = node("call")) {
            assertThat(next.lines()).hasSize(7).contains("large true");
        }
    }

    @Test
    void foreignClientDetectsThatTheServerCloses() throws Exception {
        BlockingQueue<JsonRpcConnection> accepted = serve();
        try (ForeignProcess node = node("wait")) {
            JsonRpcConnection client = Await.next(accepted);
            Await.next(client.waiting());
            Await.get(client.channel().close());
            assertThat(node.line()).isEqualTo("closed");
        }
    }
}
