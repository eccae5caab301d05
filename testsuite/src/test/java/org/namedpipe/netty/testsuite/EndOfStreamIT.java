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
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.namedpipe.netty.testing.Await;

/** Replaces the parts of {@code SocketHalfClosedTest} that need no half-closure: all data is read before the end of stream. */
class EndOfStreamIT extends PermutedPipeTest {
    @Test
    void allDataIsReadBeforeTheEnd(TestInfo test) throws Throwable {
        run(test, (server, client) -> allDataIsReadBeforeTheEnd(server, client, true));
    }

    @Test
    void allDataIsReadBeforeTheEndWithoutAutoRead(TestInfo test) throws Throwable {
        run(test, (server, client) -> allDataIsReadBeforeTheEnd(server, client, false));
    }

    private static void allDataIsReadBeforeTheEnd(ServerBootstrap sb, Bootstrap cb, boolean autoRead) throws Exception {
        int total = 16 * 1024;
        // Without auto-read, Netty's allocators stop after one read.
        int readsPerLoop = autoRead ? 2 : 1;
        Channel server = sb.childHandler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        ctx.writeAndFlush(ctx.alloc().buffer(total).writeZero(total))
                                .addListener(ChannelFutureListener.CLOSE);
                    }
                })
                .bind()
                .sync()
                .channel();
        ReadCounter counter = new ReadCounter();
        Channel client = cb.option(ChannelOption.AUTO_READ, autoRead)
                // One byte per read.
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(1).maxMessagesPerRead(readsPerLoop))
                .handler(counter)
                .connect(server.localAddress())
                .sync()
                .channel();
        client.read();
        Await.done(counter.inactive);
        assertThat(counter.bytes).isEqualTo(total);
        assertThat(counter.readCompletes).isLessThan(total / readsPerLoop + 10);
        assertThat(counter.others).isEmpty();
        server.close().sync();
    }

    /** Used on the client's loop only, until the latch is open. */
    private static final class ReadCounter extends ChannelInboundHandlerAdapter {
        final CountDownLatch inactive = new CountDownLatch(1);
        final BlockingQueue<Object> others = new LinkedBlockingQueue<>();
        int bytes;
        int readCompletes;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf buffer = (ByteBuf) message;
            bytes += buffer.readableBytes();
            buffer.release();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            readCompletes++;
            if (!ctx.channel().config().isAutoRead()) {
                ctx.read();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            inactive.countDown();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            others.add(event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            others.add(cause);
        }
    }

    /** Without AUTO_CLOSE, a failed write shuts down output only: data that the peer wrote before it closed can be read. */
    @Test
    void failedWriteWithoutAutoCloseDoesNotAffectReading(TestInfo test) throws Throwable {
        run(test, EndOfStreamIT::failedWriteWithoutAutoCloseDoesNotAffectReading);
    }

    private static void failedWriteWithoutAutoCloseDoesNotAffectReading(ServerBootstrap sb, Bootstrap cb)
            throws Exception {
        int total = 100;
        CountDownLatch left = new CountDownLatch(1);
        Channel server = sb.childHandler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        ctx.writeAndFlush(ctx.alloc().buffer(total).writeZero(total))
                                .addListener(ChannelFutureListener.CLOSE);
                        ctx.channel().closeFuture().addListener(closed -> left.countDown());
                    }
                })
                .bind()
                .sync()
                .channel();
        ReadCounter counter = new ReadCounter();
        Channel client = cb.option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.AUTO_READ, false)
                .handler(counter)
                .connect(server.localAddress())
                .sync()
                .channel();
        Await.done(left);
        assertThat(client.writeAndFlush(Unpooled.copyInt(1)).await().cause()).isInstanceOf(IOException.class);
        assertThat(Await.next(counter.others)).isInstanceOf(ChannelOutputShutdownEvent.class);
        assertThat(client.isActive()).isTrue();
        assertThat(client.writeAndFlush(Unpooled.copyInt(2)).await().cause()).isInstanceOf(IOException.class);

        client.read();
        Await.done(counter.inactive);
        assertThat(counter.bytes).isEqualTo(total);
        assertThat(counter.others).doesNotContain(ChannelInputShutdownEvent.INSTANCE);
        server.close().sync();
    }
}
