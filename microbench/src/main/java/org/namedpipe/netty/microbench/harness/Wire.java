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

/** What Netty talks over, and with which options: all that differs between Netty's contenders. */
enum Wire {
    PIPE("pipe", NamedPipeServerChannel.class, NamedPipeChannel.class),
    /** A pipe as one would set it up for large messages: each is read at once, into memory that is used again. */
    PIPE_LARGE("pipe-large", NamedPipeServerChannel.class, NamedPipeChannel.class) {
        @Override
        boolean suits(Shape shape) {
            return shape.size() >= LARGE;
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
    /** 8 KiB pages to the power of two of this: chunks of 16 MiB. */
    private static final int LARGE_CHUNK_ORDER = 11;
    /** A chunk of which more than a quarter was in use is given back as soon as it is empty, to be new memory again. */
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

    Wire(String text, Class<? extends ServerChannel> serverClass, Class<? extends Channel> clientClass) {
        this.text = text;
        this.serverClass = serverClass;
        this.clientClass = clientClass;
    }

    IoHandlerFactory newFactory() {
        return IocpIoHandler.newFactory();
    }

    /** An address that a server can be bound to and that is not in use. */
    SocketAddress newAddress() {
        return newPipeAddress();
    }

    /** Whether this is meant for such conversations. */
    boolean suits(Shape shape) {
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
