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
import io.netty.handler.codec.MessageToMessageCodec;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Converts between frames and texts. A single space stands for the empty text. */
final class IpcTextCodec extends MessageToMessageCodec<ByteBuf, String> {

    /** The largest text, in bytes of UTF-8. */
    static final int MAX_BYTES = 1024 * 1024;

    @Override
    protected void encode(ChannelHandlerContext ctx, String text, List<Object> out) {
        String wire = text.isEmpty() ? " " : text;
        int bytes = ByteBufUtil.utf8Bytes(wire);
        if (bytes > MAX_BYTES) {
            throw new TooLongFrameException("a text of " + bytes + " bytes is longer than " + MAX_BYTES);
        }
        out.add(ByteBufUtil.writeUtf8(ctx.alloc(), wire));
    }

    /** Fails if the frame is not UTF-8, which {@code ByteBuf.toString} would not. */
    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf frame, List<Object> out) throws CharacterCodingException {
        String wire =
                StandardCharsets.UTF_8.newDecoder().decode(frame.nioBuffer()).toString();
        out.add(wire.equals(" ") ? "" : wire);
    }
}
