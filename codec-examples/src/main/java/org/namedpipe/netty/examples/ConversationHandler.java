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
package org.namedpipe.netty.examples;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Promise;
import java.io.EOFException;

/** Sends a message, waits for its reply, and sends the next. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel
public final class ConversationHandler extends SimpleChannelInboundHandler<String> {

    private final Conversation conversation;
    private final Promise<Void> done;

    /**
     * Makes a handler for one channel.
     *
     * @param done succeeds when all messages are answered, and fails as soon as that cannot happen any more
     */
    public ConversationHandler(Conversation conversation, Promise<Void> done) {
        this.conversation = conversation;
        this.done = done;
    }

    /** Begins at once if it joins a connection that is already there. */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            sendNext(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        sendNext(ctx);
    }

    private void sendNext(ChannelHandlerContext ctx) {
        if (!conversation.hasNext()) {
            done.trySuccess(null);
            return;
        }
        ctx.writeAndFlush(conversation.next()).addListener(written -> {
            if (!written.isSuccess()) {
                done.tryFailure(written.cause());
            }
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, String reply) {
        conversation.reply(reply);
        sendNext(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        done.tryFailure(new EOFException("the server hung up, " + conversation));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        done.tryFailure(cause);
        ctx.close();
    }
}
