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
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Echo;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;

/** Each accepted channel is on one loop of the child group. */
class ManyConnectionsIT {
    private static final int CONNECTIONS = 1000;
    private static final int ROUNDS = 5;

    private final OwnLoopOnly ownLoopOnly = new OwnLoopOnly();

    @Test
    void everyEventOfAnAcceptedChannelIsOnItsOwnLoop() throws Exception {
        try (TestLoops loops = new TestLoops(WindowsKernel.instance())) {
            EventLoopGroup boss = loops.group(2);
            EventLoopGroup workers = loops.group(4);
            EventLoopGroup clients = loops.group(1);
            NamedPipeAddress name = Names.fresh();
            Channel server = Await.channel(Boot.server(boss, workers, () -> ownLoopOnly)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel child) {
                            child.pipeline().addLast(ownLoopOnly, Echo.INSTANCE);
                        }
                    })
                    .bind(name));

            CountDownLatch echoed = new CountDownLatch(CONNECTIONS);
            Bootstrap connect = Boot.client(clients, () -> new PingPong(echoed));
            for (int i = 0; i < CONNECTIONS; i++) {
                connect.connect(name);
            }
            Await.done(echoed);

            assertThat(ownLoopOnly.violations).isEmpty();
            assertThat(ownLoopOnly.children).hasSize(CONNECTIONS);
            assertThat(ownLoopOnly.children.stream().map(Channel::eventLoop).collect(Collectors.toSet()))
                    .hasSize(4)
                    .doesNotContain(server.eventLoop());
        }
    }

    /** Sends one byte at a time, and the next one after its echo. */
    private static final class PingPong extends SimpleChannelInboundHandler<ByteBuf> {
        private final CountDownLatch echoed;
        private int rounds;

        PingPong(CountDownLatch echoed) {
            this.echoed = echoed;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {1}));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
            if (++rounds == ROUNDS) {
                echoed.countDown();
            } else {
                ctx.writeAndFlush(message.retain());
            }
        }
    }

    @Sharable
    private static final class OwnLoopOnly extends ChannelDuplexHandler {
        final Queue<String> violations = new ConcurrentLinkedQueue<>();
        final Queue<Channel> children = new ConcurrentLinkedQueue<>();

        private void check(ChannelHandlerContext ctx, String event) {
            if (!ctx.channel().eventLoop().inEventLoop()) {
                violations.add(event + " of " + ctx.channel() + " on " + Thread.currentThread());
            }
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            check(ctx, "active");
            children.add(ctx.channel());
            ctx.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            check(ctx, "read");
            ctx.fireChannelRead(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            check(ctx, "readComplete");
            ctx.fireChannelReadComplete();
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            check(ctx, "write");
            promise.addListener(future -> check(ctx, "write's end"));
            ctx.write(message, promise);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            check(ctx, "inactive");
            ctx.fireChannelInactive();
        }
    }
}
