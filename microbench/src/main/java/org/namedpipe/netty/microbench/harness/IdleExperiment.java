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

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.microbench.results.Results;

/** Measures the memory of accepted connections with an outstanding read and a pipeline of one shared handler. */
final class IdleExperiment {
    static final String NAME = "idle";

    private static final int ACCEPT_MINUTES = 5;

    private final Effort effort;
    private final Results results;

    IdleExperiment(Effort effort, Results results) {
        this.effort = effort;
        this.results = results;
    }

    void run() throws Exception {
        // The largest number: with few connections, the noise of the heap is larger than their memory.
        run(effort.idle.get(effort.idle.size() - 1));
    }

    private void run(int count) throws Exception {
        // Some connections before the measurement, because the first ones initialize caches and classes.
        int first = 10;
        CountDownLatch firstReads = new CountDownLatch(first);
        CountDownLatch allReads = new CountDownLatch(first + count);
        try (Endpoints endpoints = new Endpoints(Transport.PIPE, new Reading(firstReads, allReads))) {
            NamedPipeAddress address =
                    (NamedPipeAddress) Objects.requireNonNull(endpoints.server().localAddress());
            try (IdleClients some = new IdleClients(WindowsKernel.instance(), address, first)) {
                await(firstReads);
                Progress.print("%d connections before the measurement", some.count());
                Memory before = Memory.now();
                try (IdleClients others = new IdleClients(WindowsKernel.instance(), address, count)) {
                    await(allReads);
                    // The last connection submits its read in the current iteration of the loop.
                    endpoints.serverGroup().submit(() -> {}).get();
                    report(others.count(), Memory.now().since(before));
                }
            }
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(ACCEPT_MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException(latch + " were not accepted");
        }
    }

    private void report(int count, Memory grown) {
        double heap = (double) grown.heapBytes() / count;
        double direct = (double) grown.directBytes() / count;
        Workload workload = new Workload(count, 0, 0);
        results.add(workload.row(NAME, "pipe", "heap_bytes_per_connection", 0, heap));
        results.add(workload.row(NAME, "pipe", "direct_bytes_per_connection", 0, direct));
        Progress.print("%d idle connections: %.0f bytes of heap and %.0f direct each", count, heap, direct);
    }

    @Sharable
    private static final class Reading extends ChannelInboundHandlerAdapter {
        private final CountDownLatch first;
        private final CountDownLatch all;

        Reading(CountDownLatch first, CountDownLatch all) {
            this.first = first;
            this.all = all;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            first.countDown();
            all.countDown();
            context.fireChannelActive();
        }
    }
}
