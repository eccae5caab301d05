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

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.ManualIoEventLoop;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.iocp.BenchmarkHandlerFactory;

/** A connected channel on a {@link FreeKernel}, whose loop is turned by the benchmark's thread. */
final class FreePipe {
    private static final int READ_BYTES = 16 * 1024;

    final FreeKernel kernel = new FreeKernel();
    final ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), BenchmarkHandlerFactory.on(kernel));
    final NamedPipeChannel channel = new NamedPipeChannel();

    /** With {@code handlers} in the pipeline, and a read under way. */
    FreePipe(ChannelHandler... handlers) {
        channel.pipeline().addLast(handlers);
        new Bootstrap()
                .group(loop)
                .channelFactory(() -> channel)
                .handler(new ChannelInboundHandlerAdapter())
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .connect(NamedPipeAddress.of("free"));
        loop.runNow();
        if (kernel.reads() != 1) {
            throw new IllegalStateException("reads under way: " + kernel.reads());
        }
    }

    /** A turn of the loop that finds the end of a read. @return how many of the bytes the read had room for */
    int turn(int bytes) {
        int read = kernel.arrive(bytes);
        loop.runNow();
        return read;
    }

    /** Closes the channel and ends the loop. */
    void close() {
        channel.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        while (!loop.isTerminated()) {
            loop.runNow();
        }
    }
}
