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
package org.namedpipe.netty.streams;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Writes to a channel, and waits until the pipe has taken the bytes. */
final class StreamWriter {
    /** A longer array is written in pieces, so that a write has no copy of all of it. */
    private static final int MAX_PIECE = 256 * 1024;

    volatile Duration timeout = Duration.ZERO;

    private final Channel channel;
    private final ReentrantLock lock = new ReentrantLock();
    /** A write that was given up. The next one waits for it, so that the memory is that of one piece. */
    private @Nullable ChannelFuture unfinished;

    StreamWriter(Channel channel) {
        this.channel = channel;
    }

    /** Writes all bytes. */
    void write(ByteBuffer source) throws IOException {
        Blocking.checkThread(channel, "write");
        Blocking.lock(lock, timeout, "write");
        try {
            if (!channel.isOpen()) {
                throw new ClosedChannelException();
            }
            while (source.hasRemaining()) {
                finish(unfinished);
                ChannelFuture write = channel.writeAndFlush(nextPiece(source));
                unfinished = write;
                finish(write);
            }
        } finally {
            lock.unlock();
        }
    }

    private void finish(@Nullable ChannelFuture write) throws IOException {
        if (write != null) {
            Blocking.await(write, timeout, "write");
            unfinished = null;
        }
    }

    private ByteBuf nextPiece(ByteBuffer source) {
        int length = Math.min(source.remaining(), MAX_PIECE);
        ByteBuffer part = source.slice().limit(length);
        source.position(source.position() + length);
        return channel.alloc().directBuffer(length).writeBytes(part);
    }
}
