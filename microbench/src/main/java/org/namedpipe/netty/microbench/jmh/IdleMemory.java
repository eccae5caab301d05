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
import org.namedpipe.netty.internal.win32.Kernels;
import org.namedpipe.netty.iocp.IocpIoHandler;
import org.namedpipe.netty.microbench.harness.HeapHistogram;
import org.namedpipe.netty.microbench.harness.Memory;
import org.namedpipe.netty.microbench.results.Results;
import org.namedpipe.netty.microbench.results.Row;

/**
 * Measures the memory of accepted connections with an outstanding read and a pipeline of one shared handler, by class.
 * The stub kernel allocates no memory per connection.
 */
public final class IdleMemory {
    /** The name of the experiment in the results. The subject of a row is a class, {@code heap} or {@code direct}. */
    public static final String NAME = "idle-stub";

    private static final int FIRST = 100;
    private static final int TURNS = 10;

    private final StubKernel kernel = new StubKernel();
    private final ManualIoEventLoop loop =
            new ManualIoEventLoop(Thread.currentThread(), Kernels.on(kernel, IocpIoHandler::newFactory));
    private final Channel server;
    private final int connections;

    private IdleMemory(int connections) {
        this.connections = connections;
        kernel.expectClients(Integer.MAX_VALUE);
        server = new ServerBootstrap()
                .group(loop)
                .channel(NamedPipeServerChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new ServerChannelRecvByteBufAllocator())
                .childHandler(new NoOpHandler())
                .bind(NamedPipeAddress.of("stub"))
                .channel();
    }

    /** Measures {@code connections} connections, on a {@code FastThreadLocalThread}. */
    public static void run(int connections, Results results) throws InterruptedException {
        Thread thread = new FastThreadLocalThread(() -> new IdleMemory(connections).measure(results));
        thread.start();
        thread.join();
    }

    private void measure(Results results) {
        // Some connections before the measurement, because the first ones initialize caches and classes.
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
    private static final class NoOpHandler extends ChannelInboundHandlerAdapter {}
}
