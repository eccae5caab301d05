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
import org.jspecify.annotations.Nullable;

/**
 * Chooses the bytes of one {@code WriteFile} among the flushed messages. A message that is large or alone is written as it is.
 * Several small ones are copied into one buffer, together with a large one behind them. A part of a file is read into a buffer.
 * In message mode each message is one write. Of a stream one call takes a limited number of bytes.
 *
 * <p>A header that is written by itself is also read by itself, and then the peer's decoder copies the payload.
 */
final class WriteBatch implements ChannelOutboundBuffer.MessageProcessor {
    /** A message of so many bytes is large: it is not copied for the messages behind it. */
    private static final int LARGE_BYTES = 128 * 1024;

    /** One call takes no more of a stream: Windows copies all of it into nonpaged memory until the peer has read it. */
    static final int MAX_BYTES = 1024 * 1024;

    /** One call takes so many bytes more if they are the last ones: a payload of {@link #MAX_BYTES} has a header. */
    static final int MAX_EXCESS_BYTES = 64 * 1024;

    /** One call to another computer takes no more of a stream. */
    static final int MAX_REMOTE_BYTES = 65_535;

    private final OutboundEnd end;
    private final PipeHandle pipe;
    private final LoopRegistration registration;
    private final RegionReader regions;
    private ByteBuf target = Unpooled.EMPTY_BUFFER;
    /** The number of bytes that {@link #target} takes. */
    private int limit;
    /** The end of the last large message in {@link #target}, or 0. */
    private int endOfLarge;

    private int messagesLeft;

    WriteBatch(OutboundEnd end, PipeHandle pipe, LoopRegistration registration) {
        this.end = end;
        this.pipe = pipe;
        this.registration = registration;
        regions = new RegionReader(end, pipe);
    }

    /** Returns how many of {@code length} bytes one call may take. A message is never split. */
    int callLength(int length) {
        if (length <= MAX_REMOTE_BYTES || pipe.shape().writesMessages()) {
            return length;
        }
        if (pipe.isRemote()) {
            return MAX_REMOTE_BYTES;
        }
        return length <= MAX_BYTES + MAX_EXCESS_BYTES ? length : MAX_BYTES;
    }

    /**
     * The next bytes to write, as a buffer with a reference for the caller, or {@code null} if nothing is flushed.
     * Messages without bytes are removed: writing nothing would be visible to the peer.
     */
    @Nullable
    ByteBuf next(ChannelOutboundBuffer out, int maxMessages) throws Exception {
        for (Object message = out.current(); message != null; message = out.current()) {
            if (message == ControlMessage.ZERO_LENGTH_MESSAGE) {
                return Unpooled.EMPTY_BUFFER;
            }
            if (message instanceof FileRegion region) {
                ByteBuf chunk = regions.next(region);
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

    private ByteBuf gather(ChannelOutboundBuffer out, ByteBuf first, int maxMessages) {
        if (out.size() > 1 && !pipe.shape().writesMessages() && first.readableBytes() < callLength(LARGE_BYTES)) {
            ByteBuf copy = copy(out, maxMessages);
            if (copy != null) {
                return copy;
            }
        }
        return first.retain();
    }

    /** Returns {@code null} if there is no memory for a copy, or one of the messages cannot be copied. */
    private @Nullable ByteBuf copy(ChannelOutboundBuffer out, int maxMessages) {
        ByteBuf copy = null;
        try {
            limit = (int) Math.min(callLength(MAX_BYTES + MAX_EXCESS_BYTES), out.totalPendingWriteBytes());
            copy = Buffers.direct(end.config(), registration, limit);
            target = copy;
            endOfLarge = 0;
            messagesLeft = maxMessages;
            out.forEachFlushedMessage(this);
            return copy;
        } catch (Throwable t) {
            // The first message can still go out by itself. One that cannot be read fails when it is the first.
            if (copy != null) {
                copy.release();
            }
            return null;
        } finally {
            target = Unpooled.EMPTY_BUFFER;
        }
    }

    /**
     * Copies a message, the last one as far as it fits. The second of two large ones is copied only if it fits, and so are the
     * small ones in between, which may be its header.
     */
    @Override
    public boolean processMessage(Object message) {
        if (!(message instanceof ByteBuf buffer) || messagesLeft-- <= 0) {
            return false;
        }
        int length = buffer.readableBytes();
        boolean large = length >= LARGE_BYTES;
        int room = limit - target.writerIndex();
        if (large && length > room && endOfLarge > 0) {
            target.writerIndex(endOfLarge);
            return false;
        }
        length = Math.min(length, room);
        if (length > 0) {
            target.writeBytes(buffer, buffer.readerIndex(), length);
        }
        if (large) {
            endOfLarge = target.writerIndex();
        }
        return target.writerIndex() < limit;
    }

    /** Fails all flushed messages. */
    static void failAll(@Nullable ChannelOutboundBuffer out, Throwable cause) {
        while (out != null && out.remove(cause)) {
            // Each takes the next one.
        }
    }

    /** As that of the buffer, which does not expect a listener to close the channel in the middle. */
    static void removeBytes(ChannelOutboundBuffer out, int written) {
        int left = written;
        while (out.current() instanceof ByteBuf message) {
            int length = message.readableBytes();
            if (length > left) {
                if (left > 0) {
                    message.skipBytes(left);
                    out.progress(left);
                }
                return;
            }
            left -= length;
            out.progress(length);
            out.remove();
        }
    }
}
