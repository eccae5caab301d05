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
package org.namedpipe.netty.vertx;

import static io.netty.util.internal.ObjectUtil.checkNotNull;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.vertx.core.transport.Transport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.iocp.IocpIoHandler;

/**
 * Runs the servers and clients of an instance of Vert.x over named pipes.
 *
 * <pre>{@code
 * Vertx vertx = Vertx.builder().withTransport(NamedPipeTransport.create()).build();
 * SocketAddress orders = SocketAddress.domainSocketAddress("//./pipe/orders");
 * }</pre>
 *
 * <p>The path of a domain socket address is that of a pipe, {@code \\.\pipe\orders} or {@code //./pipe/orders}. Another path
 * fails the future of {@code listen} or {@code connect}. So does the address of a TCP socket, with an
 * {@link UnsupportedOperationException}, because all event loops of the instance wait for pipes only. Use a second instance of
 * Vert.x for TCP, for UDP and to resolve host names.
 *
 * <p>Immutable; any thread.
 */
public final class NamedPipeTransport implements Transport {
    private final IoHandlerFactory loops;
    private final Consumer<ServerBootstrap> servers;
    private final Consumer<Bootstrap> clients;

    private NamedPipeTransport(IoHandlerFactory loops, Consumer<ServerBootstrap> servers, Consumer<Bootstrap> clients) {
        this.loops = loops;
        this.servers = servers;
        this.clients = clients;
    }

    /**
     * Returns the transport.
     *
     * @throws UnsatisfiedLinkError if this is not 64-bit Windows, or JNA or {@code java.lang.foreign} cannot be used
     */
    public static NamedPipeTransport create() {
        return of(IocpIoHandler.newFactory());
    }

    /**
     * Returns the transport with event loops of your settings. Vert.x creates and ends them.
     *
     * @param loops a factory that {@link IocpIoHandler} returns; it also has the counters of the event loops
     */
    public static NamedPipeTransport of(IoHandlerFactory loops) {
        return new NamedPipeTransport(checkNotNull(loops, "loops"), server -> {}, client -> {});
    }

    /** Returns a transport whose listening pipes have an option too, for example {@code SECURITY}. */
    public <T> NamedPipeTransport withServerOption(ChannelOption<T> option, T value) {
        checkNotNull(option, "option");
        return new NamedPipeTransport(loops, servers.andThen(server -> server.option(option, value)), clients);
    }

    /** Returns a transport whose accepted connections have an option too. */
    public <T> NamedPipeTransport withChildOption(ChannelOption<T> option, T value) {
        checkNotNull(option, "option");
        return new NamedPipeTransport(loops, servers.andThen(server -> server.childOption(option, value)), clients);
    }

    /** Returns a transport whose clients have an option too, for example {@code TRUSTED_SERVER}. */
    public <T> NamedPipeTransport withClientOption(ChannelOption<T> option, T value) {
        checkNotNull(option, "option");
        return new NamedPipeTransport(loops, servers, clients.andThen(client -> client.option(option, value)));
    }

    @Override
    public String name() {
        return "named pipes";
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return null;
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        return new PipeTransport(loops, servers, clients);
    }
}
