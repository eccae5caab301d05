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
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Promise;
import java.io.EOFException;

/** Keeps some number of frames under way, checks each that comes back and measures how long it took. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel
final class EchoClientHandler extends SimpleChannelInboundHandler<ByteBuf> {

    private final Frames frames;
    private final int count;
    private final Report report;
    private final Promise<Void> done;
    private final long[] sentAt;

    private long sent;
    private long verified;

    /**
     * Makes a handler for one channel.
     *
     * @param done succeeds when all frames are verified, and fails as soon as that cannot happen any more
     */
    EchoClientHandler(Load load, Report report, Promise<Void> done) {
        this.frames = load.frames();
        this.count = load.count;
        this.report = report;
        this.done = done;
        this.sentAt = new long[Math.min(load.depth, load.count)];
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        for (int i = 0; i < sentAt.length; i++) {
            send(ctx);
        }
        ctx.flush();
    }

    private void send(ChannelHandlerContext ctx) {
        ByteBuf frame = ctx.alloc().buffer(frames.size(sent));
        frames.write(sent, frame);
        sentAt[(int) (sent++ % sentAt.length)] = System.nanoTime();
        ctx.write(frame).addListener(written -> {
            if (!written.isSuccess()) {
                done.tryFailure(written.cause());
            }
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) {
        long nanos = System.nanoTime() - sentAt[(int) (verified % sentAt.length)];
        frames.verify(verified++, frame);
        report.verified(frame.readableBytes(), nanos);
        if (sent < count) {
            send(ctx);
        } else if (verified == count) {
            done.trySuccess(null);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        done.tryFailure(new EOFException("the server hung up after " + verified + " of " + count + " frames"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        done.tryFailure(cause);
        ctx.close();
    }
}
