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

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.testing.Await;

/** The options of sockets, which Vert.x sets, and those of pipes. */
abstract class AbstractVertxOptionsTest extends AbstractVertxTest {
    AbstractVertxOptionsTest(Kernel kernel) {
        super(kernel);
    }

    @Test
    void localAddressOfASocketIsRefused() {
        get(keep(vertx.createNetServer())
                .connectHandler(AbstractVertxTest::echo)
                .listen(name));
        assertThat(failure(netClient(vertx, new NetClientOptions().setLocalAddress("127.0.0.1"))
                        .connect(name)))
                .isInstanceOf(UnsupportedAddressTypeException.class)
                .hasMessageContaining("cannot connect from")
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void optionsOfSocketsDoNotHarm() {
        CompletableFuture<NetSocket> accepted = new CompletableFuture<>();
        get(keep(vertx.createNetServer(new NetServerOptions()
                        .setAcceptBacklog(1000)
                        .setReuseAddress(true)
                        .setReusePort(true)
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true)
                        .setTrafficClass(4)
                        .setSendBufferSize(1000)
                        .setReceiveBufferSize(1000)
                        .setSoLinger(5)
                        .setIdleTimeout(600)))
                .connectHandler(socket -> {
                    echo(socket);
                    accepted.complete(socket);
                })
                .listen(name));
        NetSocket socket = get(netClient(
                        vertx,
                        new NetClientOptions()
                                .setReuseAddress(true)
                                .setTcpNoDelay(true)
                                .setTcpKeepAlive(true)
                                .setTrafficClass(4)
                                .setSendBufferSize(1000)
                                .setReceiveBufferSize(1000)
                                .setSoLinger(5)
                                .setConnectTimeout(600_000))
                .connect(name));

        assertThat(exchange(socket, bytes(10_000))).isEqualTo(bytes(10_000));
        assertThat(option(channel(socket), ChannelOption.SO_LINGER)).isEqualTo(5);
        assertThat(option(channel(socket), ChannelOption.CONNECT_TIMEOUT_MILLIS))
                .isEqualTo(600_000);
        Channel child = channel(Await.join(accepted));
        assertThat(option(child, ChannelOption.SO_LINGER)).isEqualTo(5);
        assertThat(option(child.parent(), ChannelOption.SO_BACKLOG)).isEqualTo(1000);
    }

    private static Channel channel(NetSocket socket) {
        return ((NetSocketInternal) socket).channelHandlerContext().channel();
    }

    private static <T> T option(Channel channel, ChannelOption<T> option) {
        return channel.config().getOption(option);
    }

    @Test
    void optionsOfPipesReachTheChannels() {
        Vertx special = start(transport
                .withServerOption(NamedPipeChannelOption.MAX_INSTANCES, 3)
                .withChildOption(NamedPipeChannelOption.MAX_MESSAGE_SIZE, 1000)
                .withClientOption(NamedPipeChannelOption.MAX_MESSAGE_SIZE, 2000));
        CompletableFuture<NetSocket> accepted = new CompletableFuture<>();
        get(keep(special.createNetServer()).connectHandler(accepted::complete).listen(name));
        NetSocket socket = get(netClient(special, new NetClientOptions()).connect(name));

        assertThat(option(channel(socket), NamedPipeChannelOption.MAX_MESSAGE_SIZE))
                .isEqualTo(2000);
        Channel child = channel(Await.join(accepted));
        assertThat(option(child, NamedPipeChannelOption.MAX_MESSAGE_SIZE)).isEqualTo(1000);
        assertThat(option(child.parent(), NamedPipeChannelOption.MAX_INSTANCES)).isEqualTo(3);
        // The transport from which it was made has no such options.
        assertThat(option(channel(get(connect())), NamedPipeChannelOption.MAX_MESSAGE_SIZE))
                .isNotEqualTo(2000);
    }
}
