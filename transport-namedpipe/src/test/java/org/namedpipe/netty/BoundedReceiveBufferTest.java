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
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** Receive buffers that cannot grow, and allocators that fail, cause one exception and no busy loop. */
class BoundedReceiveBufferTest extends OneThread {
    private final Recorder recorder = new Recorder();

    private void connectAllocating(NamedPipeMode mode, Function<ByteBufAllocator, ByteBuf> buffers) {
        connected(client(recorder)
                .option(NamedPipeChannelOption.PIPE_MODE, mode)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new Allocator(buffers)));
    }

    @Test
    void aMessageThatExceedsTheBufferIsDroppedWithOneException() {
        SimulatedPeer peer = listenForMessages(1000);
        connectAllocating(NamedPipeMode.MESSAGE, alloc -> alloc.directBuffer(4, 6));
        recorder.take();
        peer.write("1234567").succeeds();
        peer.write("this is a long one").succeeds();
        peer.write("123456").succeeds();
        settle();
        assertThat(recorder.take())
                .containsSubsequence("caught TooLongFrameException", "caught TooLongFrameException", "read 123456")
                .filteredOn(event -> event.startsWith("caught"))
                .hasSize(2);
        assertThat(recorder.errors().get(0))
                .hasMessageContaining("6 bytes")
                .hasMessageContaining("RecvByteBufAllocator");
    }

    @Test
    void aBufferThatCannotGrowLosesOnlyItsMessage() {
        SimulatedPeer peer = listenForMessages(1000);
        boolean[] failed = {false};
        connectAllocating(NamedPipeMode.MESSAGE, alloc -> failed[0] ? alloc.directBuffer(64) : new Ungrowable(failed));
        recorder.take();
        peer.write("1234567").succeeds();
        peer.write("next").succeeds();
        settle();
        assertThat(recorder.take()).containsSubsequence("caught IllegalStateException", "read next");
        assertThat(recorder.errors()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, UnsupportedOperationException.class})
    void anAllocatorThatNeverReturnsAUsableBufferClosesTheChannel(Class<?> error) {
        listen();
        connectAllocating(NamedPipeMode.BYTE, alloc -> {
            if (error == UnsupportedOperationException.class) {
                throw new UnsupportedOperationException("simulated");
            }
            return alloc.directBuffer(0, 0);
        });
        String caught = "caught " + error.getSimpleName();
        assertThat(recorder.take())
                .filteredOn(event -> event.startsWith("caught") || event.equals("inactive"))
                .containsExactly(caught, caught, "inactive");
        assertThat(kernel.calls("ReadFile")).isZero();
    }

    private static final class Ungrowable extends UnpooledDirectByteBuf {
        private final boolean[] failed;

        Ungrowable(boolean[] failed) {
            super(ByteBufAllocator.DEFAULT, 4, 1000);
            this.failed = failed;
        }

        @Override
        public ByteBuf capacity(int newCapacity) {
            failed[0] = true;
            throw new IllegalStateException("simulated");
        }
    }

    private static final class Allocator extends DefaultMaxMessagesRecvByteBufAllocator {
        private final Function<ByteBufAllocator, ByteBuf> buffers;

        Allocator(Function<ByteBufAllocator, ByteBuf> buffers) {
            this.buffers = buffers;
        }

        @Override
        @SuppressWarnings("deprecation") // the only method
        public RecvByteBufAllocator.Handle newHandle() {
            return new MaxMessageHandle() {
                @Override
                public int guess() {
                    return 4;
                }

                @Override
                public ByteBuf allocate(ByteBufAllocator alloc) {
                    return buffers.apply(alloc);
                }
            };
        }
    }
}
