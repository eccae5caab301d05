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
package org.namedpipe.netty.testsuite.foreign;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;

/** Echoes a stream until the client disconnects, and calculates its sum. */
final class SummingEcho extends ChannelInboundHandlerAdapter {
    private final Sum sum = new Sum();
    private final Promise<String> whole = GlobalEventExecutor.INSTANCE.newPromise();
    private final Promise<Channel> stopped = GlobalEventExecutor.INSTANCE.newPromise();
    private final long limit;

    /** Creates a handler that switches auto-read off after {@code limit} bytes. */
    SummingEcho(long limit) {
        this.limit = limit;
    }

    /** Returns the future of the sum of the whole stream. */
    Future<String> whole() {
        return whole;
    }

    /** Returns a future that completes with the channel when it has stopped reading. */
    Future<Channel> stopped() {
        return stopped;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        sum.add((ByteBuf) message);
        ctx.write(message);
        if (sum.bytes() >= limit && !stopped.isDone()) {
            ctx.channel().config().setAutoRead(false);
            stopped.setSuccess(ctx.channel());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        whole.setSuccess(sum.ofBytes());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        whole.tryFailure(cause);
        ctx.close();
    }
}
