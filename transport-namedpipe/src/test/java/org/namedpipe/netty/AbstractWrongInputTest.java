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

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
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

/** Wrong calls of the API fail with a message that says what is wrong, and leave nothing open. For any kernel. */
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
    void connectingToAMissingPipeFails() throws Exception {
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
    void addressesOfAnotherKindAreRefused() {
        for (SocketAddress foreign : new SocketAddress[] {new InetSocketAddress(0), new LocalAddress("x")}) {
            String type = foreign.getClass().getSimpleName();
            assertUnsupported(client().connect(foreign), "cannot connect to " + type, "NamedPipeAddress.of");
            assertUnsupported(server(1).bind(foreign), "cannot bind to " + type, "NamedPipeAddress.of");
            assertUnsupported(client().connect(name, foreign), "cannot connect from " + type);
        }
    }

    private static void assertUnsupported(ChannelFuture future, String... problem) {
        assertThat(Await.failure(future))
                .isInstanceOf(UnsupportedAddressTypeException.class)
                .hasMessageContainingAll(problem);
    }

    @Test
    void aNameOnAnotherComputerCannotBeBound() {
        NamedPipeAddress remote = NamedPipeAddress.of("\\\\elsewhere\\pipe\\x");
        assertThat(Await.failure(server(1).bind(remote)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(remote.path());
    }

    @Test
    void aServerCannotBeBoundTwice() throws Exception {
        Channel server = bind(8);
        assertThat(Await.failure(server.bind(Names.fresh())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(name.path());
        assertThat(server.isActive()).isTrue();
    }

    @Test
    void serversAndClientsRefuseOperationsOfEachOther() throws Exception {
        Channel server = bind(8);
        assertThat(Await.failure(server.connect(name))).isInstanceOf(UnsupportedOperationException.class);
        assertThat(Await.failure(server.writeAndFlush(Unpooled.EMPTY_BUFFER)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(Await.failure(Await.channel(client().register()).bind(name)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(server.isActive()).isTrue();
    }

    @Test
    void aMessageOfAnUnknownTypeCannotBeWritten() throws Exception {
        bind(8);
        Channel client = Await.channel(client().connect(name));
        assertThat(Await.failure(client.writeAndFlush("text")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("unsupported message type: String")
                .hasMessageContaining("ByteBuf");
        assertThat(client.isActive()).isTrue();
    }

    @Test
    void aWriteBeforeTheConnectFails() throws Exception {
        assertThat(Await.failure(Await.channel(client().register()).writeAndFlush(Unpooled.copyInt(1))))
                .isInstanceOf(NotYetConnectedException.class);
    }

    @Test
    void anEventLoopOfAnotherTransportIsRefused() {
        EventLoopGroup nio = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            assertThat(Await.failure(Boot.client(nio).register()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("incompatible event loop type")
                    .hasMessageContaining("IoHandler of another transport")
                    .hasMessageContaining("IocpIoHandler.newFactory()");
            assertThat(Await.failure(new Bootstrap()
                            .group(group)
                            .channel(NioSocketChannel.class)
                            .handler(new ChannelInboundHandlerAdapter())
                            .register()))
                    .isInstanceOf(IllegalStateException.class);
        } finally {
            nio.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    @Test
    void anEventLoopWithoutIoIsRefused() throws Exception {
        EventLoopGroup plain = new DefaultEventLoop();
        try {
            ChannelFuture registered = Boot.client(plain).register();
            assertThat(Await.failure(registered))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("incompatible event loop type")
                    .hasMessageContaining("has no IoHandler")
                    .hasMessageContaining("IocpIoHandler.newFactory()");
            Await.get(registered.channel().closeFuture());
        } finally {
            plain.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    protected final Bootstrap client() {
        return Boot.client(group);
    }

    protected final ServerBootstrap server(int backlog) {
        return Boot.server(group).option(ChannelOption.SO_BACKLOG, backlog);
    }

    protected final Channel bind(int backlog) throws Exception {
        return Await.channel(server(backlog).bind(name));
    }
}
