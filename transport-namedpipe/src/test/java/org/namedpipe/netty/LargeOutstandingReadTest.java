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

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.iocp.LargeReads;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.LengthRecorder;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** The read that is outstanding after much was read. */
class LargeOutstandingReadTest extends OneThread {
    private static final int MIB = 1024 * 1024;
    private static final int FRAME = MIB + 4;

    private final LengthRecorder recorder = new LengthRecorder();

    private void assertLargeReads(int count) {
        assertThat(loops.largeReads()).isEqualTo(count);
    }

    private void send(SimulatedPeer peer, int length) {
        SimulatedPeer.Operation write = peer.write(random(length));
        settle();
        write.succeeds();
    }

    private void assertReceived(int length) {
        assertThat(recorder.takeLengths()).containsExactly(String.valueOf(length), "complete");
    }

    @Test
    void oneReadTakesTheNextLargeMessage() {
        SimulatedPeer peer = listen();
        connect(recorder);
        send(peer, FRAME);
        assertReceived(FRAME);
        assertLargeReads(1);
        kernel.resetCalls();
        send(peer, FRAME);
        assertReceived(FRAME);
        assertThat(kernel.calls("ReadFile")).isEqualTo(1);
        assertThat(kernel.calls("QueryPipe")).isZero();
    }

    @Test
    void aFullBufferIsNotExtended() {
        SimulatedPeer peer = listen();
        connect(recorder);
        send(peer, FRAME);
        assertReceived(FRAME);
        kernel.resetCalls();
        send(peer, 5 * MIB);
        assertThat(recorder.takeLengths())
                .filteredOn(length -> !length.equals("complete"))
                .containsExactly(String.valueOf(2 * MIB), String.valueOf(2 * MIB), String.valueOf(MIB));
        assertThat(kernel.calls("QueryPipe")).isZero();
    }

    @Test
    void aSmallMessageDoesNotKeepTheLargeBuffer() {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connect(recorder);
        List<Integer> capacities = new ArrayList<>();
        client.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                capacities.add(((ByteBuf) message).capacity());
                ctx.fireChannelRead(message);
            }
        });
        send(peer, FRAME);
        send(peer, 100);
        assertThat(capacities).containsExactly(2 * MIB, 100);
        assertLargeReads(0);
        recorder.takeLengths();
        send(peer, FRAME);
        assertReceived(FRAME);
        assertLargeReads(1);
    }

    @Test
    void fewChannelsOfALoopHaveOne() {
        List<SimulatedPeer> peers = new ArrayList<>();
        for (int i = 0; i < LargeReads.MAX + 2; i++) {
            SimulatedPeer peer = listen();
            peers.add(peer);
            connect(recorder);
            send(peer, FRAME);
        }
        assertLargeReads(LargeReads.MAX);
        recorder.takeLengths();
        kernel.resetCalls();
        SimulatedPeer last = peers.get(LargeReads.MAX + 1);
        send(last, FRAME);
        assertReceived(FRAME);
        assertThat(kernel.calls("QueryPipe")).isEqualTo(1);

        send(peers.get(0), 1);
        assertLargeReads(LargeReads.MAX - 1);
        send(last, FRAME);
        assertLargeReads(LargeReads.MAX);
    }

    @Test
    void closingAChannelEndsIt() {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connect(recorder);
        send(peer, FRAME);
        assertLargeReads(1);
        client.close();
        settle();
        assertLargeReads(0);
    }

    @Test
    void theEndOfTheStreamEndsIt() {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connect(recorder);
        send(peer, FRAME);
        hangUp(peer);
        settle();
        assertThat(client.isOpen()).isFalse();
        assertLargeReads(0);
    }

    @Test
    void shuttingDownTheInputEndsIt() {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connect(recorder);
        send(peer, FRAME);
        client.shutdownInput();
        send(peer, 1);
        assertLargeReads(0);
    }

    @Test
    void aReadThatFailsEndsIt() {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connect(recorder);
        kernel.faults().on("ReadFile").after(1).fail(Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        send(peer, FRAME);
        settle();
        assertThat(client.isOpen()).isFalse();
        assertLargeReads(0);
    }

    @Test
    void bytesThatWaitForReadCountAsOne() {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connect(recorder);
        send(peer, FRAME);
        client.config().setAutoRead(false);
        settle();
        send(peer, FRAME);
        assertReceived(FRAME);
        assertLargeReads(1);
        client.read();
        settle();
        assertReceived(FRAME);
        assertLargeReads(0);
    }

    @Test
    void aRecvByteBufAllocatorOfTheUsersDecidesHowMuchIsRead() {
        assertNoLargeReads(client(recorder)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MIB).maxMessagesPerRead(16)));
    }

    @Test
    void aByteBufAllocatorOfTheUsersIsNotAskedForLargeReads() {
        assertNoLargeReads(client(recorder).option(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(true)));
    }

    private void assertNoLargeReads(Bootstrap client) {
        SimulatedPeer peer = listen();
        connected(client);
        send(peer, FRAME);
        send(peer, FRAME);
        assertThat(recorder.received()).hasSize(2 * FRAME);
        assertLargeReads(0);
    }
}
