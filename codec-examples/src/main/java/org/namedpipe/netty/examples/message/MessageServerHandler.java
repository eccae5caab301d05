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
package org.namedpipe.netty.examples.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Answers each message, also the empty one, and one that it cannot take. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel
final class MessageServerHandler extends SimpleChannelInboundHandler<ByteBuf> {

    /** What the answer to a message begins with that was not taken. */
    static final String REFUSED = "refused: ";

    private final PrintWriter err;

    MessageServerHandler(PrintWriter err) {
        this.err = err;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
        try {
            // Unlike ByteBuf.toString this refuses what is not UTF-8.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(message.nioBuffer())
                    .toString();
            answer(ctx, new StringBuilder(text).reverse().toString());
        } catch (CharacterCodingException e) {
            answer(ctx, REFUSED + "a message of " + message.readableBytes() + " bytes is not UTF-8");
        }
    }

    /** What is too long has been dropped up to the end of the message; the next one is not touched. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            answer(ctx, REFUSED + cause.getMessage());
            ctx.flush();
        } else {
            err.println("connection closed: " + cause);
            ctx.close();
        }
    }

    private static void answer(ChannelHandlerContext ctx, String text) {
        ctx.write(ByteBufUtil.writeUtf8(ctx.alloc(), text));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    /** Reads no more from a client that does not read its answers. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
    }
}
