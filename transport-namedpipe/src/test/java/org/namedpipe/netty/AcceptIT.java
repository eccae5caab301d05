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
import static org.namedpipe.netty.testing.TestBytes.text;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
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
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.RawClient;
import org.namedpipe.netty.testing.TestLoops;

class AcceptIT {
    private final Kernel kernel = WindowsKernel.instance();
    private final NamedPipeAddress name = Names.fresh();

    @Test
    void fiveHundredClientsConnectToFourInstances() throws Exception {
        int clients = 500;
        try (TestLoops loops = new TestLoops(kernel)) {
            BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
            Await.get(Boot.server(loops.group(2), accepted)
                    .option(ChannelOption.SO_BACKLOG, 4)
                    .bind(name));
            Bootstrap bootstrap = Boot.client(loops.group(2));
            List<ChannelFuture> connects = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                connects.add(bootstrap.connect(name));
            }
            for (ChannelFuture connect : connects) {
                Await.get(connect);
            }
            for (int i = 0; i < clients; i++) {
                Await.next(accepted);
            }
        }
    }

    @Test
    void clientsThatCloseAtOnceAreReadAndDoNoHarm() throws Exception {
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

            Await.channel(Boot.client(group).connect(name)).writeAndFlush(text("patient"));
            assertThat(Await.next(collect.late)).isEqualTo("patient");
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
