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
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.JnaKernel;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.RawClient;
import org.namedpipe.netty.testing.TestLoops;

class AcceptIT {
    private final Kernel kernel = JnaKernel.instance();
    private final NamedPipeAddress name = Names.fresh();

    @Test
    void fiveHundredAtOnceFindFourInstances() throws Exception {
        int clients = 500;
        try (TestLoops loops = new TestLoops(kernel)) {
            CountDownLatch accepted = new CountDownLatch(clients);
            Await.get(Boot.server(loops.group(2), () -> new CountActive(accepted))
                    .option(ChannelOption.SO_BACKLOG, 4)
                    .bind(name));
            Bootstrap bootstrap = Boot.client(loops.group(2), ChannelInboundHandlerAdapter::new);
            List<ChannelFuture> connects = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                connects.add(bootstrap.connect(name));
            }
            for (ChannelFuture connect : connects) {
                Await.get(connect);
            }
            Await.done(accepted);
        }
    }

    @Test
    void clientsThatLeaveAtOnceHarmNobody() throws Exception {
        int hasty = 200;
        try (TestLoops loops = new TestLoops(kernel)) {
            EventLoopGroup group = loops.group(1);
            Collect collect = new Collect(hasty);
            Await.get(Boot.server(group, () -> collect).bind(name));
            for (int i = 0; i < hasty; i++) {
                try (RawClient client = RawClient.open(kernel, name.path())) {
                    if (i % 2 == 0) {
                        client.write("x");
                    }
                }
            }
            Await.done(collect.left);
            assertThat(collect.received).hasSize(hasty / 2).containsOnly("x");
            assertThat(collect.errors).isEmpty();

            ChannelFuture patient =
                    Boot.client(group, ChannelInboundHandlerAdapter::new).connect(name);
            Await.get(patient);
            patient.channel().writeAndFlush(Unpooled.copiedBuffer("patient", StandardCharsets.US_ASCII));
            assertThat(Await.next(collect.late)).isEqualTo("patient");
        }
    }

    /** What was left in the pipe by a client that wrote and closed before the server looked is not lost. */
    @Test
    void bytesOfAClientThatLeftBeforeItWasAcceptedAreRead() throws Exception {
        try (TestLoops loops = new TestLoops(kernel)) {
            Collect collect = new Collect(1);
            ChannelFuture server = Boot.server(loops.group(1), () -> collect)
                    .option(ChannelOption.AUTO_READ, false)
                    .bind(name);
            Await.get(server);
            try (RawClient client = RawClient.open(kernel, name.path())) {
                client.write("left behind");
            }
            assertThat(collect.received).isEmpty();
            server.channel().read();
            Await.done(collect.left);
            assertThat(collect.received).containsExactly("left behind");
        }
    }

    private static final class CountActive extends ChannelInboundHandlerAdapter {
        private final CountDownLatch active;

        CountActive(CountDownLatch active) {
            this.active = active;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            active.countDown();
        }
    }

    @Sharable
    private static final class Collect extends SimpleChannelInboundHandler<ByteBuf> {
        final Queue<String> received = new ConcurrentLinkedQueue<>();
        final BlockingQueue<String> late = new LinkedBlockingQueue<>();
        final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        final CountDownLatch left;

        Collect(int expected) {
            left = new CountDownLatch(expected);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
            (left.getCount() == 0 ? late : received).add(message.toString(StandardCharsets.US_ASCII));
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            left.countDown();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            errors.add(cause);
        }
    }
}
