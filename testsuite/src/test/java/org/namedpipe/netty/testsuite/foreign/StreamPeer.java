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
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeConnectPolicy;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.PipePair;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.win32.WindowsException;

/** The base of tests that exchange byte streams with a peer. */
abstract class StreamPeer {
    private static final String[] SIZES = {"1", "100", "65536", "2000000", "7"};
    private static final int TOTAL = 2_065_644;
    private static final int HALF = 1_000_000;
    private static final int LONG = 8_000_000;

    private final NamedPipeAddress name = Names.fresh();
    private final TestLoops loops = new TestLoops(WindowsKernel.instance());
    private final EventLoopGroup group = loops.group(1);

    /** Starts the peer with {@code serve-bytes PATH} or {@code echo-bytes PATH SIZE...}. */
    abstract ForeignProcess start(String... command) throws IOException;

    @AfterEach
    void close() {
        loops.close();
    }

    private ForeignProcess echoOf(String... sizes) throws IOException {
        String[] command = new String[2 + sizes.length];
        command[0] = "echo-bytes";
        command[1] = name.path();
        System.arraycopy(sizes, 0, command, 2, sizes.length);
        return start(command);
    }

    private BlockingQueue<SummingEcho> serve(long limit) throws Exception {
        BlockingQueue<SummingEcho> accepted = new LinkedBlockingQueue<>();
        Await.get(Boot.server(group, () -> {
                    SummingEcho echo = new SummingEcho(limit);
                    accepted.add(echo);
                    return echo;
                })
                .bind(name));
        return accepted;
    }

    private Bootstrap client(PipePair.End end) {
        return Boot.client(group, () -> end)
                .option(NamedPipeChannelOption.CONNECT_POLICY, NamedPipeConnectPolicy.WAIT_FOR_SERVER);
    }

    private Channel connect(Bootstrap client) throws Exception {
        ChannelFuture connected = client.connect(name);
        Await.get(connected);
        return connected.channel();
    }

    @Test
    void foreignClientsAreServed() throws Exception {
        BlockingQueue<SummingEcho> accepted = serve(Long.MAX_VALUE);
        for (List<String> sizes : List.of(List.of(SIZES), List.of("1"), Collections.nCopies(300, "1000"))) {
            try (ForeignProcess peer = echoOf(sizes.toArray(new String[0]))) {
                String sum = Await.get(Await.next(accepted).whole());

                assertThat(peer.line()).endsWith(sum);
                assertThat(sum)
                        .startsWith(sizes.stream().mapToInt(Integer::parseInt).sum() + " bytes, ");
            }
        }
    }

    @Test
    void foreignServerServes() throws Exception {
        byte[] sent = new byte[TOTAL];
        new SplittableRandom(1).nextBytes(sent);
        Sum sum = new Sum();
        PipePair.End end = new PipePair.End();
        try (ForeignProcess peer = start("serve-bytes", name.path())) {
            Channel channel = connect(client(end));
            for (int from = 0, size = 1; from < TOTAL; from += size, size = Math.min(3 * size, TOTAL - from)) {
                channel.write(Unpooled.wrappedBuffer(sent, from, size));
            }
            channel.flush();
            while (sum.bytes() < TOTAL) {
                sum.add(end.read());
            }
            Sum expected = new Sum();
            expected.add(sent);
            assertThat(sum.ofBytes()).isEqualTo(expected.ofBytes());

            Await.get(channel.close());
            assertThat(peer.line()).endsWith(expected.ofBytes());
        }
    }

    @Test
    void foreignClientIsKilledDuringAStream() throws Exception {
        BlockingQueue<SummingEcho> accepted = serve(HALF);
        try (ForeignProcess peer = echoOf("1", "" + LONG)) {
            SummingEcho first = Await.next(accepted);
            // The client cannot have finished: the server stops reading early, and one read takes at most 2 MiB.
            Channel channel = Await.get(first.stopped());
            peer.kill();
            channel.config().setAutoRead(true);

            assertThat(Await.get(first.whole())).doesNotStartWith(1 + LONG + " bytes");
            Await.get(channel.closeFuture());
        }
        try (ForeignProcess next = echoOf("1000")) {
            assertThat(next.line()).endsWith(Await.get(Await.next(accepted).whole()));
        }
    }

    @Test
    void foreignServerIsKilledDuringAStream() throws Exception {
        PipePair.End end = new PipePair.End();
        try (ForeignProcess peer = start("serve-bytes", name.path())) {
            // The client does not read, so the server's writes block, and the server stops reading.
            Channel channel = connect(client(end).option(ChannelOption.AUTO_READ, false));
            Await.get(channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[1000])));
            channel.read();
            assertThat(end.read()).isNotEmpty();
            ChannelFuture tooMuch = channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[50_000_000]));
            peer.kill();

            assertThat(tooMuch.awaitUninterruptibly().cause()).isInstanceOf(WindowsException.class);
            channel.config().setAutoRead(true);
            Await.get(channel.closeFuture());
        }
    }
}
