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
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.namedpipe.netty.testing.Await;

/** Replaces {@code ServerSocketSuspendTest} and {@code SocketCloseForciblyTest}, which need sockets. */
class ServerSuspendIT extends PermutedPipeTest {
    private static final int CLIENTS = 10;

    @Test
    void clientsOfASuspendedServerAreAcceptedOnceItResumes(TestInfo test) throws Throwable {
        run(test, ServerSuspendIT::clientsOfASuspendedServerAreAcceptedOnceItResumes);
    }

    private static void clientsOfASuspendedServerAreAcceptedOnceItResumes(ServerBootstrap sb, Bootstrap cb)
            throws Exception {
        Accepted accepted = new Accepted();
        Channel server = sb.option(ChannelOption.SO_BACKLOG, CLIENTS)
                .option(ChannelOption.AUTO_READ, false)
                .childHandler(accepted)
                .bind()
                .sync()
                .channel();
        cb.handler(NoOpHandler.INSTANCE);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < CLIENTS; i++) {
                cb.connect(server.localAddress()).sync();
            }
            assertThat(accepted.channels).isEmpty();
            server.config().setAutoRead(true);
            for (int i = 0; i < CLIENTS; i++) {
                Await.next(accepted.channels).close().sync();
            }
            server.config().setAutoRead(false);
            // Waits until the server's loop has seen the change.
            server.eventLoop().submit(() -> {}).sync();
        }
        server.close().sync();
    }

    @Test
    void suspendedServerAcceptsOncePerRead(TestInfo test) throws Throwable {
        run(test, ServerSuspendIT::suspendedServerAcceptsOncePerRead);
    }

    private static void suspendedServerAcceptsOncePerRead(ServerBootstrap sb, Bootstrap cb) throws Exception {
        Accepted accepted = new Accepted();
        Channel server = sb.option(ChannelOption.SO_BACKLOG, 1)
                .option(ChannelOption.AUTO_READ, false)
                .childHandler(accepted)
                .bind()
                .sync()
                .channel();
        cb.handler(NoOpHandler.INSTANCE);
        for (int i = 0; i < CLIENTS; i++) {
            cb.connect(server.localAddress()).sync();
            assertThat(accepted.channels).isEmpty();
            server.read();
            Await.next(accepted.channels).close().sync();
        }
        server.close().sync();
    }

    @Test
    void clientIsClosedIfTheServerClosesItForcibly(TestInfo test) throws Throwable {
        run(test, ServerSuspendIT::clientIsClosedIfTheServerClosesItForcibly);
    }

    private static void clientIsClosedIfTheServerClosesItForcibly(ServerBootstrap sb, Bootstrap cb) throws Exception {
        Channel server = sb.handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object child) {
                        ((Channel) child).unsafe().closeForcibly();
                    }
                })
                .childHandler(NoOpHandler.INSTANCE)
                .bind()
                .sync()
                .channel();
        Channel client =
                cb.handler(NoOpHandler.INSTANCE).connect(server.localAddress()).channel();
        Await.get(client.closeFuture());
        server.close().sync();
    }

    @ChannelHandler.Sharable
    private static final class Accepted extends ChannelInboundHandlerAdapter {
        final BlockingQueue<Channel> channels = new LinkedBlockingQueue<>();

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            channels.add(ctx.channel());
        }
    }
}
