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
package org.namedpipe.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.win32.WindowsException;

/** What users get wrong, on any kernel: a clear failure each time, and nothing left behind. */
abstract class AbstractWrongInputTest {
    private final NamedPipeAddress name = Names.fresh();
    private TestLoops loops;
    private EventLoopGroup group;

    protected abstract Kernel kernel();

    @BeforeEach
    void open() {
        loops = new TestLoops(kernel());
        group = loops.group(1);
    }

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void connectToAMissingPipe() throws Exception {
        ChannelFuture connect = client().connect(name).awaitUninterruptibly();
        assertThat(connect.cause())
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("CreateFile(" + name.path() + ") failed: ERROR_FILE_NOT_FOUND (2)")
                .cause()
                .isInstanceOfSatisfying(
                        WindowsException.class,
                        cause -> assertThat(cause.code()).isEqualTo(Win32Error.ERROR_FILE_NOT_FOUND));
        Await.get(connect.channel().closeFuture());
    }

    @Test
    void connectToABusyPipe() throws Exception {
        occupyAllInstances();
        ChannelFuture connect = client().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 100)
                .connect(name)
                .awaitUninterruptibly();
        assertThat(connect.cause())
                .isInstanceOf(ConnectTimeoutException.class)
                .hasMessageContaining("100 ms")
                .hasMessageContaining(name.path())
                .hasMessageContaining("ERROR_PIPE_BUSY");
        Await.get(connect.channel().closeFuture());
    }

    @Test
    void cancelAConnectThatWaitsForABusyPipe() throws Exception {
        occupyAllInstances();
        ChannelFuture connect = client().connect(name);
        assertThat(connect.cancel(false)).isTrue();
        assertThat(connect.channel().closeFuture().await(500, TimeUnit.MILLISECONDS))
                .isTrue();
    }

    @Test
    void connectTwiceWhileTheFirstIsUnderWay() throws Exception {
        occupyAllInstances();
        Channel client = registered();
        ChannelFuture first = client.connect(name);
        assertThat(client.connect(name).awaitUninterruptibly().cause()).isInstanceOf(ConnectionPendingException.class);
        assertThat(first.isDone()).isFalse();
        Await.get(client.close());
        assertThat(first.awaitUninterruptibly().cause()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void connectTwice() throws Exception {
        bind(8);
        Channel client = connected();
        assertThat(client.connect(name).awaitUninterruptibly().cause()).isInstanceOf(AlreadyConnectedException.class);
        assertThat(client.isActive()).isTrue();
    }

    @Test
    void closeTwice() throws Exception {
        bind(8);
        Channel client = connected();
        ChannelFuture first = client.close();
        ChannelFuture second = client.close();
        Await.get(first);
        Await.get(second);
        Await.get(client.close());
    }

    @Test
    void addressesOfAnotherKind() {
        for (SocketAddress foreign : new SocketAddress[] {new InetSocketAddress(0), new LocalAddress("x")}) {
            assertThat(client().connect(foreign).awaitUninterruptibly().cause())
                    .isInstanceOf(UnsupportedAddressTypeException.class)
                    .hasMessageContaining(
                            "cannot connect to " + foreign.getClass().getSimpleName())
                    .hasMessageContaining("NamedPipeAddress.of");
            assertThat(Boot.server(group, ChannelInboundHandlerAdapter::new)
                            .bind(foreign)
                            .awaitUninterruptibly()
                            .cause())
                    .isInstanceOf(UnsupportedAddressTypeException.class)
                    .hasMessageContaining("cannot bind to " + foreign.getClass().getSimpleName())
                    .hasMessageContaining("NamedPipeAddress.of");
        }
    }

    @Test
    void localAddressesOfAnotherKind() throws Exception {
        bind(8);
        for (SocketAddress foreign : new SocketAddress[] {new InetSocketAddress(0), new LocalAddress("x")}) {
            assertThat(client().connect(name, foreign).awaitUninterruptibly().cause())
                    .isInstanceOf(UnsupportedAddressTypeException.class)
                    .hasMessageContaining(
                            "cannot connect from " + foreign.getClass().getSimpleName());
        }
    }

    @Test
    void bindToANameOnAnotherComputer() {
        NamedPipeAddress remote = NamedPipeAddress.of("\\\\elsewhere\\pipe\\x");
        assertThat(Boot.server(group, ChannelInboundHandlerAdapter::new)
                        .bind(remote)
                        .awaitUninterruptibly()
                        .cause())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(remote.path());
    }

    @Test
    void bindTwice() throws Exception {
        Channel server = bind(8);
        assertThat(server.bind(Names.fresh()).awaitUninterruptibly().cause())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(name.path());
        assertThat(server.isActive()).isTrue();
    }

    @Test
    void operationsOfTheOtherKindOfChannel() throws Exception {
        Channel server = bind(8);
        assertThat(server.connect(name).awaitUninterruptibly().cause())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(server.writeAndFlush(Unpooled.EMPTY_BUFFER)
                        .awaitUninterruptibly()
                        .cause())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(registered().bind(name).awaitUninterruptibly().cause())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(server.isActive()).isTrue();
    }

    @Test
    void writeWhatIsNotBytes() throws Exception {
        bind(8);
        Channel client = connected();
        assertThat(client.writeAndFlush("text").awaitUninterruptibly().cause())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("unsupported message type: String")
                .hasMessageContaining("ByteBuf");
        assertThat(client.isActive()).isTrue();
    }

    @Test
    void writeBeforeConnect() throws Exception {
        assertThat(registered()
                        .writeAndFlush(Unpooled.copyInt(1))
                        .awaitUninterruptibly()
                        .cause())
                .isInstanceOf(NotYetConnectedException.class);
    }

    @Test
    void registerOnAnEventLoopOfAnotherKind() {
        EventLoopGroup nio = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            assertThat(Boot.client(nio, ChannelInboundHandlerAdapter::new)
                            .register()
                            .awaitUninterruptibly()
                            .cause())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("incompatible event loop type")
                    .hasMessageContaining("IoHandler of another transport")
                    .hasMessageContaining("IocpIoHandler.newFactory()");
            assertThat(new Bootstrap()
                            .group(group)
                            .channel(NioSocketChannel.class)
                            .handler(new ChannelInboundHandlerAdapter())
                            .register()
                            .awaitUninterruptibly()
                            .cause())
                    .isInstanceOf(IllegalStateException.class);
        } finally {
            nio.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    @Test
    void registerOnAnEventLoopWithoutIo() throws Exception {
        EventLoopGroup plain = new DefaultEventLoop();
        try {
            ChannelFuture registered =
                    Boot.client(plain, ChannelInboundHandlerAdapter::new).register();
            assertThat(registered.awaitUninterruptibly().cause())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("incompatible event loop type")
                    .hasMessageContaining("has no IoHandler")
                    .hasMessageContaining("IocpIoHandler.newFactory()");
            Await.get(registered.channel().closeFuture());
        } finally {
            plain.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    @Test
    void valuesThatOptionsDoNotTake() throws Exception {
        NamedPipeServerChannel server = (NamedPipeServerChannel) bind(8);
        NamedPipeServerChannelConfig unbound = new NamedPipeServerChannel().pipeConfig();
        assertThatThrownBy(() -> unbound.setOption(ChannelOption.SO_BACKLOG, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SO_BACKLOG");
        assertThatThrownBy(() -> unbound.setOption(ChannelOption.SO_RCVBUF, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SO_RCVBUF");
        assertThatThrownBy(() -> unbound.setOption(ChannelOption.SO_SNDBUF, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SO_SNDBUF");
        assertThatThrownBy(() -> server.config().setOption(ChannelOption.SO_SNDBUF, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SO_SNDBUF");
        unbound.setOption(ChannelOption.SO_BACKLOG, 1024);
        assertThat(unbound.backlog()).isEqualTo(NamedPipeServerChannelConfig.MAX_BACKLOG);
    }

    // ----

    protected final Bootstrap client() {
        return Boot.client(group, ChannelInboundHandlerAdapter::new);
    }

    private Channel registered() throws Exception {
        ChannelFuture registered = client().register();
        Await.get(registered);
        return registered.channel();
    }

    private Channel connected() throws Exception {
        ChannelFuture connected = client().connect(name);
        Await.get(connected);
        return connected.channel();
    }

    protected final Channel bind(int backlog) throws Exception {
        ChannelFuture bound = server(backlog).bind(name);
        Await.get(bound);
        return bound.channel();
    }

    /** A server that does not accept: its one instance is taken by a client, and no other follows. */
    private void occupyAllInstances() throws Exception {
        ChannelFuture bound = server(1).option(ChannelOption.AUTO_READ, false).bind(name);
        Await.get(bound);
        connected();
    }

    protected final ServerBootstrap server(int backlog) {
        return Boot.server(group, ChannelInboundHandlerAdapter::new).option(ChannelOption.SO_BACKLOG, backlog);
    }

    /** The failure of binding the name a second time. */
    protected final Throwable bindAgain() {
        return server(1).bind(name).awaitUninterruptibly().cause();
    }
}
