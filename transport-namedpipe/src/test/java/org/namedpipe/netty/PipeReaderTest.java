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
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testing.RecordingAllocator;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** Read loops: their start, their messages, and {@code channelReadComplete}. */
class PipeReaderTest extends OneThread {
    private final Recorder recorder = new Recorder();

    private static RecvByteBufAllocator buffersOf(int bytes, int maxMessagesPerRead) {
        return new FixedRecvByteBufAllocator(bytes).maxMessagesPerRead(maxMessagesPerRead);
    }

    private Channel connect(RecvByteBufAllocator buffers) {
        return connected(client(recorder).option(ChannelOption.RECVBUF_ALLOCATOR, buffers));
    }

    @Test
    void aLoopIsCompleteWhenThePipeIsEmpty() {
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

    @Test
    void bytesThatFillBuffersExactlyAreReadInOneLoop() {
        SimulatedPeer peer = listen();
        connect(buffersOf(4, 16));
        recorder.take();
        peer.write("12345678").succeeds();
        settle();
        assertThat(recorder.take()).containsExactly("read 1234", "read 5678", "readComplete");
    }

    @Test
    void aLoopDeliversAtMostMaxMessagesPerRead() {
        SimulatedPeer peer = listen();
        connect(buffersOf(2, 2));
        recorder.take();
        peer.write("1122334").succeeds();
        settle();
        assertThat(recorder.take())
                .containsExactly("read 11", "read 22", "readComplete", "read 33", "read 4", "readComplete");
    }

    @Test
    void tasksRunWhileAPeerWritesWithoutPause() {
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
    void aReadInChannelReadDoesNotRecurse() {
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
        peer.write("bytes").succeeds();
        recorder.take();
        client.read();
        assertThat(recorder.take()).isEmpty();
        settle();
        assertThat(recorder.take()).containsExactly("read bytes", "readComplete");
    }

    @Test
    void aReadBeforeTheConnectIsIssuedAfterIt() {
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
    void aHandlerThatThrowsStillReadsEverything() {
        SimulatedPeer peer = listen();
        Recorder throwing = new Recorder() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                super.channelRead(ctx, message);
                throw new IllegalStateException("simulated");
            }
        };
        connected(client(throwing).option(ChannelOption.RECVBUF_ALLOCATOR, buffersOf(4, 16)));
        throwing.take();
        peer.write("12345678").succeeds();
        settle();
        assertThat(throwing.take())
                .containsExactly(
                        "read 1234",
                        "caught IllegalStateException",
                        "read 5678",
                        "caught IllegalStateException",
                        "readComplete");
    }

    @Test
    void nothingIsReadAfterAHandlerClosesTheChannel() {
        SimulatedPeer peer = listen();
        Recorder closing = new Recorder() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                super.channelRead(ctx, message);
                ctx.close();
            }
        };
        connected(client(closing).option(ChannelOption.RECVBUF_ALLOCATOR, buffersOf(4, 16)));
        closing.take();
        peer.write("12345678").succeeds();
        settle();
        assertThat(closing.take()).containsExactly("read 1234", "readComplete", "inactive", "unregistered");
    }

    @Test
    void buffersAreDirectThoughTheAllocatorPrefersHeapBuffers() {
        SimulatedPeer peer = listen();
        connected(client(recorder).option(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false)));
        recorder.take();
        peer.write("bytes").succeeds();
        settle();
        assertThat(recorder.take()).containsExactly("read bytes", "readComplete");
    }

    @Test
    void theRecvByteBufAllocatorIsCalledInTheOrderOfNetty() {
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

    @Test
    void anEmptyMessageIsNotTheEndAndIsReadOnce() {
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

    @Test
    void anEmptyMessageCompletesARequestedRead() {
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
