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
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.examples.AbstractExampleTest;
import org.namedpipe.netty.examples.ExampleProcess;
import org.namedpipe.netty.examples.Replies;
import org.namedpipe.netty.examples.docker.DockerAttach;
import org.namedpipe.netty.examples.docker.FakeEngine;
import org.namedpipe.netty.examples.echo.EchoClient;
import org.namedpipe.netty.examples.echo.EchoServer;

class RelayIT extends AbstractExampleTest {

    private static final String FREE_PORT = "tcp:127.0.0.1:0";
    private static final int BLOCK = 64 * 1024;
    private static final int BLOCKS = 500;

    private final String front = name + "-front";
    private final EventLoopGroup sockets = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @AfterEach
    void endSockets() {
        sockets.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void demoSendsFramesOverTwoRoutes() throws Exception {
        assertThat(demo("relay").lines()).contains("[client] 10,000 frames echoed, every byte compared");
    }

    @Test
    void manyConnectionsOverTwoRoutes() throws Exception {
        server(EchoServer.class);
        ExampleProcess relay =
                start("relay", Relay.class, FREE_PORT + "=pipe:" + name, "pipe:" + front + "=pipe:" + name);
        int port = portOf(relay);
        relay.awaitListening();
        List<ExampleProcess> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(start("client", EchoClient.class, front, "100"));
        }
        for (int i = 0; i < 5; i++) {
            Replies replies = new Replies();
            Channel socket = connectSocket(port, replies);
            send(socket, 0, 0, 0, 2, 'o', 'k');
            assertThat(replies.next(6)).containsExactly(0, 0, 0, 2, 'o', 'k');
        }
        for (ExampleProcess client : clients) {
            assertThat(client.exitCode()).isZero();
        }
    }

    @Test
    void clientIsClosedWhenTheServerIsKilled() throws Exception {
        ExampleProcess server = server(EchoServer.class);
        ExampleProcess relay = start("relay", Relay.class, FREE_PORT + "=pipe:" + name);
        Channel socket = connectSocket(portOf(relay), new ChannelInboundHandlerAdapter());
        relay.awaitLine(" connected to ");
        server.kill();

        socket.closeFuture().sync();
        relay.awaitLine(" closed, 0 bytes there, 0 bytes back");
    }

    @Test
    void bothSidesAreClosedWhenTheRelayIsKilled() throws Exception {
        CompletableFuture<Channel> accepted = new CompletableFuture<>();
        Channel server = listen(accepted, new ChannelInboundHandlerAdapter());
        // Without TCP: under Wine 8 the TCP connections of a killed process may stay open.
        ExampleProcess relay = relayBetweenPipes();
        ExampleProcess client = start("client", EchoClient.class, front);
        Channel far = accepted.get(60, TimeUnit.SECONDS);
        far.config().setAutoRead(true); // only a read detects the end
        relay.awaitLine(" connected to ");
        relay.kill();

        far.closeFuture().sync();
        assertThat(client.exitCode()).isEqualTo(1);
        server.close().sync();
    }

    @Test
    void killedClientsAndGarbageCloseOnlyTheirConnection() throws Exception {
        ExampleProcess server = server(EchoServer.class);
        relayBetweenPipes();
        ExampleProcess killed = start("killed", EchoClient.class, front, "1000000000");
        killed.awaitLine(" of 1,000,000,000 frames");
        Replies replies = new Replies();
        Channel other = connectPipe(front, replies);
        send(other, 0, 0, 0, 2, 'o');

        Channel garbage = connectPipe(front, new ChannelInboundHandlerAdapter());
        send(garbage, -1, -1, -1, -1);
        garbage.closeFuture().sync();
        server.awaitLine("TooLongFrameException");
        killed.kill();

        send(other, 'k');
        assertThat(replies.next(6)).containsExactly(0, 0, 0, 2, 'o', 'k');
    }

