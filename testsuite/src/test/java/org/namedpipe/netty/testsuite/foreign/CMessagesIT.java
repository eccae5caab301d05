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
package org.namedpipe.netty.testsuite.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeConnectPolicy;
import org.namedpipe.netty.NamedPipeMode;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Echo;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.PipePair;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.win32.WindowsException;

/** Exchanges messages with a peer in C, which reads 4096 bytes at a time and assembles longer messages. */
@NeedsPeer(ForeignPeer.C)
class CMessagesIT {
    private static final int[] SIZES = {1, 4095, 4096, 4097, 0, 65_536, 0, 0, 300_000, 2};
    private static final int[] NONZERO_SIZES = {1, 4095, 4096, 4097, 65_536, 300_000, 2};

    private final NamedPipeAddress name = Names.fresh();
    private final TestLoops loops = new TestLoops(WindowsKernel.instance());
    private final EventLoopGroup group = loops.group(1);

    @AfterEach
    void close() {
        loops.close();
    }

    private ForeignProcess start(String command, int... sizes) throws IOException {
        return ForeignProcess.c(Stream.concat(
                        Stream.of(command, name.path()), IntStream.of(sizes).mapToObj(String::valueOf))
                .toArray(String[]::new));
    }

    private ServerBootstrap server(Supplier<? extends ChannelHandler> handlers) {
        return Boot.server(group, handlers).option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE);
    }

    private NamedPipeChannel connect(PipePair.End end, boolean halves) throws Exception {
        Bootstrap client = Boot.client(group, () -> end)
                .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, halves)
                .option(NamedPipeChannelOption.CONNECT_POLICY, NamedPipeConnectPolicy.WAIT_FOR_SERVER);
        ChannelFuture connected = client.connect(name);
        Await.get(connected);
        return (NamedPipeChannel) connected.channel();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }

    /** Writes a message of each size. */
    private static Sum send(NamedPipeChannel channel, int... sizes) {
        Sum sum = new Sum();
        for (int size : sizes) {
            sum.add(random(size));
            channel.write(Unpooled.wrappedBuffer(random(size)));
        }
        channel.flush();
        return sum;
    }

    @Test
    void foreignClientReceivesEchoedMessages() throws Exception {
        Await.get(server(() -> Echo.INSTANCE).bind(name));
        try (ForeignProcess peer = start("echo-messages", SIZES)) {
            assertThat(peer.line())
                    .startsWith(
                            SIZES.length + " messages, " + IntStream.of(SIZES).sum() + " bytes");
        }
    }

    @Test
    void foreignServerEchoesMessages() throws Exception {
        PipePair.End end = new PipePair.End();
        try (ForeignProcess peer = start("serve-messages")) {
            NamedPipeChannel channel = connect(end, false);
            Sum sum = send(channel, SIZES);
            for (int size : SIZES) {
                assertThat(end.read()).isEqualTo(random(size));
            }
            Await.get(channel.close());

            assertThat(peer.line()).isEqualTo(sum.toString());
        }
    }

    @Test
    void foreignClientReceivesAnAnswerAfterHalfClose() throws Exception {
        Await.get(server(Summing::new)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .bind(name));
        try (ForeignProcess peer = start("send-sum", NONZERO_SIZES)) {
            assertThat(peer.line())
                    .startsWith(NONZERO_SIZES.length + " messages, "
                            + IntStream.of(NONZERO_SIZES).sum() + " bytes");
        }
    }

    /** Answers with the sum of all messages when the client has shut down its output. */
    private static final class Summing extends ChannelInboundHandlerAdapter {
        private final Sum sum = new Sum();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            sum.add(bytes);
            bytes.release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                ctx.writeAndFlush(Unpooled.copiedBuffer(sum.toString(), StandardCharsets.US_ASCII));
            }
        }
    }

    @Test
    void foreignServerAnswersAfterHalfClose() throws Exception {
        PipePair.End end = new PipePair.End();
        try (ForeignProcess peer = start("serve-sum")) {
            NamedPipeChannel channel = connect(end, true);
            Sum sum = send(channel, NONZERO_SIZES);
            channel.shutdownOutput();

            List<Object> events = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                events.add(Await.next(end.events));
            }
            // Wine can queue the packet of the answer before that of the empty message, which the peer has read before.
            assertThat(events.remove((Object) ChannelOutputShutdownEvent.INSTANCE))
                    .isTrue();
            assertThat((byte[]) events.get(0))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo(sum.toString());
            assertThat(events.subList(1, 3))
                    .containsExactly(ChannelInputShutdownEvent.INSTANCE, ChannelInputShutdownReadComplete.INSTANCE);
            Await.get(channel.close());
            assertThat(peer.line()).isEqualTo(sum.toString());
        }
    }

    @Test
    void foreignClientIsKilledBetweenMessages() throws Exception {
        BlockingQueue<PipePair.End> accepted = new LinkedBlockingQueue<>();
        Await.get(server(() -> {
                    PipePair.End end = new PipePair.End();
                    accepted.add(end);
                    return end;
                })
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(1))
                .bind(name));
        // The third message is larger than the quota of the pipe, and is not read.
        try (ForeignProcess peer = start("echo-messages", 100, 200, 10_000_000)) {
            PipePair.End end = Await.next(accepted);
            for (int size : new int[] {100, 200}) {
                end.channel().read();
                assertThat(end.read()).hasSize(size);
            }
            peer.kill();
            end.channel().config().setAutoRead(true);

            assertThat(Await.next(end.events)).isEqualTo("inactive");
        }
    }

    @Test
    void foreignServerIsKilledBetweenMessages() throws Exception {
        PipePair.End end = new PipePair.End();
        try (ForeignProcess peer = start("serve-messages")) {
            NamedPipeChannel channel = connect(end, false);
            send(channel, 1000);
            assertThat(end.read()).hasSize(1000);
            channel.config().setAutoRead(false);
            ChannelFuture tooMuch = channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[50_000_000]));
            peer.kill();

            assertThat(tooMuch.awaitUninterruptibly().cause()).isInstanceOf(WindowsException.class);
            channel.config().setAutoRead(true);
            Await.get(channel.closeFuture());
        }
    }
}
