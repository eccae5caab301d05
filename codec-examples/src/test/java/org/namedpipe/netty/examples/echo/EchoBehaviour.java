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
package org.namedpipe.netty.examples.echo;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import org.namedpipe.netty.examples.RunningExample;
import org.namedpipe.netty.examples.Transport;

/** What the echo example does over any transport, all in one JVM. */
abstract class EchoBehaviour {

    private final Transport transport;
    private final String nameOfNobody;

    EchoBehaviour(Transport transport, String nameOfNobody) {
        this.transport = transport;
        this.nameOfNobody = nameOfNobody;
    }

    @Test
    void everyFrameComesBack() throws Exception {
        try (RunningExample server = server("--once");
                RunningExample client = client(nameOf(server), "--frames=500", "--depth=5")) {
            assertThat(client.exitCode()).as(client.output()).isZero();
            assertThat(client.output()).contains("500 frames, ").contains("every byte verified", "latency in us: p50 ");
            assertThat(server.exitCode()).isZero();
            assertThat(server.output()).endsWith("echo server stopped\n");
        }
    }

    @Test
    void emptyFramesComeBackToo() throws Exception {
        try (RunningExample server = server("--once");
                RunningExample client = client(nameOf(server), "--frames=100", "--min-size=0", "--max-size=0")) {
            assertThat(client.exitCode()).as(client.output()).isZero();
            assertThat(server.exitCode()).isZero();
        }
    }

    @Test
    void clientsDoNotDisturbEachOther() throws Exception {
        List<RunningExample> clients = new ArrayList<>();
        try (RunningExample server = server("--clients=4")) {
            for (int seed = 0; seed < 4; seed++) {
                clients.add(client(nameOf(server), "--frames=100", "--seed=" + seed));
            }
            for (RunningExample client : clients) {
                assertThat(client.exitCode()).as(client.output()).isZero();
            }
            assertThat(server.exitCode()).isZero();
        } finally {
            clients.forEach(RunningExample::close);
        }
    }

    @Test
    void onlyWhoSendsTooMuchLosesItsConnection() throws Exception {
        BlockingQueue<String> echoes = new LinkedBlockingQueue<>();
        try (RunningExample server = server("--clients=2", "--max-frame=1000");
                EventLoops loops = new EventLoops(transport, 1)) {
            Channel modest = new Bootstrap()
                    .group(loops.group())
                    .channel(transport.channel())
                    .handler(new FramePipeline(1000, () -> new Collector(echoes)))
                    .connect(transport.address(nameOf(server)))
                    .sync()
                    .channel();
            assertThat(echoOf(modest, "before", echoes)).isEqualTo("before");

            try (RunningExample greedy = client(nameOf(server), "--min-size=1001", "--max-size=1001", "--depth=1")) {
                assertThat(greedy.exitCode()).isEqualTo(1);
                assertThat(greedy.output()).contains("examples echo client: ");
            }
            assertThat(server.awaitLine("connection closed: ")).contains("TooLongFrameException", "1005");

            assertThat(echoOf(modest, "after", echoes)).isEqualTo("after");
            modest.close().sync();
            assertThat(server.exitCode()).isZero();
        }
    }

    @Test
    void nobodyAnswers() throws Exception {
        try (RunningExample client = client(nameOfNobody)) {
            assertThat(client.exitCode()).isEqualTo(1);
            assertThat(client.output()).startsWith("examples echo client: ").contains("ConnectException");
        }
    }

    @Test
    void theNameIsFreeAgainAfterwards() throws Exception {
        String name;
        try (RunningExample first = server()) {
            name = nameOf(first);
        }
        try (RunningExample second =
                        RunningExample.start("echo", "server", "--transport=" + transport, "--name=" + name, "--once");
                RunningExample client = client(nameOf(second), "--frames=1")) {
            assertThat(client.exitCode()).as(client.output()).isZero();
            assertThat(second.exitCode()).isZero();
        }
    }

    private RunningExample server(String... options) {
        return start("server", transport.freshName(), options);
    }

    private RunningExample client(String name, String... options) {
        return start("client", name, options);
    }

    private RunningExample start(String role, String name, String... options) {
        List<String> arguments = new ArrayList<>(List.of("echo", role, "--transport=" + transport, "--name=" + name));
        arguments.addAll(List.of(options));
        return RunningExample.start(arguments.toArray(String[]::new));
    }

    private static String nameOf(RunningExample server) throws InterruptedException {
        return server.awaitLine(Endpoint.ready("echo"));
    }

    private static String echoOf(Channel channel, String text, BlockingQueue<String> echoes) throws Exception {
        channel.writeAndFlush(Unpooled.wrappedBuffer(ByteBufUtil.writeUtf8(channel.alloc(), text)))
                .sync();
        return echoes.poll(30, TimeUnit.SECONDS);
    }

    private static final class Collector extends SimpleChannelInboundHandler<ByteBuf> {

        private final BlockingQueue<String> echoes;

        Collector(BlockingQueue<String> echoes) {
            this.echoes = echoes;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) {
            echoes.add(frame.toString(StandardCharsets.UTF_8));
        }
    }
}
