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

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.microbench.results.Results;

/**
 * Bytes that event loops allocate per message, by a pipeline that allocates nothing itself: both ends write what they read.
 * What is left is the transport's, and Netty's own. Nothing is timed. Leak detection, which allocates, is off meanwhile.
 */
final class AllocationExperiment {
    /** As rows name this. */
    static final String NAME = "allocation";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int PARTS = 5;

    private final int messages;
    private final Results results;

    /** An experiment over that many messages, which adds to {@code results}. */
    AllocationExperiment(int messages, Results results) {
        this.messages = messages;
        this.results = results;
    }

    /** Counts at each depth, on one connection. */
    void run(List<Integer> depths, int size) throws Exception {
        ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        try {
            for (Wire wire : Wire.values()) {
                for (int depth : depths) {
                    run(wire, new Shape(1, depth, size));
                }
            }
        } finally {
            ResourceLeakDetector.setLevel(level);
        }
    }

    private void run(Wire wire, Shape shape) throws Exception {
        Bouncer server = new Bouncer(shape);
        Bouncer client = new Bouncer(shape);
        try (Endpoints endpoints = new Endpoints(wire, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(server);
            }
        })) {
            Channel channel = endpoints.client(client).connect().sync().channel();
            ByteBuf first = channel.alloc().directBuffer(shape.size() * shape.depth());
            channel.writeAndFlush(first.writeZero(first.writableBytes()));
            report(wire, "server", shape, server);
            report(wire, "client", shape, client);
        }
    }

    private void report(Wire wire, String side, Shape shape, Bouncer bouncer) throws Exception {
        List<Double> parts = bouncer.parts.get(5, TimeUnit.MINUTES);
        for (int i = 0; i < parts.size(); i++) {
            results.add(shape.row(NAME, wire.text + '-' + side, "bytes_per_message", i, parts.get(i)));
        }
        Progress.say("allocated over %s by the %s at depth %d: %s", wire.text, side, shape.depth(), parts);
    }

    /** Writes what it reads, for ever, and takes what its thread has allocated, part by part after a warm-up. */
    private final class Bouncer extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<List<Double>> parts = new CompletableFuture<>();
        private final double[] allocated = new double[PARTS];
        private final long bytesPerPart;
        private int part = -PARTS;
        private long bytes;
        private long before;

        Bouncer(Shape shape) {
            bytesPerPart = (long) messages * shape.size();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            bytes += ((ByteBuf) message).readableBytes();
            context.write(message, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
            if (bytes >= bytesPerPart && part < PARTS) {
                endPart();
            }
        }

        private void endPart() {
            if (part >= 0) {
                long now = THREADS.getCurrentThreadAllocatedBytes();
                allocated[part] = (now - before) / (double) messages;
            }
            part++;
            bytes = 0;
            if (part == PARTS) {
                parts.complete(Arrays.stream(allocated).boxed().toList());
            }
            before = THREADS.getCurrentThreadAllocatedBytes();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            parts.completeExceptionally(cause);
        }
    }
}
