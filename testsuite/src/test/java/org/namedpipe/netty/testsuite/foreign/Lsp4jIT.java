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

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeConnectPolicy;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.streams.NamedPipeStreams;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;

/** LSP4J, on the blocking streams of a pipe, and Microsoft's {@code vscode-jsonrpc} call each other. */
@NeedsPeer(ForeignPeer.JSONRPC)
class Lsp4jIT {
    private static final int SECONDS = 600;
    private static final int SUMS = 100;
    private static final int LARGE = 1 << 20;

    private final NamedPipeAddress name = Names.fresh();
    private final TestLoops loops = new TestLoops(WindowsKernel.instance());
    private final EventLoopGroup group = loops.group(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Lsp4jEnd> ends = new LinkedBlockingQueue<>();

    @AfterEach
    void close() throws Exception {
        loops.close();
        threads.shutdown();
        assertThat(threads.awaitTermination(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private ForeignProcess node(String command) throws IOException {
        return ForeignProcess.node("jsonrpc_peer.js", ForeignPeer.JSONRPC.program(), command, name.path());
    }

    /** Gives each channel an end of LSP4J. */
    private ChannelHandler initializer() {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                NamedPipeStreams streams = NamedPipeStreams.of(channel);
                threads.execute(() -> ends.add(new Lsp4jEnd(streams, threads)));
            }
        };
    }

    private Lsp4jEnd connect() throws Exception {
        Await.get(Boot.client(group)
                .handler(initializer())
                .option(NamedPipeChannelOption.CONNECT_POLICY, NamedPipeConnectPolicy.WAIT_FOR_SERVER)
                .connect(name));
        return Await.next(ends);
    }

    private static ResponseError error(CompletableFuture<?> answer) {
        Throwable failure = Await.join(answer.handle((result, thrown) -> thrown));
        assertThat(failure).isInstanceOf(ResponseErrorException.class);
        return ((ResponseErrorException) failure).getResponseError();
    }

    @Test
    void foreignServerAnswers() throws Exception {
        try (ForeignProcess node = node("serve")) {
            Lsp4jEnd end = connect();
            List.of("one", "two", "gr\u00fc\u00dfe").forEach(end.peer()::note);
            assertThat(Await.join(end.peer().notes())).containsExactly("one", "two", "gr\u00fc\u00dfe");

            List<CompletableFuture<Integer>> sums = new ArrayList<>();
            for (int i = 0; i < SUMS; i++) {
                sums.add(end.peer().add(i, 1));
            }
            for (int i = 0; i < SUMS; i++) {
                assertThat(Await.join(sums.get(i))).isEqualTo(i + 1);
            }

            ResponseError failed = error(end.peer().fail());
            assertThat(failed.getCode()).isEqualTo(Lsp4jEnd.REQUESTED_ERROR);
            assertThat(failed.getData()).asString().contains("none");
            assertThat(error(end.endpoint().request("unknown", null)).getCode())
                    .isEqualTo(ResponseErrorCode.MethodNotFound.getValue());

            String large = "x\u00fc".repeat(LARGE / 2);
            assertThat(Await.join(end.peer().echo(large)).equals(large)).isTrue();

            CompletableFuture<Object> cancelled = end.peer().waitForCancel();
            Await.join(end.peerWaits());
            cancelled.cancel(true);
            assertThat(Await.join(end.peer().add(1, 1))).isEqualTo(2);

            end.streams().close();
            assertThat(node.lines()).containsExactly("3 notes, closed");
        }
    }

    @Test
    void theEndOfAKilledServerIsRead() throws Exception {
        try (ForeignProcess node = node("serve")) {
            Lsp4jEnd end = connect();
            end.peer().waitForCancel();
            Await.join(end.peerWaits());
            node.kill();
            end.listening().get(SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void foreignClientIsAnsweredAfterAnotherIsKilledDuringARequest() throws Exception {
        Await.get(Boot.server(group).childHandler(initializer()).bind(name));
        try (ForeignProcess node = node("wait")) {
            Lsp4jEnd end = Await.next(ends);
            Await.join(end.waits());
            node.kill();
            end.listening().get(SECONDS, TimeUnit.SECONDS);
        }
        try (ForeignProcess node = node("call")) {
            assertThat(node.lines())
                    .containsExactly(
                            "notes one,two,gr\u00fc\u00dfe",
                            "sums true",
                            "error 1234 requested error {\"detail\":\"none\"}",
                            "error -32601 Unsupported request method: unknown undefined",
                            "large true",
                            "error -32800 The request (id: 104, method: 'wait') has been cancelled undefined",
                            "closed");
        }
    }
}
