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
 * Counts the bytes that event loops allocate per message. Both ends echo, with a pipeline that does not allocate, so
 * all allocations are those of the transport and of Netty. Nothing is timed. Leak detection is off, because it
 * allocates.
 */
final class AllocationExperiment {
    /** The name of the experiment in the results. */
    static final String NAME = "allocation";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int PARTS = 5;
    /** The size, in bytes, above which fewer messages are sent. */
    private static final int LARGE = 4096;

    private final int messages;
    private final Results results;

    /** Creates an experiment over {@code messages} messages that adds its rows to {@code results}. */
    AllocationExperiment(int messages, Results results) {
        this.messages = messages;
        this.results = results;
    }

    /**
     * Counts for each workload, on one connection. The messages are not framed, so their sizes are nominal.
     */
    void run(List<Workload> workloads) throws Exception {
        ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        try {
            for (Transport transport : List.of(Transport.PIPE, Transport.TCP)) {
                for (Workload workload : workloads) {
                    run(transport, workload, Math.max(2, messages / (1 + workload.size() / LARGE)));
                }
            }
        } finally {
            ResourceLeakDetector.setLevel(level);
        }
    }

    private void run(Transport transport, Workload workload, int count) throws Exception {
        EchoCounter server = new EchoCounter(workload, count);
        EchoCounter client = new EchoCounter(workload, count);
        try (Endpoints endpoints = new Endpoints(transport, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(server);
            }
        })) {
            Channel channel = endpoints.client(client).connect().sync().channel();
            ByteBuf first = channel.alloc().directBuffer(workload.size() * workload.depth());
            channel.writeAndFlush(first.writeZero(first.writableBytes()));
            report(transport, "server", workload, server);
            report(transport, "client", workload, client);
        }
    }

    private void report(Transport transport, String side, Workload workload, EchoCounter counter) throws Exception {
        List<Double> parts = counter.parts.get(5, TimeUnit.MINUTES);
        for (int i = 0; i < parts.size(); i++) {
            results.add(workload.row(NAME, transport.text + '-' + side, "bytes_per_message", i, parts.get(i)));
        }
        Progress.print("allocated over %s by the %s, %s: %s", transport.text, side, workload, parts);
    }

    /** Echoes without end, and records the bytes that its thread allocates in each part after the warm-up. */
    private static final class EchoCounter extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<List<Double>> parts = new CompletableFuture<>();
        private final double[] allocated = new double[PARTS];
        private final int messagesPerPart;
        private final long bytesPerPart;
        private int part = -PARTS;
        private long bytes;
        private long before;

        EchoCounter(Workload workload, int count) {
            messagesPerPart = count;
            bytesPerPart = (long) count * workload.size();
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
