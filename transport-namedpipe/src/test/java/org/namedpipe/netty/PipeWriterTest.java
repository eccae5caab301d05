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

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.namedpipe.netty.testing.TestBytes.random;
import static org.namedpipe.netty.testing.TestBytes.text;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.Hold;
import org.namedpipe.netty.testkit.OperationKind;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** The calls of {@code WriteFile}, and the time at which writes succeed. */
class PipeWriterTest extends OneThread {
    private final Recorder recorder = new Recorder();

    // ---- calls

    @Test
    void messagesOfOneFlushAreWrittenByOneCall() {
        SimulatedPeer peer = listen();
        Channel client = connect(recorder);
        List<ChannelFuture> writes = new ArrayList<>();
        for (String part : List.of("a", "bc", "", "def")) {
            writes.add(client.write(text(part)));
        }
        settle();
        assertThat(kernel.calls("WriteFile")).as("before the flush").isZero();
        client.flush();
        assertThat(kernel.calls("WriteFile")).isEqualTo(1);
        assertThat(peer.read(64).succeeds().text()).isEqualTo("abcdef");
        assertThat(writes).allMatch(ChannelFuture::isSuccess);
    }

    @Test
    void aLargeMessageBeforeASmallOneIsNotCopied() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connect(recorder);
        ByteBuf large = Unpooled.directBuffer().writeBytes(random(200_000));
        client.write(large);
        client.writeAndFlush(text("small"));
        assertThat(large.refCnt())
                .as("held by the outbound buffer and by the write")
                .isEqualTo(2);
        assertThat(peer.read(200_001).await().bytes()).isEqualTo(200_000);
        settle();
        assertThat(large.refCnt()).isZero();
        assertThat(peer.read(64).await().text()).isEqualTo("small");
    }

    @Test
    void aLargeMessageGoesOutWithTheSmallOneBeforeIt() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connect(recorder);
        ByteBuf large = Unpooled.directBuffer().writeZero(200_000);
        client.write(text("header"));
        client.writeAndFlush(large);
        assertThat(peer.read(200_100).await().bytes()).isEqualTo(200_006);
        settle();
        assertThat(kernel.calls("WriteFile")).isEqualTo(1);
        assertThat(large.refCnt()).isZero();
    }

    @Test
    void oneCallWritesAtMostMaxMessagesPerWrite() {
        SimulatedPeer peer = listen();
        Channel client = connected(client(recorder).option(ChannelOption.MAX_MESSAGES_PER_WRITE, 2));
        for (String part : List.of("1", "2", "3", "4", "5")) {
            client.write(text(part));
        }
        client.flush();
        assertThat(kernel.calls("WriteFile")).isEqualTo(1);
        settle();
        assertThat(kernel.calls("WriteFile")).isEqualTo(3);
        assertThat(peer.read(64).succeeds().text()).isEqualTo("12345");
    }

    static Stream<ByteBuf> buffersOfAllKinds() {
        return Stream.of(
                Unpooled.copiedBuffer("0123456789", ISO_8859_1),
                text("0123456789"),
                text("0123456789").asReadOnly(),
                text("skipped0123456789").skipBytes(7),
                text("cut0123456789").slice(3, 10),
                Unpooled.compositeBuffer().addComponents(true, text("0123"), text("456789")),
                Unpooled.compositeBuffer().addComponents(true, text("0123456789")),
                Unpooled.copiedBuffer("0123456789", ISO_8859_1).asReadOnly());
    }

    @ParameterizedTest
    @MethodSource("buffersOfAllKinds")
    void buffersOfAllKindsAreWrittenAndReleased(ByteBuf buffer) {
        SimulatedPeer peer = listen();
        Channel client = connect(recorder);
        assertThat(client.writeAndFlush(buffer).isSuccess()).isTrue();
        assertThat(peer.read(64).succeeds().text()).isEqualTo("0123456789");
        assertThat(buffer.refCnt()).isZero();
    }

    // ---- messages without bytes

    @Test
    void emptyBuffersSucceedWithoutACall() {
        SimulatedPeer peer = listen();
        Channel client = connect(recorder);
        CompositeByteBuf empties = Unpooled.compositeBuffer().addComponents(true, Unpooled.buffer(), Unpooled.buffer());
        assertThat(client.writeAndFlush(Unpooled.EMPTY_BUFFER).isSuccess()).isTrue();
        assertThat(client.writeAndFlush(Unpooled.directBuffer()).isSuccess()).isTrue();
        assertThat(client.writeAndFlush(empties).isSuccess()).isTrue();
        assertThat(kernel.calls("WriteFile")).isZero();
        client.write(Unpooled.buffer());
        client.write(text("x"));
        client.writeAndFlush(Unpooled.buffer());
        assertThat(peer.read(64).succeeds().text()).isEqualTo("x");
        assertThat(peer.available()).isZero();
    }

    @Test
    void aCancelledWriteAtTheHeadOfTheQueueIsSkipped() {
        SimulatedPeer peer = listen();
        Channel client = connect(recorder);
        ChannelFuture cancelled = client.write(text("never"));
        ChannelFuture kept = client.write(text("kept"));
        assertThat(cancelled.cancel(false)).isTrue();
        client.flush();
        assertThat(kept.isSuccess()).isTrue();
        assertThat(peer.read(64).succeeds().text()).isEqualTo("kept");
    }

    // ---- success

    @Test
    void aWriteSucceedsWhenThePeerHasReadIt() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connect(recorder);
        ChannelFuture write = client.writeAndFlush(text("12345678"));
        settle();
        assertThat(write.isDone()).isFalse();
        peer.read(4).succeeds();
        settle();
        assertThat(write.isDone()).as("half read").isFalse();
        peer.read(4).succeeds();
        settle();
        assertThat(write.isSuccess()).isTrue();
    }

    @Test
    void aChannelBecomesWritableWithThePacketOfItsWrite() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connected(
                client(recorder).option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(100, 200)));
        recorder.take();
        try (Hold hold = kernel.scheduler().hold(OperationKind.WRITE)) {
            ChannelFuture write = client.write(Unpooled.directBuffer().writeZero(201));
            assertThat(client.isWritable()).isFalse();
            client.flush();
            settle();
            assertThat(client.isWritable()).as("submitted").isFalse();
            peer.readFully(201);
            hold.await(1);
            settle();
            assertThat(client.isWritable())
                    .as("read by the peer, without the packet")
                    .isFalse();
            assertThat(write.isDone()).isFalse();
            hold.releaseFirst();
            settle();
            assertThat(client.isWritable()).isTrue();
            assertThat(write.isSuccess()).isTrue();
        }
        assertThat(recorder.take()).containsExactly("unwritable", "writable");
    }

    @Test
    void aFlushDuringAWriteIsWrittenAfterIt() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connect(recorder);
        client.writeAndFlush(text("one"));
        client.writeAndFlush(text("two"));
        client.writeAndFlush(text("three"));
        client.flush();
        assertThat(kernel.calls("WriteFile")).isEqualTo(1);
        assertThat(peer.readFully(3)).asString(ISO_8859_1).isEqualTo("one");
        settle();
        assertThat(peer.readFully(8)).asString(ISO_8859_1).isEqualTo("twothree");
        assertThat(kernel.calls("WriteFile")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1024})
    void listenersThatWriteAndFlushKeepTheOrder(int quota) {
        SimulatedPeer peer = listen(Win32Constants.PIPE_TYPE_BYTE, quota);
        Channel client = connect(recorder);
        ChannelFutureListener again = done -> client.writeAndFlush(text("C"));
        client.write(text("A")).addListener(again);
        client.write(text("B")).addListener(again);
        client.flush();
        StringBuilder got = new StringBuilder();
        while (got.length() < 4) {
            got.append(new String(peer.readFully(1), ISO_8859_1));
            settle();
        }
        assertThat(got).hasToString("ABCC");
        assertThat(peer.available()).isZero();
    }

    /** Each listener flushes the next message from within the write before it. */
    @Test
    void aChainOfListenersThatWriteDoesNotOverflowTheStack() {
        SimulatedPeer peer = listen(Win32Constants.PIPE_TYPE_BYTE, 64 * 1024);
        Channel client = connect(recorder);
        int[] left = {5_000};
        ChannelFutureListener next = new ChannelFutureListener() {
            @Override
            public void operationComplete(ChannelFuture future) {
                assertThat(future.cause()).isNull();
                if (--left[0] > 0) {
                    client.writeAndFlush(text("x")).addListener(this);
                }
            }
        };
        client.writeAndFlush(text("x")).addListener(next);
        settle();
        assertThat(left[0]).isZero();
        assertThat(peer.available()).isEqualTo(5_000);
    }

    @Test
    void aWriteBeforeTheConnectIsWrittenByAFlushAfterIt() {
        Channel client = channelOf(client(recorder).register());
        ChannelFuture write = client.write(text("early"));
        SimulatedPeer peer = listen();
        client.connect(name);
        settle();
        client.flush();
        assertThat(write.isSuccess()).isTrue();
        assertThat(peer.read(64).succeeds().text()).isEqualTo("early");
    }

    @Test
    void aHandlerCanWriteInChannelActive() {
        SimulatedPeer peer = listen();
        connect(new Recorder() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                ctx.writeAndFlush(text("greeting"));
            }
        });
        assertThat(peer.read(64).succeeds().text()).isEqualTo("greeting");
    }
}
