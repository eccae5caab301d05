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
import static org.namedpipe.netty.testing.TestBytes.text;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import io.netty.util.IllegalReferenceCountException;
import java.io.File;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** Writes that fail by an exception. A channel that cannot write any more does not stay active. */
class WriteExceptionTest extends OneThread {
    private final Recorder recorder = new Recorder();

    private void assertClosedWith(Channel client, Class<? extends Throwable> cause, ChannelFuture... writes) {
        settle();
        assertThat(writes).allSatisfy(write -> assertThat(write.cause()).isInstanceOf(cause));
        assertThat(client.isOpen()).isFalse();
        assertThat(recorder.take()).endsWith("inactive", "unregistered");
        assertThat(client.writeAndFlush(text("no more")).cause()).isInstanceOf(ClosedChannelException.class);
    }

    private static FileRegion brokenRegion() {
        return new DefaultFileRegion(new File("unused"), 0, 10) {
            @Override
            public long transferTo(WritableByteChannel target, long position) {
                throw new UnsupportedOperationException("simulated");
            }
        };
    }

    @Test
    void aRegionThatThrowsFailsItsWriteAndClosesTheChannel() {
        listen();
        Channel client = connectAndTake(recorder);
        FileRegion region = brokenRegion();
        ChannelFuture write = client.write(region);
        ChannelFuture next = client.writeAndFlush(text("lost"));
        assertClosedWith(client, UnsupportedOperationException.class, write, next);
        assertThat(region.refCnt()).isZero();
    }

    @Test
    void aRegionThatThrowsAfterAPendingWriteFailsItsWriteAndClosesTheChannel() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connectAndTake(recorder);
        ChannelFuture first = client.write(text("first"));
        ChannelFuture write = client.writeAndFlush(brokenRegion());
        assertThat(peer.readFully(5)).asString(ISO_8859_1).isEqualTo("first");
        assertClosedWith(client, UnsupportedOperationException.class, write);
        assertThat(first.isSuccess()).isTrue();
    }

    @Test
    void withoutAutoCloseARegionThatThrowsShutsTheOutputDown() {
        SimulatedPeer peer = listen();
        Channel client = connected(client(recorder).option(ChannelOption.AUTO_CLOSE, false));
        recorder.take();
        ChannelFuture write = client.writeAndFlush(brokenRegion());
        peer.write("still read").succeeds();
        settle();
        assertThat(write.cause()).hasCauseInstanceOf(UnsupportedOperationException.class);
        assertThat(recorder.take()).containsExactly("ChannelOutputShutdownEvent", "read still read", "readComplete");
    }

    /** The messages before it are written. */
    @Test
    void aMessageThatWasReleasedByMistakeClosesTheChannelInItsTurn() {
        SimulatedPeer peer = listen();
        Channel client = connectAndTake(recorder);
        ByteBuf released = text("released");
        ChannelFuture first = client.write(text("first"));
        ChannelFuture second = client.write(released);
        ChannelFuture third = client.write(text("third"));
        released.release();
        client.flush();
        assertThat(first.isSuccess()).isTrue();
        assertThat(peer.read(64).succeeds().text()).isEqualTo("first");
        assertClosedWith(client, IllegalReferenceCountException.class, second, third);
    }

    @Test
    void aMessageThatIsReleasedDuringItsWriteClosesTheChannel() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connectAndTake(recorder);
        ByteBuf large = Unpooled.directBuffer().writeZero(WriteBatch.MAX_BYTES + WriteBatch.MAX_EXCESS_BYTES + 1);
        ChannelFuture write = client.writeAndFlush(large);
        large.release();
        peer.readFully(WriteBatch.MAX_BYTES);
        assertClosedWith(client, IllegalReferenceCountException.class, write);
    }

    // ---- no memory

    @Test
    void withoutMemoryToMergeThemMessagesAreWrittenOneByOne() {
        SimulatedPeer peer = listen();
        Channel client = connected(client(recorder).option(ChannelOption.ALLOCATOR, new NoMemory()));
        ChannelFuture first = client.write(text("first"));
        ChannelFuture second = client.writeAndFlush(text("second"));
        settle();
        assertThat(first.isSuccess()).isTrue();
        assertThat(second.isSuccess()).isTrue();
        assertThat(kernel.calls("WriteFile")).isEqualTo(2);
        assertThat(peer.read(64).succeeds().text()).isEqualTo("firstsecond");
    }

    @Test
    void withoutMemoryARegionFailsAndClosesTheChannel() {
        listen();
        Channel client = connected(client(recorder).option(ChannelOption.ALLOCATOR, new NoMemory()));
        recorder.take();
        FileRegion region = brokenRegion();
        assertClosedWith(client, OutOfMemoryError.class, client.writeAndFlush(region));
        assertThat(region.refCnt()).isZero();
    }

    @Test
    void withoutMemoryAHeapBufferFailsAndTheNextMessageIsWritten() {
        SimulatedPeer peer = listen();
        Channel client = connected(client(recorder).option(ChannelOption.ALLOCATOR, new NoMemory()));
        ByteBuf heap = Unpooled.copiedBuffer("heap", ISO_8859_1);
        ChannelFuture failed = client.writeAndFlush(heap);
        ChannelFuture next = client.writeAndFlush(text("next"));
        assertThat(failed.cause()).isInstanceOf(OutOfMemoryError.class);
        assertThat(heap.refCnt()).isZero();
        assertThat(next.isSuccess()).isTrue();
        assertThat(peer.read(64).succeeds().text()).isEqualTo("next");
    }

    /** Allocates buffers for reading and heap buffers, and throws for other direct buffers. */
    private static final class NoMemory extends AbstractByteBufAllocator {
        private final ByteBufAllocator alloc = UnpooledByteBufAllocator.DEFAULT;

        @Override
        public ByteBuf ioBuffer(int initialCapacity) {
            return alloc.ioBuffer(initialCapacity);
        }

        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            return alloc.heapBuffer(initialCapacity, maxCapacity);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            throw new OutOfMemoryError("simulated");
        }

        @Override
        public boolean isDirectBufferPooled() {
            return true;
        }
    }
}
