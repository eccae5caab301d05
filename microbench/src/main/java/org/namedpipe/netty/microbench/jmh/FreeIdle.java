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
package org.namedpipe.netty.microbench.jmh;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocalThread;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.iocp.BenchmarkHandlerFactory;
import org.namedpipe.netty.microbench.harness.HeapHistogram;
import org.namedpipe.netty.microbench.harness.Memory;
import org.namedpipe.netty.microbench.results.Results;
import org.namedpipe.netty.microbench.results.Row;

/**
 * The memory of accepted connections with a read under way and a pipeline of one shared handler, on a kernel that has
 * none of its own: by class, and to the byte.
 */
public final class FreeIdle {
    /** As rows name this; their subject is the class, {@code heap} or {@code direct}. */
    public static final String NAME = "idle-free";

    private static final int FIRST = 100;
    private static final int TURNS = 10;

    private final FreeKernel kernel = new FreeKernel();
    private final ManualIoEventLoop loop =
            new ManualIoEventLoop(Thread.currentThread(), BenchmarkHandlerFactory.on(kernel));
    private final Channel server;
    private final int connections;

    private FreeIdle(int connections) {
        this.connections = connections;
        kernel.expectClients(Integer.MAX_VALUE);
        server = new ServerBootstrap()
                .group(loop)
                .channel(NamedPipeServerChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new ServerChannelRecvByteBufAllocator())
                .childHandler(new Silent())
                .bind(NamedPipeAddress.of("free"))
                .channel();
    }

    /** Measures that many connections, on a thread like that of an event loop. */
    public static void run(int connections, Results results) throws InterruptedException {
        Thread thread = new FastThreadLocalThread(() -> new FreeIdle(connections).measure(results));
        thread.start();
        thread.join();
    }

    private void measure(Results results) {
        // Some before the others, for what is made but once.
        accept(FIRST);
        HeapHistogram classes = HeapHistogram.now();
        Memory before = Memory.now();
        accept(connections);
        Memory grown = Memory.now().since(before);
        add(results, "heap", grown.heapBytes());
        add(results, "direct", grown.directBytes());
        HeapHistogram.now().since(classes).forEach((type, bytes) -> {
            if (bytes >= connections) {
                add(results, type, bytes);
            }
        });
    }

    private void accept(int count) {
        long reads = kernel.reads() + count;
        for (int i = 0; i < TURNS * count && kernel.reads() < reads; i++) {
            server.read();
            loop.runNow();
        }
        if (kernel.reads() != reads) {
            throw new IllegalStateException(reads - kernel.reads() + " connections do not read");
        }
    }

    private void add(Results results, String subject, long bytes) {
        results.add(new Row(NAME, subject, connections, 0, 0, "bytes_per_connection", 0, (double) bytes / connections));
    }

    @Sharable
    private static final class Silent extends ChannelInboundHandlerAdapter {}
}
