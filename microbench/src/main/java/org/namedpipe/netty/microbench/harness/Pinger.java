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
import java.util.ArrayDeque;
import java.util.Queue;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A client whose requests are due at given times, one outstanding at a time. The latency of a request counts from when it was due,
 * also if the answer to the one before has not come yet, so that a slow answer is not counted once only.
 */
final class Pinger extends ChannelInboundHandlerAdapter {
    private final int size;
    private final MixedLoad load;
    private final Queue<Long> due = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;

    Pinger(int size, MixedLoad load) {
        this.size = size;
        this.load = load;
    }

    /** Sends a request that is due at a time, or queues it. On the loop. */
    void request(long dueNanos) {
        due.add(dueNanos);
        if (due.size() == 1) {
            send();
        }
    }

    private void send() {
        ChannelHandlerContext current = context;
        if (current == null) {
            load.failed(new IllegalStateException("not connected"));
            return;
        }
        current.writeAndFlush(current.alloc().directBuffer(size).writeZero(size), current.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext current, Object message) {
        ReferenceCountUtil.release(message);
        Histogram latencies = load.latencies();
        latencies.recordValue(System.nanoTime() - due.remove());
        load.answered();
        if (!due.isEmpty()) {
            send();
        }
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
