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
import org.namedpipe.netty.internal.win32.Kernels;
import org.namedpipe.netty.iocp.IocpIoHandler;

/** A connected channel on a {@link StubKernel}. The benchmark's thread runs its event loop. */
final class StubPipe {
    private static final int READ_BYTES = 16 * 1024;

    final StubKernel kernel = new StubKernel();
    final ManualIoEventLoop loop =
            new ManualIoEventLoop(Thread.currentThread(), Kernels.on(kernel, IocpIoHandler::newFactory));
    final NamedPipeChannel channel = new NamedPipeChannel();

    /** Connects a channel with {@code handlers} in its pipeline. It has an outstanding read. */
    StubPipe(ChannelHandler... handlers) {
        channel.pipeline().addLast(handlers);
        new Bootstrap()
                .group(loop)
                .channelFactory(() -> channel)
                .handler(new ChannelInboundHandlerAdapter())
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .connect(NamedPipeAddress.of("stub"));
        loop.runNow();
        if (kernel.reads() != 1) {
            throw new IllegalStateException("expected one outstanding read, not " + kernel.reads());
        }
    }

    /** Runs one iteration of the loop, in which a read completes. @return the number of bytes that fit into its buffer */
    int turn(int bytes) {
        int read = kernel.arrive(bytes);
        loop.runNow();
        return read;
    }

    /** Closes the channel and shuts down the loop. */
    void close() {
        channel.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        while (!loop.isTerminated()) {
            loop.runNow();
        }
    }
}
