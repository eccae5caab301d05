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

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.PipePair;

/** Waits until the peer has read everything, on any kernel. */
abstract class AbstractDrainAndLingerTest {
    /** More bytes than the quotas, so that the last part pends. */
    private static final int MUCH = 300_000;

    protected abstract Kernel kernel();

    /** Connects a client without auto-read. */
    private PipePair pipe(int lingerSeconds) throws Exception {
        return new PipePair(
                kernel(),
                s -> s.childOption(ChannelOption.SO_LINGER, lingerSeconds),
                c -> c.option(ChannelOption.AUTO_READ, false));
    }

    private static int readAll(PipePair.End end) throws InterruptedException {
        end.channel().config().setAutoRead(true);
        int total = 0;
        while (true) {
            Object event = Await.next(end.events);
            if (!(event instanceof byte[] bytes)) {
                assertThat(event).isEqualTo("inactive");
                return total;
            }
            total += bytes.length;
        }
    }

    @Test
    void aDrainCompletesWhenThePeerHasReadEverything() throws Exception {
        try (PipePair pipe = pipe(-1)) {
            for (int length : new int[] {1, MUCH}) {
                pipe.server.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[length]));
                ChannelFuture drained = pipe.server.channel().drain(0);
                assertThat(drained.await(20)).isFalse();
                for (int left = length; left > 0; ) {
                    pipe.client.channel().read();
                    left -= pipe.client.read().length;
                }
                Await.get(drained);
            }
        }
    }

    @Test
    void aDrainThatTimesOutLeavesTheChannelOpen() throws Exception {
        try (PipePair pipe = pipe(-1)) {
            pipe.server.channel().writeAndFlush(Unpooled.copyInt(1));
            assertThat(Await.failure(pipe.server.channel().drain(20)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("20 ms");
            ChannelFuture later = pipe.server.channel().drain(0);
            pipe.client.channel().read();
            assertThat(pipe.client.read()).hasSize(4);
            Await.get(later);
            assertThat(pipe.server.channel().isActive()).isTrue();
        }
    }

    @Test
    void closingEndsADrain() throws Exception {
        try (PipePair pipe = pipe(-1)) {
            Await.get(pipe.server.channel().writeAndFlush(Unpooled.copyInt(1)));
            ChannelFuture drained = pipe.server.channel().drain(0);
            assertThat(drained.await(20)).isFalse();
            Await.get(pipe.server.channel().close());
            assertThat(drained.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(drained.isSuccess()).isFalse();
            assertThat(readAll(pipe.client)).isEqualTo(4);
        }
    }

    @Test
    void aPeerThatClosesEndsADrain() throws Exception {
        try (PipePair pipe = pipe(-1)) {
            Await.get(pipe.server.channel().writeAndFlush(Unpooled.copyInt(1)));
            ChannelFuture drained = pipe.server.channel().drain(0);
            pipe.client.channel().close();
            // The order of the close and of the flush decides if the drain succeeds.
            assertThat(drained.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aCloseLingersUntilEverythingIsRead() throws Exception {
        try (PipePair pipe = pipe(60)) {
            ChannelFuture written = pipe.server.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[MUCH]));
            ChannelFuture closed = pipe.server.channel().close();
            assertThat(Await.failure(pipe.server.channel().writeAndFlush(Unpooled.copyInt(1))))
                    .isInstanceOf(ClosedChannelException.class);
            assertThat(closed.isDone()).isFalse();
            assertThat(readAll(pipe.client)).isEqualTo(MUCH);
            Await.get(closed);
            Await.get(written);
        }
    }

    @Test
    void aCloseLingersNoLongerThanSoLinger() throws Exception {
        try (PipePair pipe = pipe(1)) {
            ChannelFuture written = pipe.server.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[MUCH]));
            Await.get(pipe.server.channel().close());
            assertThat(Await.failure(written)).isInstanceOf(ClosedChannelException.class);
        }
    }

    @Test
    void disconnectAndDiscardDiscardsUnreadBytes() throws Exception {
        try (PipePair pipe = pipe(-1)) {
            assertThat(Await.failure(pipe.client.channel().disconnectAndDiscard()))
                    .isInstanceOf(UnsupportedOperationException.class);
            Await.get(pipe.server.channel().writeAndFlush(Unpooled.copyInt(1)));
            Await.get(pipe.server.channel().disconnectAndDiscard());
            assertThat(pipe.server.channel().isOpen()).isFalse();
            assertThat(readAll(pipe.client)).isZero();
        }
    }
}
