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
package org.namedpipe.netty.examples.docker;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import java.util.List;
import java.util.Optional;

/**
 * Takes the streams of a container apart. A frame is a byte that says which stream, three zeros, a length of four bytes,
 * big-endian, and as many bytes. They are passed on as they come, a long frame in pieces.
 */
final class StreamFrameDecoder extends ByteToMessageDecoder {

    static final int HEADER_BYTES = 8;

    private enum State {
        HEADER,
        PAYLOAD,
        /** Nobody knows where the next frame begins. */
        LOST
    }

    private final long maxFrame;
    private State state = State.HEADER;
    private StreamKind kind = StreamKind.STDOUT;
    private long remaining;

    /**
     * Makes a decoder for one channel.
     *
     * @param maxFrame the largest frame to take, in bytes and without its header
     */
    StreamFrameDecoder(long maxFrame) {
        this.maxFrame = maxFrame;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        switch (state) {
            case HEADER -> {
                if (in.readableBytes() >= HEADER_BYTES) {
                    readHeader(in);
                }
            }
            case PAYLOAD -> {
                int count = (int) Math.min(remaining, in.readableBytes());
                out.add(new StreamPiece(kind, in.readRetainedSlice(count)));
                remaining -= count;
                state = remaining == 0 ? State.HEADER : State.PAYLOAD;
            }
            case LOST -> in.skipBytes(in.readableBytes());
        }
    }

    private void readHeader(ByteBuf in) {
        int stream = in.readUnsignedByte();
        int zeros = in.readUnsignedMedium();
        remaining = in.readUnsignedInt();
        state = State.LOST;
        Optional<StreamKind> known = StreamKind.of(stream);
        if (known.isEmpty() || zeros != 0) {
            throw new CorruptedFrameException("not the beginning of a frame: stream " + stream + ", then " + zeros);
        }
        if (remaining > maxFrame) {
            throw new TooLongFrameException("a frame of " + remaining + " bytes, allowed are " + maxFrame);
        }
        kind = known.get();
        state = remaining == 0 ? State.HEADER : State.PAYLOAD;
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        super.decodeLast(ctx, in, out);
        if (state == State.PAYLOAD || in.isReadable()) {
            String missing = state == State.PAYLOAD ? remaining + " bytes were missing" : "its header was cut";
            in.skipBytes(in.readableBytes());
            state = State.LOST;
            ctx.fireExceptionCaught(new CorruptedFrameException("the stream ended within a frame: " + missing));
        }
    }
}
