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

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.SimulatedPeer;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testing.RecordingAllocator;

/** Read loops: when one starts, what it delivers, and when it is complete. */
class PipeReaderTest extends OneThread {
    private final Recorder recorder = new Recorder();

    private static RecvByteBufAllocator buffersOf(int bytes, int maxMessagesPerRead) {
        return new FixedRecvByteBufAllocator(bytes).maxMessagesPerRead(maxMessagesPerRead);
    }

    private Channel connect(RecvByteBufAllocator buffers) {
        return connected(client(recorder).option(ChannelOption.RECVBUF_ALLOCATOR, buffers));
    }

    // case 14
    @Test
    void aLoopIsCompleteWhenThePipeIsDrainedThoughThePeerStays() {
        SimulatedPeer peer = listen();
        connect(recorder);
        assertThat(recorder.take()).containsExactly("registered", "active");
        peer.write("one").succeeds();
        settle();
        assertThat(recorder.take()).containsExactly("read one", "readComplete");
        peer.write("two").succeeds();
        settle();
        assertThat(recorder.take()).containsExactly("read two", "readComplete");
    }

    // case 14
    @Test
    void aBurstIsOneLoopAlsoWhereItFillsTheBufferExactly() {
        SimulatedPeer peer = listen();
        connect(buffersOf(4, 16));
        recorder.take();
        peer.write("12345678").succeeds();
        settle();
        assertThat(recorder.take()).containsExactly("read 1234", "read 5678", "readComplete");
    }

    @Test
    void aLoopDeliversNoMoreMessagesThanItMay() {
        SimulatedPeer peer = listen();
        connect(buffersOf(2, 2));
        recorder.take();
        peer.write("1122334").succeeds();
        settle();
        assertThat(recorder.take())
                .containsExactly("read 11", "read 22", "readComplete", "read 33", "read 4", "readComplete");
    }

