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
package org.namedpipe.netty.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Echo;
import org.namedpipe.netty.testing.Names;

/** Measures an echo over a pipe and over TCP, each with one connection and one outstanding message. */
class ShortBenchmark {
    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);

    @Test
    void echo(TestReporter reporter) throws Exception {
        for (int size : new int[] {64, 64 * 1024}) {
            double pipe = measure(true, size, reporter);
            double tcp = measure(false, size, reporter);
            reporter.publishEntry("pipe / TCP, " + size + " bytes", String.format(Locale.ROOT, "%.2f", pipe / tcp));
        }
    }

    private static double measure(boolean pipe, int size, TestReporter reporter) throws Exception {
        IoHandlerFactory handlers = pipe ? IocpIoHandler.newFactory() : NioIoHandler.newFactory();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, handlers);
        try {
            Class<? extends ServerChannel> serverType =
                    pipe ? NamedPipeServerChannel.class : NioServerSocketChannel.class;
            SocketAddress address = pipe ? Names.fresh() : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            Channel server = new ServerBootstrap()
                    .group(group)
                    .channel(serverType)
                    .childHandler(initializer(Echo.INSTANCE))
                    .bind(address)
                    .sync()
                    .channel();
            PingPong pingPong = new PingPong(size);
            new Bootstrap()
                    .group(group)
                    .channel(pipe ? NamedPipeChannel.class : NioSocketChannel.class)
                    .handler(initializer(pingPong))
                    .connect(server.localAddress())
                    .sync();
            double[] rates = rates(pingPong);
            publish(pipe ? "pipe" : "TCP", size, rates, reporter);
            return median(rates);
        } finally {
            Await.get(group.shutdownGracefully(0, 10, TimeUnit.SECONDS));
        }
    }

    private static ChannelInitializer<Channel> initializer(ChannelHandler handler) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(handler);
            }
        };
    }

    /** Returns the round trips per second of each round, after a warm-up round. */
    private static double[] rates(PingPong pingPong) throws InterruptedException {
        double[] rates = new double[ROUNDS];
        Await.next(pingPong.rates);
        for (int i = 0; i < ROUNDS; i++) {
            rates[i] = Await.next(pingPong.rates);
            assertThat(rates[i]).isPositive();
        }
        return rates;
    }

    private static double median(double[] rates) {
        double[] sorted = rates.clone();
        Arrays.sort(sorted);
        return sorted[ROUNDS / 2];
    }

    private static void publish(String transport, int size, double[] rates, TestReporter reporter) {
        double median = median(rates);
        reporter.publishEntry(
                transport + ", " + size + " bytes",
                String.format(
                        Locale.ROOT,
                        "%,.0f round trips/s, %,.1f MiB/s each way (median of %s)",
                        median,
                        median * size / (1024 * 1024),
                        Arrays.toString(
                                Arrays.stream(rates).mapToLong(Math::round).toArray())));
    }

    /** Sends a message, waits for its complete echo, and sends the next one. */
    private static final class PingPong extends SimpleChannelInboundHandler<ByteBuf> {
        final BlockingQueue<Double> rates = new LinkedBlockingQueue<>();
        private final int size;
        private int received;
        private long roundTrips;
        private long start;

        PingPong(int size) {
            this.size = size;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            start = System.nanoTime();
            send(ctx);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
            received += message.readableBytes();
            if (received == size) {
                received = 0;
                count();
                send(ctx);
            }
        }

        private void count() {
            roundTrips++;
            long time = System.nanoTime() - start;
            if (time >= ROUND_NANOS) {
                rates.add(roundTrips * 1e9 / time);
                roundTrips = 0;
                start += time;
            }
        }

        private void send(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(ctx.alloc().buffer(size).writeZero(size));
        }
    }
}
