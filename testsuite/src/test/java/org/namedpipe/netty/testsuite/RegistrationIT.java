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
package org.namedpipe.netty.testsuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Echo;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;

/** Tests registration with incompatible and shut down loops, and deregistration followed by another registration. */
class RegistrationIT {
    private final TestLoops loops = new TestLoops(WindowsKernel.instance());
    private final EventLoopGroup group = loops.group(1);
    private final NamedPipeAddress address = Names.fresh();
    private final EventLog log = new EventLog();

    @AfterEach
    void shutDown() {
        loops.close();
    }

    // ---- incompatible loops

    @Test
    void registrationOfAPipeWithANioLoopFails() throws Exception {
        EventLoopGroup sockets = socketLoop();
        ChannelFuture connect = new Bootstrap()
                .group(sockets)
                .channel(NamedPipeChannel.class)
                .handler(log)
                .connect(address)
                .await();
        assertThat(connect.cause()).isInstanceOf(IllegalStateException.class).hasMessageContaining("incompatible");
        assertThat(connect.channel().isOpen()).isFalse();
        ChannelFuture bind = new ServerBootstrap()
                .group(sockets)
                .channel(NamedPipeServerChannel.class)
                .childHandler(log)
                .bind(address)
                .await();
        assertThat(bind.cause()).isInstanceOf(IllegalStateException.class).hasMessageContaining("incompatible");
        assertThat(bind.channel().isOpen()).isFalse();
        shutDown(sockets);
    }

    @Test
    void registrationOfASocketWithAnIocpLoopFails() throws Exception {
        ChannelFuture register = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(log)
                .register()
                .await();
        assertThat(register.cause()).isInstanceOf(IllegalStateException.class).hasMessageContaining("incompatible");
        assertThat(register.channel().isOpen()).isFalse();
    }

    /** Otherwise the handle would stay open, and the client would wait forever. */
    @Test
    void acceptedPipeThatCannotBeRegisteredIsClosed() throws Exception {
        EventLoopGroup sockets = socketLoop();
        new ServerBootstrap()
                .group(group, sockets)
                .channel(NamedPipeServerChannel.class)
                .childHandler(new ChannelInboundHandlerAdapter())
                .bind(address)
                .sync();
        Channel client = client().connect(address).sync().channel();
        Await.get(client.closeFuture());
        shutDown(sockets);
    }

    private static EventLoopGroup socketLoop() {
        return new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    }

    private static void shutDown(EventLoopGroup ended) throws InterruptedException {
        ended.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
    }

    // ---- loops that shut down

