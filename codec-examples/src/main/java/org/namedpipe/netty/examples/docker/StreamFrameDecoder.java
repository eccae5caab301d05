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

/**
 * Decodes the multiplexed output of a container. A frame has a byte for the stream, three zeros, the length of the payload
 * in four bytes, and the payload. A payload becomes one or more {@link StreamPiece}s, so that a frame is never held as a
 * whole.
 */
final class StreamFrameDecoder extends ByteToMessageDecoder {

    static final String MEDIA_TYPE = "application/vnd.docker.multiplexed-stream";
    static final int MAX_FRAME = 16 * 1024 * 1024;

    private static final int HEADER_BYTES = 8;

    private enum State {
        HEADER,
        PAYLOAD,
        CORRUPTED
    }

    private State state = State.HEADER;
    private int stream;
    private long remaining;

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
                out.add(new StreamPiece(stream, in.readRetainedSlice(count)));
                remaining -= count;
                state = remaining == 0 ? State.HEADER : State.PAYLOAD;
            }
            case CORRUPTED -> in.skipBytes(in.readableBytes());
        }
    }

    private void readHeader(ByteBuf in) {
        stream = in.readUnsignedByte();
        int zeros = in.readUnsignedMedium();
        remaining = in.readUnsignedInt();
        state = State.CORRUPTED;
        if (stream > StreamPiece.SYSTEM_ERROR || zeros != 0) {
            throw new CorruptedFrameException("not the header of a frame: stream " + stream + ", then " + zeros);
        }
        if (remaining > MAX_FRAME) {
            throw new TooLongFrameException("a frame of " + remaining + " bytes, the maximum is " + MAX_FRAME);
        }
        state = remaining == 0 ? State.HEADER : State.PAYLOAD;
    }

    /** Reports a stream that ends within a frame. */
    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        super.decodeLast(ctx, in, out);
        if (state == State.PAYLOAD || in.isReadable()) {
            String missing = state == State.PAYLOAD ? remaining + " bytes are missing" : "its header is incomplete";
            in.skipBytes(in.readableBytes());
            state = State.CORRUPTED;
            ctx.fireExceptionCaught(new CorruptedFrameException("the stream ended within a frame: " + missing));
        }
    }
}
