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
package org.namedpipe.netty.reactor;

import static io.netty.util.internal.ObjectUtil.checkNotNull;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.netty.resources.LoopResources;
import reactor.netty.transport.ClientTransport;
import reactor.netty.transport.ServerTransport;

/**
 * Provides named pipe channels and their event loops to Reactor Netty, and sets up its clients and servers.
 *
 * <pre>{@code
 * NamedPipeLoopResources pipes = NamedPipeLoopResources.create("pipes");
 * HttpServer server = pipes.server(HttpServer.create(), NamedPipeAddress.of("orders"));
 * HttpClient client = pipes.client(HttpClient.create(), NamedPipeAddress.of("orders"));
 * }</pre>
 *
 * <p>{@code DisposableServer.address()}, {@code host()} and {@code port()} throw a {@link ClassCastException}, because Reactor
 * Netty knows the addresses of sockets only; use {@code channel().localAddress()}. Any thread.
 */
public final class NamedPipeLoopResources implements LoopResources {
    private final EventLoopGroup group;
    private final boolean owned;
    /** One for each pipe, because a pool of connections belongs to a resolver. */
    private final Map<NamedPipeAddress, PipeResolver> resolvers = new ConcurrentHashMap<>();

    private NamedPipeLoopResources(EventLoopGroup group, boolean owned) {
        this.group = group;
        this.owned = owned;
    }

    /** Returns resources with {@link LoopResources#DEFAULT_IO_WORKER_COUNT} event loops of their own, on daemon threads. */
    public static NamedPipeLoopResources create(String prefix) {
        return create(prefix, DEFAULT_IO_WORKER_COUNT, true);
    }

    /**
     * Returns resources with event loops of their own, which {@link #disposeLater(Duration, Duration)} ends.
     *
     * @param prefix the beginning of the names of the threads
     * @param workerCount the number of event loops
     * @param daemon {@code false} if the threads keep the JVM running
     */
    public static NamedPipeLoopResources create(String prefix, int workerCount, boolean daemon) {
        return new NamedPipeLoopResources(
                new MultiThreadIoEventLoopGroup(
                        workerCount, new LoopThreads(prefix, daemon), IocpIoHandler.newFactory()),
                true);
    }

    /** Returns resources with event loops of {@code IocpIoHandler}, which the caller shuts down. */
    public static NamedPipeLoopResources of(EventLoopGroup group) {
        return new NamedPipeLoopResources(checkNotNull(group, "group"), false);
    }

    /**
     * Returns a client that connects to a pipe. Use it with an {@code HttpClient} or a {@code TcpClient}. Every host in a URI
     * is the pipe; the host only appears in the {@code Host} header.
     */
    public <T extends ClientTransport<T, ?>> T client(T client, NamedPipeAddress address) {
        checkNotNull(address, "address");
        return client.runOn(this)
                .remoteAddress(() -> address)
                .resolver(resolvers.computeIfAbsent(address, PipeResolver::new))
                .option(ChannelOption.TCP_NODELAY, null); // set by Reactor Netty; only sockets have it
    }

    /** Returns a server that listens on a pipe. Use it with an {@code HttpServer} or a {@code TcpServer}. */
    public <T extends ServerTransport<T, ?>> T server(T server, NamedPipeAddress address) {
        checkNotNull(address, "address");
        return server.runOn(this)
                .bindAddress(() -> address)
                .option(ChannelOption.SO_REUSEADDR, null) // set by Reactor Netty; only sockets have these two
                .childOption(ChannelOption.TCP_NODELAY, null);
    }

    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return group;
    }

    /** Reactor Netty requests a channel of a socket, but only calls methods that every channel has. */
    @Override
    @SuppressWarnings("unchecked")
    public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup loops) {
        return (C) (isServer(type) ? new NamedPipeServerChannel() : new NamedPipeChannel());
    }

    @Override
    @SuppressWarnings("unchecked")
    public <C extends Channel> Class<? extends C> onChannelClass(Class<C> type, EventLoopGroup loops) {
        return (Class<? extends C>) (isServer(type) ? NamedPipeServerChannel.class : NamedPipeChannel.class);
    }

    private static boolean isServer(Class<?> type) {
        return ServerChannel.class.isAssignableFrom(type);
    }

    /** Ends the event loops, unless the caller of {@link #of} owns them. */
    @Override
    public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
        if (!owned) {
            return Mono.empty();
        }
        return Mono.create(
                sink -> group.shutdownGracefully(quietPeriod.toMillis(), timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .addListener((Future<? super Object> ended) -> sink.success()));
    }

    @Override
    public boolean isDisposed() {
        return owned && group.isShuttingDown();
    }

    /** Creates threads on which Reactor refuses to block. */
    private static final class LoopThreads extends DefaultThreadFactory {
        LoopThreads(String prefix, boolean daemon) {
            super(prefix, daemon);
        }

        @Override
        protected Thread newThread(Runnable task, String name) {
            return new LoopThread(threadGroup, task, name);
        }
    }

    private static final class LoopThread extends FastThreadLocalThread implements NonBlocking {
        LoopThread(ThreadGroup group, Runnable task, String name) {
            super(group, task, name);
        }
    }
}