    /** A peer that writes faster than we read must not keep the loop from its tasks. */
    @Test
    void tasksGetTheirTurnWhileAPeerNeverStopsWriting() {
        SimulatedPeer peer = listen();
        int[] read = new int[1];
        int[] readWhenTaskRan = new int[1];
        Recorder endless = new Recorder() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                super.channelRead(ctx, message);
                if (++read[0] < 1000) {
                    peer.write("x").succeeds();
                }
            }
        };
        connected(client(endless).option(ChannelOption.RECVBUF_ALLOCATOR, buffersOf(1, 16)));
        peer.write("x").succeeds();
        loop.execute(() -> loop.execute(() -> readWhenTaskRan[0] = read[0]));
        settle();
        assertThat(read[0]).isEqualTo(1000);
        assertThat(readWhenTaskRan[0]).isLessThan(200);
    }

    @Test
    void readingFromWithinChannelReadDoesNotRecurse() {
        SimulatedPeer peer = listen();
        Recorder eager = new Recorder() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                super.channelRead(ctx, message);
                ctx.read();
            }
        };
        Channel client = connected(client(eager)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.RECVBUF_ALLOCATOR, buffersOf(1, 16)));
        peer.write("x".repeat(20_000)).succeeds();
        client.read();
        settle();
        assertThat(Collections.frequency(eager.take(), "read x")).isEqualTo(20_000);
    }

    @Test
    void aReadFiresNothingBeforeItReturns() {
        SimulatedPeer peer = listen();
        Channel client = connectWithoutReading(recorder);
        peer.write("there already").succeeds();
        recorder.take();
        client.read();
        assertThat(recorder.take()).isEmpty();
        settle();
        assertThat(recorder.take()).containsExactly("read there already", "readComplete");
    }

    @Test
    void aReadThatIsAskedForBeforeTheChannelIsConnectedWaits() {
        Channel client = channelOf(
                client(recorder).option(ChannelOption.AUTO_READ, false).register());
        client.read();
        settle();
        SimulatedPeer peer = listen();
        client.connect(name);
        peer.write("hello").succeeds();
        settle();
        assertThat(recorder.take()).containsExactly("registered", "active", "read hello", "readComplete");
    }

    @Test
    void aHandlerThatThrowsMissesNothing() {
        SimulatedPeer peer = listen();
        Recorder clumsy = new Recorder() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                super.channelRead(ctx, message);
                throw new IllegalStateException("clumsy");
            }
        };
        connected(client(clumsy).option(ChannelOption.RECVBUF_ALLOCATOR, buffersOf(4, 16)));
        clumsy.take();
        peer.write("12345678").succeeds();
        settle();
        assertThat(clumsy.take())
                .containsExactly(
                        "read 1234",
                        "caught IllegalStateException",
                        "read 5678",
                        "caught IllegalStateException",
                        "readComplete");
    }

    @Test
    void nothingIsReadAfterAHandlerHasClosedTheChannel() {
        SimulatedPeer peer = listen();
        Recorder impatient = new Recorder() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                super.channelRead(ctx, message);
                ctx.close();
            }
        };
        connected(client(impatient).option(ChannelOption.RECVBUF_ALLOCATOR, buffersOf(4, 16)));
        impatient.take();
        peer.write("12345678").succeeds();
        settle();
        assertThat(impatient.take()).containsExactly("read 1234", "readComplete", "inactive", "unregistered");
    }

    @Test
    void anAllocatorThatPrefersTheHeapIsGivenDirectBuffers() {
        SimulatedPeer peer = listen();
        connected(client(recorder).option(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false)));
        recorder.take();
        peer.write("bytes").succeeds();
        settle();
        assertThat(recorder.take()).containsExactly("read bytes", "readComplete");
    }

    @Test
    void anAllocatorIsToldOfALoopInTheOrderItExpects() {
        SimulatedPeer peer = listen();
        RecordingAllocator allocator = new RecordingAllocator();
        connect(allocator);
        assertThat(allocator.take()).containsExactly("allocate", "attempted 64");
        peer.write("x".repeat(70)).succeeds();
        settle();
        assertThat(allocator.take())
                .containsExactly(
                        "reset",
                        "attempted 64",
                        "last 64",
                        "messages 1",
                        "continue?",
                        "allocate",
                        "attempted 64",
                        "last 6",
                        "messages 1",
                        "continue?",
                        "complete",
                        "allocate",
                        "attempted 64");
        hangUp(peer);
        settle();
        assertThat(allocator.take()).containsExactly("reset", "attempted 64", "last -1", "complete");
    }

    // ---- messages

    // case 16
    @Test
    void aMessageWithoutBytesIsNeitherTheEndNorAReasonToSpin() {
        SimulatedPeer peer = listen(Win32Constants.PIPE_TYPE_MESSAGE, 1024);
        connect(recorder);
        recorder.take();
        kernel.resetCalls();
        peer.write("").succeeds();
        settle();
        assertThat(recorder.take()).containsExactly("readComplete");
        assertThat(kernel.calls("ReadFile")).isLessThanOrEqualTo(2);
        peer.write("").succeeds();
        peer.write("more").succeeds();
        settle();
        assertThat(recorder.take()).contains("read more").endsWith("readComplete");
    }

    // case 16
    @Test
    void aMessageWithoutBytesEndsAReadThatWasAskedForOnce() {
        SimulatedPeer peer = listen(Win32Constants.PIPE_TYPE_MESSAGE, 1024);
        Channel client = connectWithoutReading(recorder);
        recorder.take();
        peer.write("").succeeds();
        client.read();
        settle();
        assertThat(recorder.take()).containsExactly("readComplete");
        peer.write("more").succeeds();
        client.read();
        settle();
        assertThat(recorder.take()).containsExactly("read more", "readComplete");
    }

    // case 17
    @Test
    void aMessageLongerThanTheBufferIsDeliveredInParts() {
        SimulatedPeer peer = listen(Win32Constants.PIPE_TYPE_MESSAGE, 1024);
        connect(buffersOf(4, 16));
        recorder.take();
        peer.write("123456").succeeds();
        peer.write("78").succeeds();
        settle();
        assertThat(String.join("", recorder.take()).replaceAll("read(Complete)? ?", ""))
                .isEqualTo("12345678");
    }
}
