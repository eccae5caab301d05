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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testkit.SimulatedKernel;

class AutoReadLoadTest {
    private static final int BYTES = 2 * 1024 * 1024;
    private static final int CHUNK = 16 * 1024;
    private static final int TOGGLES = 10_000;

    @Test
    void noByteIsLostWhileAnotherThreadSwitchesAutoRead() throws Exception {
        SimulatedKernel kernel = new SimulatedKernel();
        NamedPipeAddress name = NamedPipeAddress.of("toggled");
        Sum sum = new Sum();
        try (TestLoops loops = new TestLoops(kernel)) {
            Await.get(Boot.server(loops.group(1), () -> sum).bind(name));
            ChannelFuture connected = Boot.client(loops.group(1)).connect(name);
            Await.get(connected);
            Channel reader = Await.next(sum.channels);
            for (int i = 0; i < BYTES / CHUNK; i++) {
                byte[] chunk = new byte[CHUNK];
                chunk[0] = (byte) i;
                connected.channel().writeAndFlush(Unpooled.wrappedBuffer(chunk));
            }
            for (int i = 0; i < TOGGLES; i++) {
                reader.config().setAutoRead(i % 2 == 0);
            }
            reader.config().setAutoRead(true);
            Await.done(sum.done);
            assertThat(sum.inOrder).isTrue();
        }
        kernel.assertAllGone();
    }

    private static final class Sum extends SimpleChannelInboundHandler<ByteBuf> {
        final BlockingQueue<Channel> channels = new LinkedBlockingQueue<>();
        final CountDownLatch done = new CountDownLatch(1);
        volatile boolean inOrder = true;
        private int got;

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            channels.add(ctx.channel());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
            while (message.isReadable()) {
                byte expected = got % CHUNK == 0 ? (byte) (got / CHUNK) : 0;
                inOrder &= message.readByte() == expected;
                got++;
            }
            if (got == BYTES) {
                done.countDown();
            }
        }
    }
}
