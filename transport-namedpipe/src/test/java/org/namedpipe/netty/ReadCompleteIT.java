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
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Echo;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;

/** {@code channelReadComplete} comes when the pipe is empty, for frames and buffers of all sizes. */
class ReadCompleteIT {

    static Stream<Arguments> framesAndBuffers() {
        int quota = 4096;
        return Stream.of(1, quota - 1, quota, quota + 1, 10 * quota, 100 * quota)
                .flatMap(frame -> Stream.of(16, quota, 64 * 1024).map(buffer -> Arguments.of(quota, frame, buffer)));
    }

    @ParameterizedTest(name = "quota {0}, frame {1}, read buffer {2}")
    @MethodSource("framesAndBuffers")
    void anEchoThatFlushesInChannelReadCompleteDoesNotStall(int quota, int frame, int buffer) throws Exception {
        RecvByteBufAllocator allocator = new FixedRecvByteBufAllocator(buffer);
        BlockingQueue<Integer> echoed = new LinkedBlockingQueue<>();
        try (TestLoops loops = new TestLoops(WindowsKernel.instance())) {
            NamedPipeAddress name = Names.fresh();
            Await.get(Boot.server(loops.group(1), () -> Echo.INSTANCE)
                    .option(ChannelOption.SO_RCVBUF, quota)
                    .option(ChannelOption.SO_SNDBUF, quota)
                    .childOption(ChannelOption.RECVBUF_ALLOCATOR, allocator)
                    .bind(name));
            Channel client = Await.channel(Boot.client(loops.group(1), () -> new CountBytes(frame, echoed))
                    .connect(name));
            for (int round = 0; round < 3; round++) {
                client.writeAndFlush(Unpooled.wrappedBuffer(new byte[frame]));
                assertThat(Await.next(echoed)).isEqualTo(frame);
            }
        }
    }

    private static final class CountBytes extends SimpleChannelInboundHandler<ByteBuf> {
        private final int frame;
        private final BlockingQueue<Integer> echoed;
        private int got;

        CountBytes(int frame, BlockingQueue<Integer> echoed) {
            this.frame = frame;
            this.echoed = echoed;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
            got += message.readableBytes();
            if (got >= frame) {
                echoed.add(got);
                got = 0;
            }
        }
    }
}
