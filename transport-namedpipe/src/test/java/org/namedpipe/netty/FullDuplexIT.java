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
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;

/** Both ends write more than the pipe holds at the same time. */
class FullDuplexIT {
    private static final long BYTES = 100L * 1024 * 1024;

    @ParameterizedTest(name = "quota of {0} bytes")
    @ValueSource(ints = {512, 64 * 1024, 1024 * 1024})
    void bothEndsWriteHundredMegabytesAtTheSameTime(int quota) throws Exception {
        try (TestLoops loops = new TestLoops(WindowsKernel.instance())) {
            EventLoopGroup group = loops.group(2);
            CountDownLatch received = new CountDownLatch(2);
            Flood server = new Flood(1, received);
            Flood client = new Flood(2, received);
            NamedPipeAddress name = Names.fresh();
            Await.get(Boot.server(group, () -> server)
                    .option(ChannelOption.SO_RCVBUF, quota)
                    .option(ChannelOption.SO_SNDBUF, quota)
                    .bind(name));
            Await.get(Boot.client(group, () -> client).connect(name));
            Await.done(received);
            assertThat(client.in.getValue()).isEqualTo(server.out.getValue());
            assertThat(server.in.getValue()).isEqualTo(client.out.getValue());
        }
    }

    /** Writes random bytes while the channel is writable, and reads as many. */
    private static final class Flood extends SimpleChannelInboundHandler<ByteBuf> {
        final CRC32 in = new CRC32();
        final CRC32 out = new CRC32();
        private final SplittableRandom random;
        private final CountDownLatch received;
        private final byte[] bytes = new byte[200_000];
        private long sent;
        private long got;

        Flood(long seed, CountDownLatch received) {
            random = new SplittableRandom(seed);
            this.received = received;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            send(ctx);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            send(ctx);
        }

        private void send(ChannelHandlerContext ctx) {
            while (sent < BYTES && ctx.channel().isWritable()) {
                random.nextBytes(bytes);
                int length = (int) Math.min(random.nextInt(1, bytes.length), BYTES - sent);
                out.update(bytes, 0, length);
                sent += length;
                ctx.writeAndFlush(ctx.alloc().directBuffer(length).writeBytes(bytes, 0, length));
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
            got += message.readableBytes();
            for (ByteBuffer part : message.nioBuffers()) {
                in.update(part);
            }
            if (got == BYTES) {
                received.countDown();
            }
        }
    }
}
