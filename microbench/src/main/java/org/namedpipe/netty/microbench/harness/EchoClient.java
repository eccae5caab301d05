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

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The client's handler of one connection. It keeps {@link Workload#depth()} messages outstanding until all are answered.
 * It sends each answer again without a copy, so that only the transport and the framing copy or allocate.
 */
final class EchoClient extends ChannelInboundHandlerAdapter {
    private final Workload workload;
    private final long[] stamps;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Round round;
    private int messages;
    private int sent;
    private int answered;

    EchoClient(Workload workload) {
        this.workload = workload;
        stamps = new long[workload.depth()];
    }

    /** One round of all connections. Used on the client's loop only, except for the result. */
    static final class Round {
        private final int messages;
        private final @Nullable Histogram latencies;
        private final CompletableFuture<Double> nanosPerMessage = new CompletableFuture<>();
        private final int connections;
        private final long begin;
        private int left;

        Round(int connections, int messages, @Nullable Histogram latencies) {
            this.connections = connections;
            this.messages = messages;
            this.latencies = latencies;
            left = connections;
            begin = System.nanoTime();
        }

        private void connectionDone() {
            if (--left == 0) {
                nanosPerMessage.complete((System.nanoTime() - begin) / (double) connections / messages);
            }
        }

        CompletableFuture<Double> nanosPerMessage() {
            return nanosPerMessage;
        }
    }

    /** Starts a round. Called on the client's loop. */
    void begin(Round next) {
        ChannelHandlerContext current = context;
        if (current == null) {
            next.nanosPerMessage.completeExceptionally(new IllegalStateException("not connected"));
            return;
        }
        round = next;
        messages = next.messages;
        sent = 0;
        answered = 0;
        while (sent < Math.min(workload.depth(), messages)) {
            send(current, current.alloc().directBuffer(workload.size()).writeZero(workload.size()));
        }
        current.flush();
    }

    private void send(ChannelHandlerContext current, ByteBuf message) {
        if (round != null && round.latencies != null) {
            stamps[sent % stamps.length] = System.nanoTime();
        }
        sent++;
        current.write(message, current.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext current, Object message) {
        if (round != null && round.latencies != null) {
            round.latencies.recordValue(System.nanoTime() - stamps[answered % stamps.length]);
        }
        answered++;
        if (sent < messages) {
            send(current, (ByteBuf) message);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext current) {
        current.flush();
        Round current0 = round;
        if (answered == messages && current0 != null) {
            round = null;
            current0.connectionDone();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelInactive(ChannelHandlerContext current) {
        fail(new IllegalStateException("the server has closed " + current.channel()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext current, Throwable cause) {
        fail(cause);
    }

    private void fail(Throwable cause) {
        if (round != null) {
            round.nanosPerMessage.completeExceptionally(cause);
        }
    }
}
