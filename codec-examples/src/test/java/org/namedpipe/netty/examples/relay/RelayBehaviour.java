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
package org.namedpipe.netty.examples.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import org.namedpipe.netty.examples.ExampleBehaviour;
import org.namedpipe.netty.examples.RunningExample;
import org.namedpipe.netty.examples.Transport;

/** What the relay does between TCP and any transport. */
abstract class RelayBehaviour extends ExampleBehaviour {

    private static final int BLOCK = 64 * 1024;
    private static final int BLOCKS = 500;

    RelayBehaviour(Transport transport) {
        super(transport, "relay");
    }

    @Test
    void inTheDemoFramesPassTwoRelays() throws Exception {
        assertThat(demo())
                .contains("[client] 300 frames, ")
                .contains("[relay] relay stopped")
                .doesNotContain("SEVERE");
    }

    @Test
    void manyConnectionsOverTwoRoutes() throws Exception {
        List<RunningExample> clients = new ArrayList<>();
        try (RunningExample server = echo("server", transport, transport.freshName(), "--clients=8")) {
            String echo = transport + ":" + server.awaitLine(Endpoint.ready("echo"));
            try (RunningExample relay = relay(
                    "--clients=8",
                    "--route=tcp:127.0.0.1:0=" + echo,
                    "--route=" + transport + ":" + transport.freshName() + "=" + echo)) {
                String tcp = nameOf(relay, Transport.TCP);
                for (int i = 0; i < 4; i++) {
                    clients.add(echo("client", Transport.TCP, tcp, "--frames=50", "--seed=" + i));
                    clients.add(echo("client", transport, secondName(relay), "--frames=50", "--seed=" + i));
                }
                for (RunningExample client : clients) {
                    assertThat(client.exitCode()).as(client.output()).isZero();
                }
                assertThat(relay.exitCode()).as(relay.output()).isZero();
            }
            assertThat(server.exitCode()).isZero();
        } finally {
            clients.forEach(RunningExample::close);
        }
    }

    @Test
    @Tag("kill")
    void theClientLearnsThatTheServerWasKilled() throws Exception {
        try (ChildProcess server = process(
                "server", List.of("echo", "server", "--transport=" + transport, "--name=" + transport.freshName()))) {
            String ready = Endpoint.ready("echo");
            String echo = server.awaitLine(ready, deadline()).substring(ready.length());
            try (RunningExample relay = relay("--once", "--route=tcp:127.0.0.1:0=" + transport + ":" + echo);
                    RunningExample client =
                            echo("client", Transport.TCP, nameOf(relay, Transport.TCP), "--frames=1000000000")) {
                client.awaitLine(" of 1,000,000,000 frames");
                server.kill();

                assertThat(client.exitCode()).isEqualTo(1);
                assertThat(relay.exitCode()).isZero();
                assertThat(relay.output()).contains(" bytes there, ");
            }
        }
    }

    @Test
    @Tag("kill")
    void aRelayThatIsKilledEndsBothSides() throws Exception {
        try (RunningExample server = echo("server", transport, transport.freshName(), "--once")) {
            String echo = transport + ":" + server.awaitLine(Endpoint.ready("echo"));
            try (ChildProcess relay = process("relay", List.of("relay", "start", fromFreshNameTo(echo)))) {
                String ready = relay.awaitLine(RelayStart.READY + transport + ":", deadline());
                String name = ready.substring((RelayStart.READY + transport + ":").length(), ready.indexOf(" to "));
                try (RunningExample client = echo("client", transport, name, "--frames=1000000000")) {
                    client.awaitLine(" of 1,000,000,000 frames");
                    relay.kill();

                    assertThat(client.exitCode()).isEqualTo(1);
                }
                assertThat(server.exitCode()).as(server.output()).isZero();
            }
        }
    }

