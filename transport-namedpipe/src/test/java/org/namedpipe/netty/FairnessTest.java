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
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** A channel that is never done, beside other channels and tasks of its event loop. */
class FairnessTest extends OneThread {
    private static final int MIB = 1024 * 1024;
    private static final int CHUNK = 64 * 1024;
    private static final long ALL = 64L * MIB;
    /** A turn ends with the read or the write that exceeds the budget. */
    private static final long ONE_TURN = Turn.MAX_BYTES + WriteBatch.MAX_BYTES + WriteBatch.MAX_EXCESS_BYTES;

    private final NamedPipeAddress quietName = NamedPipeAddress.of("quiet");
    private final SimulatedPeer quietPeer = listenAt(quietName);
    private final Bulk bulk = new Bulk();
    private long bulkBytesBeforeTheQuietChannel = -1;

    /** Reads from a peer that writes as fast as this reads. */
    private final class Bulk extends ChannelInboundHandlerAdapter {
        private long bytes;
        private int messages;
        private Runnable beforeWrite = () -> {};
        private SimulatedPeer peer = quietPeer;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            bytes += ((ByteBuf) message).readableBytes();
            messages++;
            ((ByteBuf) message).release();
            if (bytes < ALL) {
                beforeWrite.run();
                peer.write(new byte[CHUNK]);
            }
        }
    }

    private final class Quiet extends Recorder {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            super.channelRead(ctx, message);
            bulkBytesBeforeTheQuietChannel = bulk.bytes;
        }
    }

    private void connectTheQuietChannel() {
        channelOf(client(new Quiet()).connect(quietName));
    }

    private Channel startBulk() {
        bulk.peer = listen(Win32Constants.PIPE_TYPE_BYTE, 2 * CHUNK);
        return connected(client(new Recorder()).handler(bulk).option(ChannelOption.RECVBUF_ALLOCATOR, alwaysMore()));
    }

    private static FixedRecvByteBufAllocator alwaysMore() {
        FixedRecvByteBufAllocator allocator = new FixedRecvByteBufAllocator(CHUNK);
        allocator.maxMessagesPerRead(Integer.MAX_VALUE);
        return allocator;
    }

    // ---- reading

    @Test
    void anotherChannelIsReadAfterAMebibyteOfABusyOne() {
        connectTheQuietChannel();
        startBulk();
        bulk.beforeWrite = () -> {
            if (bulk.messages == 1) {
                quietPeer.write("ping").succeeds();
            }
        };
        bulk.peer.write(new byte[CHUNK]);
        settle();
        assertThat(bulk.bytes).isEqualTo(ALL);
        assertThat(bulkBytesBeforeTheQuietChannel).isBetween(0L, ONE_TURN);
    }

    @Test
    void aTaskRunsAfterAMebibyteOfABusyChannel() {
        startBulk();
        long[] before = {-1};
        bulk.beforeWrite = () -> {
            if (bulk.messages == 1) {
                loop.execute(() -> before[0] = bulk.bytes);
            }
        };
        bulk.peer.write(new byte[CHUNK]);
        settle();
        assertThat(bulk.bytes).isEqualTo(ALL);
        assertThat(before[0]).isBetween(0L, ONE_TURN);
    }

    @Test
    void aTaskRunsAfterAMillisecondOfASlowHandler() {
        startBulk();
        long[] before = {-1};
        bulk.beforeWrite = () -> {
            if (bulk.messages == 1) {
                loop.execute(() -> before[0] = bulk.messages);
            }
            clock.advance(Turn.MAX_NANOS / 2, TimeUnit.NANOSECONDS);
        };
        bulk.peer.write(new byte[CHUNK]);
        settle();
        assertThat(before[0]).isBetween(1L, 3L);
    }

    @Test
    void theTurnOfALargeReadEndsWithIt() {
        connectTheQuietChannel();
        bulk.peer = listen();
        connected(client(new Recorder()).handler(bulk));
        bulk.peer.write(new byte[(int) (ALL / 2)]);
        quietPeer.write("ping").succeeds();
        settle();
        assertThat(bulk.bytes).isGreaterThanOrEqualTo(ALL / 2);
        assertThat(bulkBytesBeforeTheQuietChannel).isBetween(0L, (long) ReadOperation.MAX_BYTES);
    }

    // ---- writing

    @Test
    void anotherChannelIsReadAfterAMebibyteOfWrites() {
        connectTheQuietChannel();
        listen(Win32Constants.PIPE_TYPE_BYTE, (int) ALL);
        Channel writer = connect(new Recorder());
        ByteBuf chunk = Unpooled.directBuffer(MIB).writeZero(MIB);
        ChannelFuture all = writer.newSucceededFuture();
        for (int i = 0; i < 16; i++) {
            all = writer.write(chunk.retainedDuplicate());
        }
        chunk.release();
        quietPeer.write("ping").succeeds();
        kernel.resetCalls();
        writer.flush();
        assertThat(kernel.calls("WriteFile")).isEqualTo(1);
        turn();
        assertThat(bulkBytesBeforeTheQuietChannel)
                .as("the other channel has read")
                .isZero();
        assertThat(kernel.calls("WriteFile")).isLessThanOrEqualTo(2);
        settle();
        assertThat(all.isSuccess()).isTrue();
        assertThat(kernel.calls("WriteFile")).isEqualTo(16);
    }

    @Test
    void whatIsPutOffIsDroppedWithTheChannel() {
        Channel channel = startBulk();
        bulk.beforeWrite = () -> {
            if (bulk.bytes >= Turn.MAX_BYTES) {
                channel.close();
            }
        };
        bulk.peer.write(new byte[CHUNK]);
        settle();
        assertThat(bulk.bytes).isBetween((long) Turn.MAX_BYTES, ONE_TURN);
    }
}
