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
import static org.namedpipe.netty.testing.TestBytes.random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelProgressivePromise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.EmittingRegion;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** The limit on the bytes of one {@code WriteFile}, which Windows copies into nonpaged memory. */
class LargeWriteTest extends OneThread {
    private static final int MIB = 1024 * 1024;
    private final List<Long> progress = new ArrayList<>();

    private static ByteBuf direct(byte[] bytes) {
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }

    private ChannelProgressivePromise watched(Channel channel) {
        ChannelProgressivePromise promise = channel.newProgressivePromise();
        promise.addListener(new ChannelProgressiveFutureListener() {
            @Override
            public void operationProgressed(ChannelProgressiveFuture future, long bytes, long total) {
                progress.add(bytes);
            }

            @Override
            public void operationComplete(ChannelProgressiveFuture future) {
                progress.add(-1L);
            }
        });
        return promise;
    }

    /** Reads the bytes of one call. */
    private int takeOneCall(SimulatedPeer peer, byte[] target, int at) {
        settle();
        int length = peer.available();
        System.arraycopy(peer.readFully(length), 0, target, at, length);
        return length;
    }

    private List<Integer> readAll(SimulatedPeer peer, byte[] expected) {
        byte[] got = new byte[expected.length];
        List<Integer> lengths = new ArrayList<>();
        for (int at = 0; at < expected.length; ) {
            int length = takeOneCall(peer, got, at);
            assertThat(length).isPositive();
            lengths.add(length);
            at += length;
        }
        settle();
        assertThat(got).isEqualTo(expected);
        return lengths;
    }

    @Test
    void aCallWritesAtMostAMebibyteAndReportsProgress() {
        byte[] bytes = random(2 * MIB + MIB / 2);
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connect(new Recorder());
        ByteBuf large = direct(bytes);
        ChannelFuture write = client.writeAndFlush(large, watched(client));
        assertThat(readAll(peer, bytes)).containsExactly(MIB, MIB, MIB / 2);
        assertThat(progress).containsExactly((long) MIB, 2L * MIB, 2L * MIB + MIB / 2, -1L);
        assertThat(write.isSuccess()).isTrue();
        assertThat(large.refCnt()).isZero();
    }

    @Test
    void aMebibyteAndItsHeaderTakeOneCall() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connect(new Recorder());
        client.write(direct(random(4)));
        client.writeAndFlush(direct(random(MIB)));
        assertThat(readAll(peer, concat(random(4), random(MIB)))).containsExactly(MIB + 4);
    }

    @Test
    void aMessageThatIsLittleLargerThanAMebibyteTakesOneCall() {
        byte[] bytes = random(MIB + 64 * 1024);
        SimulatedPeer peer = listenUnbuffered();
        connect(new Recorder()).writeAndFlush(direct(bytes));
        assertThat(readAll(peer, bytes)).containsExactly(bytes.length);
    }

    @Test
    void aHeaderIsFilledUpWithAPayloadThatIsLargerThanACall() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connect(new Recorder());
        client.write(direct(random(4)));
        client.writeAndFlush(direct(random(2 * MIB)));
        int first = MIB + 64 * 1024;
        assertThat(readAll(peer, concat(random(4), random(2 * MIB)))).containsExactly(first, 2 * MIB + 4 - first);
    }

    @Test
    void aCallEndsBeforeTheHeaderOfAFrameThatDoesNotFit() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connect(new Recorder());
        byte[] frame = concat(random(4), random(600_000));
        for (int i = 0; i < 2; i++) {
            client.write(direct(random(4)));
            client.write(direct(random(600_000)));
        }
        client.flush();
        assertThat(readAll(peer, concat(frame, frame))).containsExactly(600_004, 600_004);
    }

    @Test
    void aBurstOfFramesTakesOneCall() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connect(new Recorder());
        byte[] burst = new byte[0];
        for (int i = 0; i < 16; i++) {
            client.write(direct(random(4)));
            client.write(direct(random(64 * 1024)));
            burst = concat(burst, concat(random(4), random(64 * 1024)));
        }
        client.flush();
        assertThat(readAll(peer, burst)).containsExactly(burst.length);
    }

    @Test
    void aLargeTransferOfARegionIsSplit() {
        byte[] bytes = random(MIB + 100_000);
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connect(new Recorder());
        EmittingRegion region = new EmittingRegion(bytes, bytes.length, 1);
        ChannelFuture write = client.writeAndFlush(region, watched(client));
        assertThat(readAll(peer, bytes)).containsExactly(MIB, 100_000);
        assertThat(progress).as("no more than its count").containsExactly(-1L);
        assertThat(write.isSuccess()).isTrue();
        assertThat(region.refCnt()).isZero();
    }

    @Test
    void theRestOfARegionIsReleasedWithTheChannel() {
        byte[] bytes = random(MIB + 100_000);
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connect(new Recorder());
        ChannelFuture write = client.writeAndFlush(new EmittingRegion(bytes, bytes.length, 1));
        takeOneCall(peer, new byte[MIB], 0);
        client.close();
        settle();
        assertThat(write.isSuccess()).isFalse();
    }

    @Test
    void aMessageIsNotSplit() {
        byte[] bytes = random(2 * MIB);
        SimulatedPeer peer = listenForMessages(0);
        Channel client =
                connected(client(new Recorder()).option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE));
        client.writeAndFlush(direct(bytes));
        settle();
        assertThat(readAll(peer, bytes)).containsExactly(2 * MIB);
        assertThat(kernel.calls("WriteFile")).isEqualTo(1);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(first, second));
    }

    @Test
    void aMessageThatFitsPartlyIntoACallIsWrittenByTwo() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connect(new Recorder());
        ByteBuf expected = Unpooled.wrappedBuffer(random(100_000), random(1_060_000));
        ChannelFuture first = client.write(expected.copy(0, 100_000));
        ChannelFuture second = client.writeAndFlush(expected.copy(100_000, 1_060_000));
        int call = WriteBatch.MAX_BYTES + WriteBatch.MAX_EXCESS_BYTES;
        ByteBuf got = Unpooled.buffer().writeBytes(peer.readFully(100_001));
        settle();
        assertThat(second.isDone()).isFalse();
        got.writeBytes(peer.readFully(call - 100_001));
        settle();
        assertThat(first.isSuccess()).isTrue();
        assertThat(second.isDone()).as("the rest is not written").isFalse();
        got.writeBytes(peer.readFully(1_160_000 - call));
        settle();
        assertThat(second.isSuccess()).isTrue();
        assertThat(got).isEqualTo(expected);
    }
}