    @Test
    @Tag("kill")
    void whoSendsGarbageOrIsKilledHurtsNoOtherConnection() throws Exception {
        try (RunningExample server = echo("server", transport, transport.freshName(), "--clients=3")) {
            String echo = transport + ":" + server.awaitLine(Endpoint.ready("echo"));
            try (RunningExample relay = relay("--clients=3", fromFreshNameTo(echo));
                    EventLoops loops = new EventLoops(transport, 1)) {
                String name = nameOf(relay, transport);
                // The process first: it would take long to start beside the traffic of the other.
                try (ChildProcess killed = process(
                                "client",
                                List.of(
                                        "echo",
                                        "client",
                                        "--transport=" + transport,
                                        "--name=" + name,
                                        "--frames=1000000000"));
                        RunningExample modest = clientOnceStarted(killed, name)) {
                    modest.awaitLine(" of 1,000,000,000 frames");

                    Channel garbage = connect(transport, loops, name);
                    garbage.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {-1, -1, -1, -1}))
                            .sync();
                    garbage.closeFuture().sync();
                    server.awaitLine("connection closed: ");
                    killed.kill();
                    modest.awaitMore();
                }
                assertThat(relay.exitCode()).as(relay.output()).isZero();
            }
            assertThat(server.exitCode()).as(server.output()).isZero();
        }
    }

    @Test
    void theEndOfOneDirectionIsPassedOnAlone() throws Exception {
        try (RunningExample engine = RunningExample.start(
                "docker", "engine", "--transport=" + transport, "--name=" + transport.freshName(), "--once")) {
            String name = transport + ":" + engine.awaitLine(Endpoint.ready("docker"));
            try (RunningExample inner = relay("--once", "--half-close", "--route=tcp:127.0.0.1:0=" + name);
                    RunningExample outer = relay(
                            "--once",
                            "--half-close",
                            "--route=" + transport + ":" + transport.freshName() + "=tcp:"
                                    + nameOf(inner, Transport.TCP))) {
                String host = (transport == Transport.TCP ? "tcp://" : "") + nameOf(outer, transport);
                try (ChildProcess client =
                        process("attach", List.of("docker", "attach", "--host=" + host, "shouter"))) {
                    client.input().write("that is all\n".getBytes(StandardCharsets.US_ASCII));
                    client.input().close();

                    client.awaitLine("THAT IS ALL", deadline());
                    client.awaitLine("12 bytes shouted", deadline());
                    client.awaitSuccess(deadline());
                }
                assertThat(outer.exitCode()).as(outer.output()).isZero();
                assertThat(inner.exitCode()).as(inner.output()).isZero();
            }
            assertThat(engine.exitCode()).as(engine.output()).isZero();
        }
    }

    @Test
    void aServerThatIsNotThereHurtsNoOtherRoute() throws Exception {
        try (RunningExample server = echo("server", transport, transport.freshName(), "--once")) {
            String echo = transport + ":" + server.awaitLine(Endpoint.ready("echo"));
            String nobody = transport == Transport.PIPE ? "pipe:" + transport.freshName() : "tcp:127.0.0.1:1";
            try (RunningExample relay = relay(
                            "--clients=2",
                            "--route=tcp:127.0.0.1:0=" + nobody,
                            "--route=" + transport + ":" + transport.freshName() + "=" + echo);
                    EventLoops loops = new EventLoops(Transport.TCP, 1)) {
                Channel lost = connect(Transport.TCP, loops, nameOf(relay, Transport.TCP));
                lost.closeFuture().sync();
                relay.awaitLine(" not connected to " + nobody.substring(0, 4));

                try (RunningExample client = echo("client", transport, secondName(relay), "--frames=10")) {
                    assertThat(client.exitCode()).as(client.output()).isZero();
                }
                assertThat(relay.exitCode()).isZero();
            }
        }
    }

    @Test
    void whoSendsFasterThanTheOtherReadsHasToWait() throws Exception {
        CompletableFuture<Channel> accepted = new CompletableFuture<>();
        AtomicLong received = new AtomicLong();
        CountDownLatch all = new CountDownLatch(1);
        try (EventLoops far = new EventLoops(transport, 1);
                EventLoops near = new EventLoops(Transport.TCP, 1)) {
            Channel server = new ServerBootstrap()
                    .group(far.group())
                    .channel(transport.serverChannel())
                    .childOption(ChannelOption.AUTO_READ, false)
                    .childHandler(new SimpleChannelInboundHandler<ByteBuf>() {
                        @Override
                        public void channelActive(ChannelHandlerContext ctx) {
                            accepted.complete(ctx.channel());
                        }

                        @Override
                        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
                            if (received.addAndGet(bytes.readableBytes()) == (long) BLOCK * BLOCKS) {
                                all.countDown();
                            }
                        }
                    })
                    .bind(transport.address(transport.freshName()))
                    .sync()
                    .channel();
            String route = "--route=tcp:127.0.0.1:0=" + transport + ":" + transport.nameOf(server.localAddress());
            try (RunningExample relay = relay("--once", route)) {
                Channel client = connect(Transport.TCP, near, nameOf(relay, Transport.TCP));
                AtomicLong taken = new AtomicLong();
                for (int i = 0; i < BLOCKS; i++) {
                    client.writeAndFlush(Unpooled.wrappedBuffer(new byte[BLOCK]))
                            .addListener(written -> taken.incrementAndGet());
                }
                Channel slow = accepted.get(30, TimeUnit.SECONDS);
                relay.awaitLine("connected to");
                assertThat(received).hasValue(0);
                assertThat(taken.get()).isLessThan(BLOCKS);

                slow.config().setAutoRead(true);
                assertThat(all.await(600, TimeUnit.SECONDS)).isTrue();
                client.close().sync();
                assertThat(relay.exitCode()).isZero();
                assertThat(relay.output()).contains("closed, 32,768,000 bytes there, 0 bytes back");
            }
            server.close().sync();
        }
    }

    private RunningExample clientOnceStarted(ChildProcess other, String name) throws Exception {
        other.awaitLine("", deadline());
        return echo("client", transport, name, "--frames=1000000000");
    }

    private static RunningExample relay(String... options) {
        List<String> arguments = new ArrayList<>(List.of("relay", "start"));
        arguments.addAll(List.of(options));
        return RunningExample.start(arguments.toArray(String[]::new));
    }

    private static RunningExample echo(String role, Transport transport, String name, String... options) {
        List<String> arguments = new ArrayList<>(List.of("echo", role, "--transport=" + transport, "--name=" + name));
        arguments.addAll(List.of(options));
        return RunningExample.start(arguments.toArray(String[]::new));
    }

    /**
     * A route that has no TCP in it unless that is the transport: under Wine 8 the TCP connections of a process that is
     * killed may stay open, so its peers never learn of it.
     */
    private String fromFreshNameTo(String end) {
        return "--route=" + transport + ":" + transport.freshName() + "=" + end;
    }

    /** Where the relay's first route of a transport begins. */
    private static String nameOf(RunningExample relay, Transport transport) throws InterruptedException {
        String line = relay.awaitLine(RelayStart.READY + transport + ":");
        return line.substring(0, line.indexOf(" to "));
    }

    private String secondName(RunningExample relay) throws InterruptedException {
        relay.awaitLine(RelayStart.READY);
        String second = relay.output().lines().skip(1).findFirst().orElseThrow();
        return second.substring((RelayStart.READY + transport + ":").length(), second.indexOf(" to "));
    }

    private static Channel connect(Transport transport, EventLoops loops, String name) throws InterruptedException {
        return new Bootstrap()
                .group(loops.group())
                .channel(transport.channel())
                .handler(new ChannelInboundHandlerAdapter())
                .connect(transport.address(name))
                .sync()
                .channel();
    }
}
