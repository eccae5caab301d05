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
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;

/** Tests that a loop shuts down in time with outstanding operations, and closes its channels. */
class ShutdownIT {
    private final TestLoops loops = new TestLoops(WindowsKernel.instance());
    private final EventLoopGroup group = loops.group(1);
    private final TestLoops peerLoops = new TestLoops(WindowsKernel.instance());
    private final EventLoopGroup peers = peerLoops.group(1);
    private final NamedPipeAddress address = Names.fresh();
    private final EventLog log = new EventLog();

    /** The thread that requests the shutdown. */
    private enum From {
        OUTSIDE,
        /** In this case Netty's loop does not call {@code prepareToDestroy} of its handler. */
        A_TASK
    }

    @AfterEach
    void shutDownPeers() {
        peerLoops.close();
    }

    @ParameterizedTest
    @EnumSource
    void whileAReadIsPending(From from) throws Exception {
        bindPeer(true);
        client().connect(address).sync();
        awaitPendingOperations(1);

        shutDown(from);
        assertThat(log.events).containsExactly("registered", "active", "inactive", "unregistered");
    }

    @ParameterizedTest
    @EnumSource
    void whileAWriteIsBlockedByAPeerThatDoesNotRead(From from) throws Exception {
        bindPeer(false);
        Channel client = client().connect(address).sync().channel();
        ChannelFuture write = client.writeAndFlush(Unpooled.directBuffer().writeZero(1024 * 1024));
        awaitPendingOperations(2);

        shutDown(from);
        assertThat(log.events).containsExactly("registered", "active", "inactive", "unregistered");
        assertThat(write.await().cause()).isInstanceOf(ClosedChannelException.class);
    }

    @ParameterizedTest
    @EnumSource
    void whileAConnectWaitsForAFreeInstance(From from) throws Exception {
        Boot.server(peers, ChannelInboundHandlerAdapter::new)
                .option(ChannelOption.SO_BACKLOG, 1)
                .option(ChannelOption.AUTO_READ, false)
                .bind(address)
                .sync();
        Boot.client(peers, ChannelInboundHandlerAdapter::new).connect(address).sync();
        ChannelFuture connect = client().connect(address);
        assertThat(Await.next(log.events)).isEqualTo("registered");

        shutDown(from);
        assertThat(log.events).containsExactly("unregistered");
        assertThat(connect.await().cause()).isInstanceOf(ClosedChannelException.class);
    }

    @ParameterizedTest
    @EnumSource
    void whileAServerListens(From from) throws Exception {
        Boot.server(group, peers, ChannelInboundHandlerAdapter::new)
                .option(ChannelOption.SO_BACKLOG, 3)
                .handler(log)
                .bind(address)
                .sync();
        awaitPendingOperations(3);

        shutDown(from);
        assertThat(log.events).containsExactly("registered", "active", "inactive", "unregistered");
        assertThat(Boot.client(peers, ChannelInboundHandlerAdapter::new)
                        .connect(address)
                        .await()
                        .isSuccess())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void withBothEndsAndTheServerOnTheLoop(From from) throws Exception {
        Boot.server(group, () -> log)
                .option(ChannelOption.SO_BACKLOG, 1)
                .bind(address)
                .sync();
        Boot.client(group, ChannelInboundHandlerAdapter::new).connect(address).sync();
        awaitPendingOperations(3);

        shutDown(from);
        assertThat(log.events).containsExactly("registered", "active", "inactive", "unregistered");
    }

    private void bindPeer(boolean reads) {
        Boot.server(peers, ChannelInboundHandlerAdapter::new)
                .childOption(ChannelOption.AUTO_READ, reads)
                .bind(address)
                .syncUninterruptibly();
    }

    private Bootstrap client() {
        return Boot.client(group, () -> log);
    }

    private void awaitPendingOperations(int count) {
        Await.until(() -> loops.pendingOperations() == count);
    }

    private void shutDown(From from) throws InterruptedException {
        switch (from) {
            case OUTSIDE -> group.shutdownGracefully(0, 1, TimeUnit.MINUTES);
            case A_TASK -> group.execute(() -> group.shutdownGracefully(0, 1, TimeUnit.MINUTES));
        }
        assertThat(group.awaitTermination(600, TimeUnit.MILLISECONDS))
                .as("terminated within 600 ms")
                .isTrue();
        loops.close();
    }
}