    @Test
    void registrationWithATerminatedLoopFails() throws Exception {
        EventLoopGroup ended = loops.group(1);
        shutDown(ended);
        Channel channel = new NamedPipeChannel();
        assertThat(ended.register(channel).await().cause()).isInstanceOf(RejectedExecutionException.class);
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.closeFuture().isDone()).isTrue();
    }

    @Test
    void registrationWithALoopThatShutsDownFails() throws Exception {
        EventLoopGroup ending = loops.group(1);
        Channel witness = new NamedPipeChannel();
        ending.register(witness).sync();
        ending.shutdownGracefully(1, 10, TimeUnit.SECONDS);
        Await.get(witness.closeFuture());
        Channel channel = new NamedPipeChannel();
        assertThat(ending.register(channel).await().cause())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shutting down");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void acceptedPipeWhoseLoopHasTerminatedIsClosed() throws Exception {
        EventLoopGroup ended = loops.group(1);
        shutDown(ended);
        Boot.server(group, ended, ChannelInboundHandlerAdapter::new)
                .bind(address)
                .sync();
        Channel client = client().connect(address).sync().channel();
        Await.get(client.closeFuture());
    }

    // ---- deregistration

    @Test
    void pipeIsRegisteredAgainWhileItReads() throws Exception {
        Channel client = connect(true);
        EventLoop loop = client.eventLoop();
        client.deregister().sync();
        assertThat(client.isActive()).isTrue();
        loop.register(client).sync();

        assertEchoed(client);
        assertThat(log.events).containsExactly("registered", "active", "unregistered", "registered");
    }

    @Test
    void pipeIsRegisteredAgainWhileItDoesNotRead() throws Exception {
        Channel client = connect(false);
        EventLoop loop = client.eventLoop();
        client.deregister().sync();
        loop.register(client).sync();

        client.read();
        assertEchoed(client);
        assertThat(log.events).containsExactly("registered", "active", "unregistered", "registered");
    }

    @Test
    void readAndWriteOfADeregisteredPipeArePerformedOnceRegistered() throws Exception {
        Channel client = connect(false);
        EventLoop loop = client.eventLoop();
        client.deregister().sync();
        client.read();
        ChannelFuture write = client.writeAndFlush(Unpooled.copiedBuffer("away", StandardCharsets.US_ASCII));
        loop.register(client).sync();

        assertThat(write.await().isSuccess()).isTrue();
        assertThat(log.readText(4)).isEqualTo("away");
        assertThat(client.isActive()).isTrue();
    }

    @Test
    void dataForADeregisteredPipeIsReadOnceRegistered() throws Exception {
        BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
        Boot.server(group, () -> new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        accepted.add(ctx.channel());
                    }
                })
                .bind(address)
                .sync();
        Channel client = client().connect(address).sync().channel();
        EventLoop loop = client.eventLoop();
        client.deregister().sync();
        Await.next(accepted)
                .writeAndFlush(Unpooled.copiedBuffer("sent", StandardCharsets.US_ASCII))
                .sync();
        for (int turns = 0; turns < 3; turns++) {
            loop.submit(() -> {}).sync();
        }
        assertThat(log.read).as("data read by a deregistered channel").isEmpty();
        loop.register(client).sync();
        assertThat(log.readText(4)).isEqualTo("sent");
    }

    @Test
    void deregisteredPipeCanBeClosed() throws Exception {
        Channel client = connect(true);
        client.deregister().sync();
        Await.get(client.close());
        // The registration of the server is left.
        Await.until(() -> loops.registrations() == 1);
    }

    /** The handle stays associated with the port of its first loop. */
    @Test
    void registrationOfAPipeWithAnotherLoopFails() throws Exception {
        for (boolean reads : new boolean[] {true, false}) {
            Channel client = Boot.client(group, ChannelInboundHandlerAdapter::new)
                    .option(ChannelOption.AUTO_READ, reads)
                    .connect(bind())
                    .sync()
                    .channel();
            client.deregister().sync();
            assertThat(loops.group(1).register(client).await().cause())
                    .isNotNull()
                    .hasMessageContaining("event loop");
            assertThat(client.isOpen()).isFalse();
        }
    }

    @Test
    void serverIsRegisteredAgain() throws Exception {
        Channel server =
                Boot.server(group, () -> Echo.INSTANCE).bind(address).sync().channel();
        EventLoop loop = server.eventLoop();
        server.deregister().sync();
        Channel client = client().connect(address).sync().channel();
        loop.register(server).sync();
        assertEchoed(client);
    }

    private NamedPipeAddress bind() throws InterruptedException {
        NamedPipeAddress name = Names.fresh();
        Boot.server(group, () -> Echo.INSTANCE).bind(name).sync();
        return name;
    }

    private Channel connect(boolean reads) throws InterruptedException {
        return connectTo(bind(), reads);
    }

    private Channel connectTo(NamedPipeAddress name, boolean reads) throws InterruptedException {
        return client().option(ChannelOption.AUTO_READ, reads)
                .connect(name)
                .sync()
                .channel();
    }

    private Bootstrap client() {
        return Boot.client(group, () -> log);
    }

    private void assertEchoed(Channel client) throws InterruptedException {
        client.writeAndFlush(Unpooled.copiedBuffer("echo", StandardCharsets.US_ASCII));
        assertThat(log.readText(4)).isEqualTo("echo");
    }
}
