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
package org.namedpipe.netty.examples.echo;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;

/** Sends frames of random sizes and bytes, and compares each echo with the frame that was sent. */
final class EchoClientHandler extends SimpleChannelInboundHandler<ByteBuf> {

    private static final int MAX_FRAMES_UNDER_WAY = 16;

    private final int frames;
    private final SplittableRandom random = new SplittableRandom();
    private final Queue<ByteBuf> underWay = new ArrayDeque<>();
    private int sent;
    private int echoed;

    EchoClientHandler(int frames) {
        this.frames = frames;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        while (sent < Math.min(frames, MAX_FRAMES_UNDER_WAY)) {
            send(ctx);
        }
        ctx.flush();
    }

    private void send(ChannelHandlerContext ctx) {
        byte[] bytes = new byte[random.nextInt(EchoServer.MAX_FRAME_BYTES + 1)];
        random.nextBytes(bytes);
        underWay.add(Unpooled.wrappedBuffer(bytes));
        ctx.write(Unpooled.wrappedBuffer(bytes));
        sent++;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) throws IOException {
        if (!frame.equals(underWay.remove())) {
            throw new IOException("frame " + echoed + " came back with other bytes");
        }
        echoed++;
        if (sent < frames) {
            send(ctx);
        }
        if (echoed == frames) {
            ctx.close();
        } else if (echoed % 1000 == 0) {
            System.out.printf("%,d of %,d frames%n", echoed, frames);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        cause.printStackTrace();
        ctx.close();
    }

    /** Fails if the connection was closed too early. */
    void checkComplete() throws EOFException {
        if (echoed < frames) {
            throw new EOFException(String.format("the connection was closed after %,d of %,d frames", echoed, frames));
        }
        System.out.printf("%,d frames echoed, every byte compared%n", frames);
    }
}
