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
package org.namedpipe.netty.examples.ipc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.EncoderException;
import io.netty.handler.codec.MessageToMessageCodec;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Turns frames into texts and texts into frames. A single space stands for the empty text, both ways. */
final class IpcTextCodec extends MessageToMessageCodec<ByteBuf, String> {

    private static final String EMPTY = " ";

    private final int maxMessage;

    IpcTextCodec(int maxMessage) {
        this.maxMessage = maxMessage;
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, String text, List<Object> out) {
        String wire = text.isEmpty() ? EMPTY : text;
        int bytes = ByteBufUtil.utf8Bytes(wire);
        if (bytes > maxMessage) {
            throw new EncoderException("a message of " + bytes + " bytes, allowed are " + maxMessage);
        }
        out.add(ByteBufUtil.encodeString(ctx.alloc(), CharBuffer.wrap(wire), StandardCharsets.UTF_8));
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf frame, List<Object> out) {
        try {
            // Unlike ByteBuf.toString this refuses what is not UTF-8.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(frame.nioBuffer())
                    .toString();
            out.add(text.equals(EMPTY) ? "" : text);
        } catch (CharacterCodingException e) {
            throw new CorruptedFrameException("a frame of " + frame.readableBytes() + " bytes is not UTF-8", e);
        }
    }
}
