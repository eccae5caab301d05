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

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;

/** The transport of a {@link NettySubject}, with its options. */
enum Transport {
    PIPE("pipe", NamedPipeServerChannel.class, NamedPipeChannel.class),
    /** A pipe with options for large messages: one read per message, into pooled memory. */
    PIPE_LARGE("pipe-large", NamedPipeServerChannel.class, NamedPipeChannel.class) {
        @Override
        boolean supports(Workload workload) {
            return workload.size() >= LARGE;
        }

        @Override
        void tune(Bootstrap client) {
            client.option(ChannelOption.ALLOCATOR, LARGE_CHUNKS)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, newLargeReads());
        }

        @Override
        void tune(ServerBootstrap server) {
            server.childOption(ChannelOption.ALLOCATOR, LARGE_CHUNKS)
                    .childOption(ChannelOption.RECVBUF_ALLOCATOR, newLargeReads());
        }
    },
    TCP("tcp", NioServerSocketChannel.class, NioSocketChannel.class) {
        @Override
        IoHandlerFactory newFactory() {
            return NioIoHandler.newFactory();
        }

        @Override
        SocketAddress newAddress() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        }

        @Override
        void tune(Bootstrap client) {
            client.option(ChannelOption.TCP_NODELAY, true);
        }

        @Override
        void tune(ServerBootstrap server) {
            server.childOption(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_BACKLOG, 1024);
        }
    };

    private static final int LARGE = 64 * 1024;
    private static final int LARGEST_READ = 2 * 1024 * 1024;
    /** Chunks of 16 MiB: 8 KiB shifted left by this number. */
    private static final int LARGE_CHUNK_ORDER = 11;
    /** Has larger chunks, because the pool frees an empty chunk of which more than a quarter was in use. */
    private static final PooledByteBufAllocator LARGE_CHUNKS = new PooledByteBufAllocator(
            true,
            PooledByteBufAllocator.defaultNumHeapArena(),
            PooledByteBufAllocator.defaultNumDirectArena(),
            PooledByteBufAllocator.defaultPageSize(),
            LARGE_CHUNK_ORDER,
            PooledByteBufAllocator.defaultSmallCacheSize(),
            PooledByteBufAllocator.defaultNormalCacheSize(),
            PooledByteBufAllocator.defaultUseCacheForAllThreads());

    private static final AtomicInteger NEXT_PIPE = new AtomicInteger();

    final String text;
    final Class<? extends ServerChannel> serverClass;
    final Class<? extends Channel> clientClass;

    Transport(String text, Class<? extends ServerChannel> serverClass, Class<? extends Channel> clientClass) {
        this.text = text;
        this.serverClass = serverClass;
        this.clientClass = clientClass;
    }

    IoHandlerFactory newFactory() {
        return IocpIoHandler.newFactory();
    }

    /** Returns an address that is not in use. */
    SocketAddress newAddress() {
        return newPipeAddress();
    }

    /** Returns whether the transport is intended for the workload. */
    boolean supports(Workload workload) {
        return true;
    }

    void tune(Bootstrap client) {}

    void tune(ServerBootstrap server) {}

    private static RecvByteBufAllocator newLargeReads() {
        return new AdaptiveRecvByteBufAllocator(LARGE, LARGE, LARGEST_READ);
    }

    static NamedPipeAddress newPipeAddress() {
        return NamedPipeAddress.of("microbench-" + ProcessHandle.current().pid() + '-' + NEXT_PIPE.incrementAndGet());
    }
}
