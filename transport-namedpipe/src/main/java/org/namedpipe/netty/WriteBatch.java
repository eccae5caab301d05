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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.FileRegion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Makes flushed messages into what one {@code WriteFile} takes: a message that is large or alone goes out as it is,
 * several small ones are copied into one buffer, a piece of a file is read into one. Where a write is a message, each
 * goes out by itself.
 */
final class WriteBatch implements ChannelOutboundBuffer.MessageProcessor {
    /** Up to here a copy costs less than a call. */
    private static final int MAX_COPIED_BYTES = 128 * 1024;

    private static final int FILE_CHUNK_BYTES = 64 * 1024;

    private final NamedPipeChannel channel;
    private ByteBuf target = Unpooled.EMPTY_BUFFER;
    private int messagesLeft;

    WriteBatch(NamedPipeChannel channel) {
        this.channel = channel;
    }

    /**
     * The next bytes to write, as a buffer with a reference for the caller, or {@code null} if nothing is flushed.
     * Messages without bytes are removed: writing nothing would be visible to the peer.
     */
    @Nullable
    ByteBuf next(ChannelOutboundBuffer out, int maxMessages) throws Exception {
        for (Object message = out.current(); message != null; message = out.current()) {
            if (message == OutboundMarker.EMPTY_MESSAGE) {
                return Unpooled.EMPTY_BUFFER;
            }
            if (message instanceof FileRegion region) {
                ByteBuf chunk = readChunk(region);
                if (chunk != null) {
                    return chunk;
                }
            } else if (message instanceof ByteBuf buffer && buffer.isReadable()) {
                return gather(out, buffer, maxMessages);
            }
            out.remove();
        }
        return null;
    }

    private ByteBuf gather(ChannelOutboundBuffer out, ByteBuf first, int maxMessages) throws Exception {
        if (out.size() == 1 || channel.shape().writesMessages() || first.readableBytes() >= MAX_COPIED_BYTES) {
            return first.retain();
        }
        int capacity = (int) Math.min(MAX_COPIED_BYTES, out.totalPendingWriteBytes());
        ByteBuf copy = channel.alloc().directBuffer(capacity, capacity);
        target = copy;
        messagesLeft = maxMessages;
        try {
            out.forEachFlushedMessage(this);
        } catch (Throwable t) {
            copy.release();
            throw t;
        } finally {
            target = Unpooled.EMPTY_BUFFER;
        }
        return copy;
    }

    /** Copies a message, the last one as far as it fits. */
    @Override
    public boolean processMessage(Object message) {
        if (!(message instanceof ByteBuf buffer) || messagesLeft-- <= 0) {
            return false;
        }
        int length = buffer.readableBytes();
        if (length >= MAX_COPIED_BYTES && target.isReadable()) {
            // It goes out as it is, in the next call.
            return false;
        }
        length = Math.min(length, target.writableBytes());
        if (length > 0) {
            target.writeBytes(buffer, buffer.readerIndex(), length);
        }
        return target.isWritable();
    }

    private @Nullable ByteBuf readChunk(FileRegion region) throws IOException {
        long left = region.count() - region.transferred();
        if (left <= 0) {
            return null;
        }
        boolean oneMessage = channel.shape().writesMessages();
        int length = (int) (oneMessage ? left : Math.min(left, FILE_CHUNK_BYTES));
        ByteBuf chunk = channel.alloc().directBuffer(length, length);
        try {
            do {
                long read = region.transferTo(new BoundedByteChannel(chunk), region.transferred());
                if (read <= 0) {
                    channel.checkRegion(region);
                    throw new IOException(
                            "FileRegion ended after " + region.transferred() + " of " + region.count() + " bytes");
                }
            } while (oneMessage && chunk.isWritable());
            return chunk;
        } catch (Throwable t) {
            chunk.release();
            throw t;
        }
    }

    /** Takes as many bytes as a buffer has room for. */
    private static final class BoundedByteChannel implements WritableByteChannel {
        private final ByteBuf target;

        BoundedByteChannel(ByteBuf target) {
            this.target = target;
        }

        @Override
        public int write(ByteBuffer source) {
            int length = Math.min(source.remaining(), target.writableBytes());
            if (length > 0) {
                ByteBuffer part = source.duplicate().limit(source.position() + length);
                target.writeBytes(part);
                source.position(source.position() + length);
            }
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