    @Test
    void endOfOneDirectionIsForwarded() throws Exception {
        server(FakeEngine.class);
        ExampleProcess inner = start("inner", Relay.class, "--half-close", FREE_PORT + "=pipe:" + name);
        start("outer", Relay.class, "--half-close", "pipe:" + front + "=tcp:127.0.0.1:" + portOf(inner))
                .awaitListening();
        ExampleProcess client = start("client", DockerAttach.class, front, "upper-case");
        client.input().write("the only line\n".getBytes(StandardCharsets.US_ASCII));
        client.input().close();

        client.awaitLine("THE ONLY LINE");
        client.awaitLine("14 bytes read");
        assertThat(client.exitCode()).isZero();
        inner.awaitLine(" closed, ");
    }

    @Test
    void missingServerClosesOnlyItsConnection() throws Exception {
        server(EchoServer.class);
        ExampleProcess relay = start(
                "relay", Relay.class, FREE_PORT + "=pipe:" + name + "-missing", "pipe:" + front + "=pipe:" + name);
        int port = portOf(relay);
        relay.awaitListening();

        connectSocket(port, new ChannelInboundHandlerAdapter()).closeFuture().sync();
        relay.awaitLine(" not connected: ");

        assertThat(start("client", EchoClient.class, front, "10").exitCode()).isZero();
    }

    @Test
    void fastSenderWaitsForASlowReader() throws Exception {
        CompletableFuture<Channel> accepted = new CompletableFuture<>();
        AtomicLong received = new AtomicLong();
        CountDownLatch all = new CountDownLatch(1);
        Channel server = listen(accepted, new SimpleChannelInboundHandler<ByteBuf>() {
            @Override
            protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
                if (received.addAndGet(bytes.readableBytes()) == (long) BLOCK * BLOCKS) {
                    all.countDown();
                }
            }
        });
        ExampleProcess relay = start("relay", Relay.class, FREE_PORT + "=pipe:" + name);
        Channel client = connectSocket(portOf(relay), new ChannelInboundHandlerAdapter());
        AtomicLong written = new AtomicLong();
        for (int i = 0; i < BLOCKS; i++) {
            client.writeAndFlush(Unpooled.wrappedBuffer(new byte[BLOCK]))
                    .addListener(done -> written.incrementAndGet());
        }
        Channel slow = accepted.get(60, TimeUnit.SECONDS);
        relay.awaitLine(" connected to ");
        assertThat(received).hasValue(0);
        assertThat(written.get()).isLessThan(BLOCKS);

        slow.config().setAutoRead(true);
        assertThat(all.await(600, TimeUnit.SECONDS)).isTrue();
        client.close().sync();
        relay.awaitLine(" closed, 32,768,000 bytes there, 0 bytes back");
        server.close().sync();
    }

    private ExampleProcess relayBetweenPipes() throws Exception {
        return start("relay", Relay.class, "pipe:" + front + "=pipe:" + name).awaitListening();
    }

    /** Returns the port of the relay's next route. */
    private static int portOf(ExampleProcess relay) throws Exception {
        String line = relay.awaitLine("listening on /127.0.0.1:");
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    private Channel connectSocket(int port, ChannelHandler handler) throws InterruptedException {
        return new Bootstrap()
                .group(sockets)
                .channel(NioSocketChannel.class)
                .handler(handler)
                .connect("127.0.0.1", port)
                .sync()
                .channel();
    }

    /** Starts a server on the pipe {@link #name}, whose channels have auto-read off. */
    private Channel listen(CompletableFuture<Channel> accepted, ChannelHandler handler) throws InterruptedException {
        return new ServerBootstrap()
                .group(group())
                .channel(NamedPipeServerChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        ctx.pipeline().addLast(handler);
                        accepted.complete(ctx.channel());
                    }
                })
                .bind(NamedPipeAddress.of(name))
                .sync()
                .channel();
    }
}
