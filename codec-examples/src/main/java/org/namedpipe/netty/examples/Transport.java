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
package org.namedpipe.netty.examples;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.UUID;
import org.namedpipe.netty.NamedPipe;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeMode;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;

/** What an example runs over: all that differs between a pipe and a socket. */
public enum Transport {
    /** A Windows named pipe. */
    PIPE(NamedPipeServerChannel.class, NamedPipeChannel.class) {
        @Override
        public IoHandlerFactory ioHandlerFactory() {
            if (!NamedPipe.isAvailable()) {
                Throwable cause = NamedPipe.unavailabilityCause();
                throw new IllegalStateException("no named pipes here, try --transport tcp: " + cause, cause);
            }
            return IocpIoHandler.newFactory();
        }

        @Override
        public SocketAddress address(String name) {
            return NamedPipeAddress.local(name);
        }

        @Override
        public String defaultName() {
            return "netty-example";
        }

        @Override
        public String freshName() {
            return "netty-example-" + UUID.randomUUID();
        }

        @Override
        public String nameOf(SocketAddress address) {
            return ((NamedPipeAddress) address).path();
        }

        @Override
        public Bootstrap halfClosable(Bootstrap client) {
            return super.halfClosable(client)
                    .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                    .option(NamedPipeChannelOption.MAX_MESSAGE_SIZE, LARGEST_WRITE);
        }

        @Override
        public ServerBootstrap halfClosable(ServerBootstrap server) {
            return super.halfClosable(server)
                    .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                    .childOption(NamedPipeChannelOption.MAX_MESSAGE_SIZE, LARGEST_WRITE);
        }
    },

    /** TCP, as Netty has always done it. */
    TCP(NioServerSocketChannel.class, NioSocketChannel.class) {
        @Override
        public IoHandlerFactory ioHandlerFactory() {
            return NioIoHandler.newFactory();
        }

        @Override
        public SocketAddress address(String name) {
            int colon = name.lastIndexOf(':');
            try {
                return new InetSocketAddress(
                        name.substring(0, Math.max(0, colon)), Integer.parseInt(name, colon + 1, name.length(), 10));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("not a host:port: '" + name + "'", e);
            }
        }

        @Override
        public String defaultName() {
            return "127.0.0.1:7007";
        }

        @Override
        public String freshName() {
            return "127.0.0.1:0";
        }

        @Override
        public String nameOf(SocketAddress address) {
            InetSocketAddress bound = (InetSocketAddress) address;
            return bound.getAddress().getHostAddress() + ':' + bound.getPort();
        }
    };

    /** Where messages only carry a stream, each is what its sender wrote in one go: nothing to be strict about. */
    private static final int LARGEST_WRITE = 16 * 1024 * 1024;

    private final Class<? extends ServerChannel> serverChannel;
    private final Class<? extends Channel> channel;

    Transport(Class<? extends ServerChannel> serverChannel, Class<? extends Channel> channel) {
        this.serverChannel = serverChannel;
        this.channel = channel;
    }

    /**
     * What the event loops run on.
     *
     * @throws IllegalStateException if this machine cannot do it
     */
    public abstract IoHandlerFactory ioHandlerFactory();

    /** The channel of a listening server. */
    public final Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    /** The channel of a client. */
    public final Class<? extends Channel> channel() {
        return channel;
    }

    /**
     * The address that a name stands for: a pipe's name or path, or {@code host:port}.
     *
     * @throws IllegalArgumentException if the name stands for nothing
     */
    public abstract SocketAddress address(String name);

    /**
     * Sets what lets either end say that it is done writing, and go on reading. On a pipe the two then exchange messages, an
     * empty one of which is the end; on TCP it has always been there.
     */
    public Bootstrap halfClosable(Bootstrap client) {
        return client.option(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    /** The same for the channels that a server accepts. */
    public ServerBootstrap halfClosable(ServerBootstrap server) {
        return server.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    /** A name for when the user gives none. */
    public abstract String defaultName();

    /** A name that no other server uses. Only {@link #nameOf} the bound server tells a client where to go. */
    public abstract String freshName();

    /** The name that {@link #address} turns into this address. */
    public abstract String nameOf(SocketAddress address);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
