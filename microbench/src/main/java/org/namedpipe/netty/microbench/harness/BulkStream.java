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
package org.namedpipe.netty.microbench.harness;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** A client that sends one large frame again each time it has come back. On the loop. */
final class BulkStream extends ChannelInboundHandlerAdapter {
    private final int size;
    private final MixedLoad load;
    private @Nullable ChannelHandlerContext context;
    private boolean running;
    private boolean underWay;
    private long frames;

    BulkStream(int size, MixedLoad load) {
        this.size = size;
        this.load = load;
    }

    void start() {
        ChannelHandlerContext current = context;
        if (current == null) {
            load.failed(new IllegalStateException("not connected"));
            return;
        }
        running = true;
        frames = 0;
        underWay = true;
        current.writeAndFlush(current.alloc().directBuffer(size).writeZero(size), current.voidPromise());
    }

    /** Sends no further frame. @return how many came back since the start */
    long stop() {
        running = false;
        return frames;
    }

    /** Returns whether a frame is outstanding. */
    boolean isUnderWay() {
        return underWay;
    }

    @Override
    public void channelRead(ChannelHandlerContext current, Object message) {
        frames++;
        if (running) {
            current.write(message, current.voidPromise());
        } else {
            ReferenceCountUtil.release(message);
            underWay = false;
            load.streamEnded();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext current) {
        current.flush();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelInactive(ChannelHandlerContext current) {
        load.failed(new IllegalStateException("the server has closed " + current.channel()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext current, Throwable cause) {
        load.failed(cause);
    }
}
