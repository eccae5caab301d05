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
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.namedpipe.netty.testing.Await;

/**
 * Replaces {@code SocketConnectionAttemptTest}, {@code SocketMultipleConnectTest},
 * {@code SocketChannelNotYetConnectedTest} and {@code WriteBeforeRegisteredTest}, which need sockets.
 */
class ConnectAttemptIT extends PermutedPipeTest {
    private static final int TIMEOUT_MILLIS = 200;

    @Test
    void connectToAnUnboundNameIsRefused(TestInfo test) throws Throwable {
        run(test, (sb, cb) -> {
            EventLog log = new EventLog();
            ChannelFuture connect = cb.handler(log).connect(newSocketAddress()).await();
            assertThat(connect.cause()).isInstanceOf(ConnectException.class);
            Await.get(connect.channel().closeFuture());
            assertThat(Await.next(log.events)).isEqualTo("registered");
            assertThat(Await.next(log.events)).isEqualTo("unregistered");
        });
    }

    @Test
    void connectToABusyPipeTimesOut(TestInfo test) throws Throwable {
        run(test, (sb, cb) -> {
            Channel server = bindBusy(sb, cb);
            long start = System.nanoTime();
            ChannelFuture connect = cb.clone()
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_MILLIS)
                    .connect(server.localAddress())
                    .await();
            assertThat(connect.cause()).isInstanceOf(ConnectTimeoutException.class);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS));
            Await.get(connect.channel().closeFuture());
            server.close().sync();
        });
    }

    @Test
    void connectToABusyPipeSucceedsOnceAnInstanceIsFree(TestInfo test) throws Throwable {
        run(test, (sb, cb) -> {
            Channel server = bindBusy(sb, cb);
            ChannelFuture connect = cb.clone().connect(server.localAddress());
            assertThat(connect.isDone()).isFalse();
            server.read();
            Await.get(connect);
            assertThat(connect.channel().isActive()).isTrue();
            connect.channel().close().sync();
            server.close().sync();
        });
    }

    @Test
    void cancelledConnectClosesTheChannel(TestInfo test) throws Throwable {
        run(test, (sb, cb) -> {
            Channel server = bindBusy(sb, cb);
            ChannelFuture connect = cb.clone().connect(server.localAddress());
            assertThat(connect.cancel(false)).isTrue();
            assertThat(connect.channel().closeFuture().await(500)).isTrue();
            assertThat(connect.isCancelled()).isTrue();
            // Another client takes the instance that is free now.
            server.read();
            Await.get(cb.clone().connect(server.localAddress()));
            assertThat(connect.channel().isOpen()).isFalse();
            server.close().sync();
        });
    }

    /** Binds a server whose only instance is busy, and which accepts one client for each read. */
    private static Channel bindBusy(ServerBootstrap sb, Bootstrap cb) throws InterruptedException {
        Channel server = sb.option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_BACKLOG, 1)
                .childHandler(NoOpHandler.INSTANCE)
                .bind()
                .sync()
                .channel();
        cb.handler(NoOpHandler.INSTANCE).connect(server.localAddress()).sync();
        return server;
    }

    @Test
    void secondConnectFails(TestInfo test) throws Throwable {
        run(test, (sb, cb) -> {
            Channel server = sb.childHandler(NoOpHandler.INSTANCE).bind().sync().channel();
            Channel client = cb.handler(NoOpHandler.INSTANCE).register().sync().channel();
            client.connect(server.localAddress()).sync();
            assertThat(client.connect(server.localAddress()).await().cause())
                    .isInstanceOf(AlreadyConnectedException.class);
            assertThat(client.isActive()).isTrue();
            client.close().sync();
            server.close().sync();
        });
    }

    @Test
    void readBeforeConnectIsPerformedOnceConnected(TestInfo test) throws Throwable {
        run(test, (sb, cb) -> {
            Channel server = sb.childHandler(new ChannelInboundHandlerAdapter() {
                        @Override
                        public void channelActive(ChannelHandlerContext ctx) {
                            ctx.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII));
                        }
                    })
                    .bind()
                    .sync()
                    .channel();
            EventLog log = new EventLog();
            Channel client = cb.option(ChannelOption.AUTO_READ, false)
                    .handler(log)
                    .register()
                    .sync()
                    .channel();
            client.read();
            client.connect(server.localAddress()).sync();
            assertThat(log.readText(5)).isEqualTo("hello");
            client.close().sync();
            server.close().sync();
        });
    }

    @Test
    void writeBeforeConnectFailsOrIsSent(TestInfo test) throws Throwable {
        run(test, (sb, cb) -> {
            EventLog log = new EventLog();
            Channel server = sb.childHandler(log).bind().sync().channel();
            ChannelFuture connect = cb.handler(NoOpHandler.INSTANCE).connect(server.localAddress());
            ChannelFuture write =
                    connect.channel().writeAndFlush(Unpooled.copiedBuffer("x", StandardCharsets.US_ASCII));
            if (write.await().isSuccess()) {
                assertThat(Await.next(log.read)).isEqualTo('x');
            } else {
                assertThat(write.cause()).isInstanceOfAny(NotYetConnectedException.class, ClosedChannelException.class);
            }
            connect.channel().close().sync();
            server.close().sync();
        });
    }
}
