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
import java.io.IOException;
import java.io.OutputStream;

/** Writes the streams of a container to where they belong. The event loop waits for the terminal, and so does the engine. */
final class StreamPrinter extends SimpleChannelInboundHandler<Object> {

    private final OutputStream out;
    private final OutputStream err;
    private final Promise<Void> done;

    /**
     * Makes a handler for one channel.
     *
     * @param done succeeds when the engine has said that this is all
     */
    StreamPrinter(OutputStream out, OutputStream err, Promise<Void> done) {
        this.out = out;
        this.err = err;
        this.done = done;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Object message) throws IOException {
        if (message instanceof StreamPiece piece) {
            boolean error = piece.kind() == StreamKind.STDERR || piece.kind() == StreamKind.SYSTEM;
            print(piece.content(), error ? err : out);
        } else {
            print((ByteBuf) message, out);
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
}
