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
 * Bytes that event loops allocate per message, by a pipeline that allocates nothing itself: both ends write what they
 * read. What is left is the transport's, and Netty's own. Nothing is timed. Leak detection, which allocates, is off
 * meanwhile.
 */
final class AllocationExperiment {
    /** As rows name this. */
    static final String NAME = "allocation";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int PARTS = 5;
    /** Of messages that are larger fewer will do. */
    private static final int LARGE = 4096;

    private final int messages;
    private final Results results;

    /** An experiment over that many messages, which adds to {@code results}. */
    AllocationExperiment(int messages, Results results) {
        this.messages = messages;
        this.results = results;
    }

    /**
     * Counts, on one connection each. Without frames there is no telling one message from two: the sizes are nominal.
     */
    void run(List<Shape> shapes) throws Exception {
        ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        try {
            for (Wire wire : List.of(Wire.PIPE, Wire.TCP)) {
                for (Shape shape : shapes) {
                    run(wire, shape, Math.max(2, messages / (1 + shape.size() / LARGE)));
                }
            }
        } finally {
            ResourceLeakDetector.setLevel(level);
        }
    }

    private void run(Wire wire, Shape shape, int count) throws Exception {
        Bouncer server = new Bouncer(shape, count);
        Bouncer client = new Bouncer(shape, count);
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
        Progress.say("allocated over %s by the %s, %s: %s", wire.text, side, shape, parts);
    }

    /** Writes what it reads, for ever, and takes what its thread has allocated, part by part after a warm-up. */
    private static final class Bouncer extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<List<Double>> parts = new CompletableFuture<>();
        private final double[] allocated = new double[PARTS];
        private final int messagesPerPart;
        private final long bytesPerPart;
        private int part = -PARTS;
        private long bytes;
        private long before;

        Bouncer(Shape shape, int count) {
            messagesPerPart = count;
            bytesPerPart = (long) count * shape.size();
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
                allocated[part] = (now - before) / (double) messagesPerPart;
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
