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
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.LengthRecorder;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** A read that fills its buffer, and the bytes that it has left in the pipe. */
class LargeReadTest extends OneThread {
    private static final int MIB = 1024 * 1024;
    private static final int FRAME = MIB + 4;
    /** The length of the first read of a channel. */
    private static final int FIRST_READ = 1024;

    private final LengthRecorder recorder = new LengthRecorder();

    private static String text(int length) {
        return String.valueOf(length);
    }

    private void assertCalls(int reads, int questions) {
        assertThat(kernel.calls("ReadFile")).as("ReadFile").isEqualTo(reads);
        assertThat(kernel.calls("QueryPipe")).as("NtQueryInformationFile").isEqualTo(questions);
    }

    // ---- what a channelRead brings

    @Test
    void aReadThatFillsItsBufferBringsWhatIsBehindIt() {
        SimulatedPeer peer = listen();
        connect(recorder);
        kernel.resetCalls();
        byte[] frame = random(FRAME);
        SimulatedPeer.Operation write = peer.write(frame);
        settle();
        write.succeeds();
        assertThat(recorder.takeLengths()).containsExactly(text(FRAME), "complete");
        assertThat(recorder.received()).isEqualTo(frame);
        assertCalls(2, 1);
    }

    @Test
    void aReadThatDoesNotFillItsBufferAsksNothing() {
        SimulatedPeer peer = listen();
        connect(recorder);
        kernel.resetCalls();
        peer.write(random(FIRST_READ - 1)).succeeds();
        settle();
        assertThat(recorder.takeLengths()).containsExactly(text(FIRST_READ - 1), "complete");
        assertCalls(1, 0);
    }

    @Test
    void aReadThatFillsItsBufferExactlyAsksOnce() {
        SimulatedPeer peer = listen();
        connect(recorder);
        kernel.resetCalls();
        peer.write(random(FIRST_READ)).succeeds();
        settle();
        assertThat(recorder.takeLengths()).containsExactly(text(FIRST_READ), "complete");
        assertCalls(1, 1);
    }

    @Test
    void oneBufferHoldsTwoMebibytesAtTheMost() {
        SimulatedPeer peer = listen();
        connect(recorder);
        byte[] bytes = random(5 * MIB);
        peer.write(bytes);
        settle();
        assertThat(recorder.takeLengths())
                .filteredOn(length -> !length.equals("complete"))
                .containsExactly(text(2 * MIB), text(2 * MIB), text(MIB));
        assertThat(recorder.received()).isEqualTo(bytes);
    }

    @Test
    void bothReadsAreOneMessageOfALoop() {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connect(recorder);
        setOneMessagePerRead(client);
        peer.write(random(3 * MIB));
        settle();
        assertThat(recorder.takeLengths()).containsExactly(text(2 * MIB), "complete", text(MIB), "complete");
    }

    @SuppressWarnings("deprecation") // the way to limit Netty's own allocator
    private static void setOneMessagePerRead(Channel channel) {
        channel.config().setMaxMessagesPerRead(1);
    }

    @Test
    void whatIsNotAskedForStaysInThePipe() {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connectWithoutReading(recorder);
        peer.write(random(FRAME));
        settle();
        assertCalls(0, 0);
        client.read();
        settle();
        assertThat(recorder.takeLengths()).containsExactly(text(FRAME), "complete");
        assertCalls(2, 1);
    }

    // ---- who decides how much is read

    @Test
    void aRecvByteBufAllocatorOfTheUsersDecidesHowMuchIsRead() {
        SimulatedPeer peer = listen();
        RecvByteBufAllocator fixed = new FixedRecvByteBufAllocator(64 * 1024).maxMessagesPerRead(16);
        connected(client(recorder).option(ChannelOption.RECVBUF_ALLOCATOR, fixed));
        peer.write(random(3 * 64 * 1024));
        settle();
        assertThat(recorder.takeLengths())
                .containsExactly(text(64 * 1024), text(64 * 1024), text(64 * 1024), "complete");
        assertThat(kernel.calls("QueryPipe")).isZero();
    }

    @Test
    void aByteBufAllocatorOfTheUsersAllocatesTheLargeBuffer() {
        SimulatedPeer peer = listen();
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
        List<Object> allocators = new ArrayList<>();
        NamedPipeChannel client = connected(client(recorder).option(ChannelOption.ALLOCATOR, allocator));
        client.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                allocators.add(((ByteBuf) message).alloc());
                ctx.fireChannelRead(message);
            }
        });
        peer.write(random(FRAME));
        settle();
        assertThat(recorder.takeLengths()).containsExactly(text(FRAME), "complete");
        assertThat(allocators).containsExactly(allocator);
    }

    @Test
    void messagesAreReadAsBefore() {
        SimulatedPeer peer = listen(Win32Constants.PIPE_TYPE_MESSAGE | Win32Constants.PIPE_READMODE_MESSAGE, 64 * 1024);
        connected(client(recorder).option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE));
        peer.write(random(FIRST_READ));
        peer.write(random(MIB));
        settle();
        assertThat(recorder.takeLengths()).contains(text(FIRST_READ), text(MIB));
        assertThat(kernel.calls("QueryPipe")).isZero();
    }

    @Test
    void anotherComputerIsNotAsked() {
        kernel.addHost("elsewhere");
        SimulatedPeer peer = listen();
        Bootstrap client = client(recorder).option(NamedPipeChannelOption.ALLOW_REMOTE, true);
        Channel channel = channelOf(client.connect(NamedPipeAddress.of("\\\\elsewhere\\pipe\\simulated")));
        while (!channel.isActive()) {
            settle();
        }
        settle();
        peer.write(random(FRAME));
        settle();
        assertThat(recorder.takeLengths().get(0)).isEqualTo(text(FIRST_READ));
        assertThat(recorder.received()).isEqualTo(random(FRAME));
        assertThat(kernel.calls("QueryPipe")).isZero();
    }

    // ---- failures

    @Test
    void aPipeThatDoesNotSayHowMuchItHoldsIsReadBitByBit() {
        SimulatedPeer peer = listen();
        connect(recorder);
        peer.write(random(FRAME));
        kernel.faults().on("QueryPipe").times(100).fail(Win32Error.ERROR_ACCESS_DENIED);
        settle();
        assertThat(recorder.takeLengths().get(0)).isEqualTo(text(FIRST_READ));
        assertThat(recorder.received()).isEqualTo(random(FRAME));
    }

    @Test
    void withoutMemoryForTheRestTheFirstBytesAreDeliveredAlone() {
        SimulatedPeer peer = listen();
        connected(client(recorder).option(ChannelOption.ALLOCATOR, new PoorAllocator()));
        peer.write(random(FRAME));
        settle();
        assertThat(recorder.takeLengths().get(0)).isEqualTo(text(FIRST_READ));
        assertThat(recorder.received()).isEqualTo(random(FRAME));
        assertThat(recorder.errors()).isEmpty();
    }

    /** Has no memory for large buffers. */
    private static final class PoorAllocator extends AbstractByteBufAllocator {
        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            return Unpooled.buffer(initialCapacity, maxCapacity);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            if (initialCapacity > 256 * 1024) {
                throw new OutOfMemoryError("simulated");
            }
            return Unpooled.directBuffer(initialCapacity, maxCapacity);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }
}
