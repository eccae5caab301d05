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

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.EOFException;
import java.io.IOException;

/** Sends a text, waits for its reply, and sends the next one. Sharable, since each attempt to connect has a new channel. */
@Sharable
final class IpcClientHandler extends SimpleChannelInboundHandler<String> {

    private final String[] texts;
    private final long count;
    private long answered;

    IpcClientHandler(int rounds, String... texts) {
        this.texts = texts;
        this.count = (long) rounds * texts.length;
    }

    private String next() {
        return texts[(int) (answered % texts.length)];
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        send(ctx);
    }

    private void send(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(next()).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, String reply) throws IOException {
        if (!reply.equals(IpcServerHandler.reply(next()))) {
            throw new IOException("the reply to \"" + next() + "\" is \"" + reply + '"');
        }
        answered++;
        if (answered < count) {
            send(ctx);
        } else {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        cause.printStackTrace();
        ctx.close();
    }

    /** Fails if the connection was closed too early. */
    void checkComplete() throws EOFException {
        if (answered < count) {
            throw new EOFException(
                    String.format("the connection was closed after %,d of %,d replies", answered, count));
        }
        System.out.printf("%,d texts answered%n", count);
    }
}
