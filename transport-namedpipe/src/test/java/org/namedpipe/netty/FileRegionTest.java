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

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.testing.AbstractTestRegion;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedPeer;

class FileRegionTest extends OneThread {
    @TempDir
    private Path directory;

    private final Recorder recorder = new Recorder();

    private File file(byte[] content) throws IOException {
        return Files.write(directory.resolve("content"), content).toFile();
    }

    @Test
    void aRegionIsSentInOrderWithOtherMessages() throws IOException {
        byte[] content = random(200_000);
        SimulatedPeer peer = listen(Win32Constants.PIPE_TYPE_BYTE, 1000);
        Channel client = connect(recorder);
        client.write(Unpooled.copiedBuffer("<", StandardCharsets.US_ASCII));
        FileRegion region = new DefaultFileRegion(file(content), 10, 180_000);
        ChannelFuture write = client.write(region);
        ChannelFuture last = client.writeAndFlush(Unpooled.copiedBuffer(">", StandardCharsets.US_ASCII));
        byte[] got = new byte[180_002];
        for (int at = 0; at < got.length; ) {
            int length = Math.min(3000, got.length - at);
            System.arraycopy(readWhileWriting(peer, length), 0, got, at, length);
            at += length;
        }
        settle();
        assertThat(got[0]).isEqualTo((byte) '<');
        assertThat(got[got.length - 1]).isEqualTo((byte) '>');
        for (int i = 0; i < 180_000; i++) {
            assertThat(got[i + 1]).isEqualTo(content[i + 10]);
        }
        assertThat(write.isSuccess()).isTrue();
        assertThat(last.isSuccess()).isTrue();
        assertThat(region.refCnt()).isZero();
    }

    /** Reads while the channel writes. */
    private byte[] readWhileWriting(SimulatedPeer peer, int length) {
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; ) {
            settle();
            int part = Math.min(length - at, peer.available());
            System.arraycopy(peer.readFully(part), 0, bytes, at, part);
            at += part;
        }
        return bytes;
    }

    @Test
    void anEmptyRegionSucceedsWithoutACall() throws IOException {
        listen();
        Channel client = connect(recorder);
        FileRegion region = new DefaultFileRegion(file(random(10)), 5, 0);
        ChannelFuture write = client.writeAndFlush(region);
        settle();
        assertThat(write.isSuccess()).isTrue();
        assertThat(kernel.calls("WriteFile")).isZero();
        assertThat(region.refCnt()).isZero();
    }

    @Test
    void aRegionLongerThanItsFileFails() throws IOException {
        SimulatedPeer peer = listen();
        Channel client = connect(recorder);
        FileRegion region = new DefaultFileRegion(file(random(10)), 0, 5L * Integer.MAX_VALUE);
        ChannelFuture write = client.writeAndFlush(region);
        settle();
        assertThat(write.cause()).isInstanceOf(IOException.class);
        assertThat(region.refCnt()).isZero();
        assertThat(peer.available()).as("bytes of the file").isEqualTo(10);
        assertThat(client.isOpen())
                .as("the peer cannot know where the content ends")
                .isFalse();
    }

    @Test
    void aFileThatIsTruncatedWhileItIsSentFails() throws IOException {
        SimulatedPeer peer = listen(Win32Constants.PIPE_TYPE_BYTE, 1000);
        Channel client = connect(recorder);
        File file = file(random(200_000));
        ChannelFuture write = client.writeAndFlush(new DefaultFileRegion(file, 0, 200_000));
        settle();
        Files.write(file.toPath(), random(70_000));
        while (client.isOpen()) {
            peer.readFully(Math.min(1000, peer.available()));
            settle();
        }
        assertThat(write.cause()).isInstanceOf(IOException.class);
    }

    @Test
    void aRegionThatCannotBeReadFailsWithItsException() {
        listen();
        Channel client = connect(recorder);
        IOException broken = new IOException("broken");
        ChannelFuture write = client.writeAndFlush(new BytesRegion(new byte[10]) {
            @Override
            public long transferTo(WritableByteChannel target, long position) throws IOException {
                throw broken;
            }
        });
        settle();
        assertThat(write.cause()).isSameAs(broken);
    }

    @Test
    void aRegionMayTransferFewBytesInEachCall() {
        byte[] content = random(1000);
        SimulatedPeer peer = listen();
        Channel client = connect(recorder);
        ChannelFuture write = client.writeAndFlush(new BytesRegion(content));
        settle();
        assertThat(write.isSuccess()).isTrue();
        assertThat(peer.readFully(1000)).isEqualTo(content);
    }

    /** A peer that reads fast does not keep the loop from its tasks. */
    @Test
    void aLargeRegionIsSentInSeveralRunsOfTheLoop() throws IOException {
        int length = 8 * 1024 * 1024;
        listen(Win32Constants.PIPE_TYPE_BYTE, 2 * length);
        Channel client = connect(recorder);
        FileRegion region = new DefaultFileRegion(file(random(length)), 0, length);
        client.writeAndFlush(region);
        assertThat(region.transferred()).as("in one run of the loop").isLessThan(length / 2);
        settle();
        assertThat(region.transferred()).isEqualTo(length);
    }

    @Test
    void aRegionIsReleasedWhenThePacketOfItsWriteHasCome() throws IOException {
        listenUnbuffered();
        Channel client = connect(recorder);
        FileRegion region = new DefaultFileRegion(file(random(1000)), 0, 1000);
        ChannelFuture write = client.writeAndFlush(region);
        client.close();
        assertThat(region.refCnt()).isEqualTo(1);
        assertThat(loops.pendingOperations()).as("read and write").isEqualTo(2);
        settle();
        assertThat(region.refCnt()).isZero();
        assertThat(write.isSuccess()).isFalse();
    }

    /** Transfers 7 bytes in each call. */
    private static class BytesRegion extends AbstractTestRegion {
        private final byte[] bytes;
        private long transferred;

        BytesRegion(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long transferTo(WritableByteChannel target, long position) throws IOException {
            int length = (int) Math.min(7, bytes.length - position);
            int written = target.write(ByteBuffer.wrap(bytes, (int) position, length));
            transferred += written;
            return written;
        }

        @Override
        public long transferred() {
            return transferred;
        }

        @Override
        public long count() {
            return bytes.length;
        }
    }
}
