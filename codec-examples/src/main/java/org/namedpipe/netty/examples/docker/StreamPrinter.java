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
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Promise;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Copies the output of a container to standard output and standard error. Completes a promise when the output ends, and
 * fails it when the connection ends before.
 */
final class StreamPrinter extends SimpleChannelInboundHandler<Object> {

    private final Promise<Void> done;

    StreamPrinter(Promise<Void> done) {
        this.done = done;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Object message) throws IOException {
        if (message instanceof StreamPiece piece) {
            print(piece.content(), piece.isError() ? System.err : System.out);
        } else {
            print((ByteBuf) message, System.out);
        }
    }

    private static void print(ByteBuf bytes, OutputStream stream) throws IOException {
        bytes.readBytes(stream, bytes.readableBytes());
        stream.flush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            done.trySuccess(null);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        done.tryFailure(new EOFException("the engine closed the connection before the end of the output"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        done.tryFailure(cause);
        ctx.close();
    }
}
