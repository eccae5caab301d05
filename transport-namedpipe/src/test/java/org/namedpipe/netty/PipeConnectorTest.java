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
package org.namedpipe.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.net.ConnectException;
import java.nio.channels.AlreadyConnectedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedPeer;
import org.namedpipe.netty.win32.WindowsException;

/** Connecting to a pipe that is not busy: calls, events, and failures. */
class PipeConnectorTest extends OneThread {
    private final Recorder recorder = new Recorder();

    private Channel registered() {
        return channelOf(client(recorder).register());
    }

    private Throwable failure(Bootstrap client) {
        ChannelFuture connect = client.connect(name);
        channelOf(connect);
        return connect.cause();
    }

    // ---- success

    @Test
    void byDefaultTheServerCanOnlyIdentifyTheClient() {
        listen();
        connect(recorder);
        assertThat(kernel.opens(name.path())).singleElement().satisfies(open -> {
            assertThat(open.hasFlags(Win32Constants.FILE_FLAG_OVERLAPPED | Win32Constants.SECURITY_SQOS_PRESENT))
                    .isTrue();
            assertThat(open.flags() & Win32Constants.SECURITY_DELEGATION)
                    .isEqualTo(Win32Constants.SECURITY_IDENTIFICATION);
            assertThat(open.desiredAccess()).isEqualTo(Win32Constants.GENERIC_READ | Win32Constants.GENERIC_WRITE);
        });
    }

    @Test
    void theChannelHasAddressesAfterTheConnect() {
        listen();
        Channel client = registered();
        assertThat(client.localAddress()).isNull();
        assertThat(client.remoteAddress()).isNull();
        client.connect(name);
        settle();
        assertThat(client.remoteAddress()).isEqualTo(name);
        assertThat(client.localAddress()).isEqualTo(name);
    }

    @Test
    void aGivenLocalAddressIsKept() {
        listen();
        NamedPipeAddress own = NamedPipeAddress.of("client-7");
        Channel client = registered();
        client.connect(name, own);
        settle();
        assertThat(client.localAddress()).isEqualTo(own);
        assertThat(client.remoteAddress()).isEqualTo(name);
    }

    @Test
    void aListenerThatClosesIsFollowedByActiveAndInactive() {
        listen();
        Channel client = registered();
        recorder.take();
        ChannelPromise promise = client.newPromise();
        promise.addListener(ChannelFutureListener.CLOSE);
        client.connect(name, promise);
        settle();
        assertThat(recorder.take()).containsExactly("active", "inactive", "unregistered");
    }

    @Test
    void aHandlerThatClosesInChannelActiveReadsNothing() {
        SimulatedPeer peer = listen();
        Recorder closing = new Recorder() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                super.channelActive(ctx);
                ctx.close();
            }
        };
        channelOf(client(closing).connect(name));
        assertThat(closing.take()).containsExactly("registered", "active", "inactive", "unregistered");
        assertThat(peer.write("x").code()).isEqualTo(Win32Error.ERROR_NO_DATA);
    }

    @Test
    void aFailedConnectClosesTheChannel() {
        Channel client = registered();
        ChannelFuture refused = client.connect(name);
        settle();
        assertThat(refused.cause()).isInstanceOf(ConnectException.class);
        assertThat(client.isOpen()).isFalse();
        assertThat(client.isRegistered()).isFalse();
    }

    @Test
    void aRefusedRemoteConnectClosesTheChannel() {
        Channel client = registered();
        ChannelFuture refused = client.connect(NamedPipeAddress.of("\\\\host\\pipe\\x"));
        settle();
        assertThat(refused.cause()).isInstanceOf(ConnectException.class);
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void aSecondConnectFailsAndLeavesTheChannelOpen() {
        listen();
        Channel client = connect(new Recorder());
        ChannelFuture second = client.connect(name);
        settle();
        assertThat(second.cause()).isInstanceOf(AlreadyConnectedException.class);
        assertThat(client.isActive()).isTrue();
    }

    // ---- failure

    @ParameterizedTest
    @ValueSource(
            ints = {
                Win32Error.ERROR_ACCESS_DENIED,
                Win32Error.ERROR_INVALID_NAME,
                Win32Error.ERROR_BAD_NETPATH,
                Win32Error.ERROR_NO_SYSTEM_RESOURCES,
                9999
            })
    void aConnectFailsAtOnceWithCodesThatAreNotTransient(int code) {
        listen();
        kernel.faults().on("CreateFile").fail(code);
        ChannelFuture connect = client(recorder).connect(name);
        Channel client = channelOf(connect);
        assertThat(connect.cause())
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("CreateFile(" + name.path() + ") failed: " + Win32Error.describe(code))
                .hasCauseInstanceOf(WindowsException.class);
        assertThat(client.isOpen()).isFalse();
        assertThat(recorder.take()).containsExactly("registered", "unregistered");
    }

    @Test
    void aConnectFailsIfThePipeDeniesAccess() {
        listen();
        kernel.faults().denyClients(name.path());
        assertThat(failure(client(recorder))).isInstanceOf(NamedPipeConnectException.AccessDenied.class);
    }

    @Test
    void aDuplexClientOfAOneWayPipeFailsWithAHint() {
        SimulatedPeer server = SimulatedPeer.listenOneWay(kernel, name.path(), Win32Constants.PIPE_ACCESS_OUTBOUND);
        assertThat(failure(client(recorder)))
                .isInstanceOf(NamedPipeConnectException.AccessDenied.class)
                .hasMessageContaining("CreateFile(" + name.path() + ") failed: ERROR_ACCESS_DENIED (5)")
                .hasMessageContaining("goes one way: set PIPE_ACCESS to OUTBOUND if the server only writes");
        server.close();
    }

    @Test
    void aMessageClientOfAByteServerFailsWithAHint() {
        listen();
        assertThat(failure(client(recorder).option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)))
                .isInstanceOf(NamedPipeConnectException.class)
                .hasMessageContaining(
                        "SetNamedPipeHandleState(" + name.path() + ") failed: ERROR_INVALID_PARAMETER (87)")
                .hasMessageContaining("byte mode: set PIPE_MODE to BYTE");
    }

    @ParameterizedTest
    @EnumSource(NamedPipeMode.class)
    void aReaderRequestsWriteAttributesInMessageModeOnly(NamedPipeMode mode) {
        SimulatedPeer server = SimulatedPeer.listenOneWay(kernel, name.path(), Win32Constants.PIPE_ACCESS_OUTBOUND);
        channelOf(client(recorder)
                .option(NamedPipeChannelOption.PIPE_ACCESS, NamedPipeAccess.OUTBOUND)
                .option(NamedPipeChannelOption.PIPE_MODE, mode)
                .connect(name));
        int attributes = mode == NamedPipeMode.MESSAGE ? Win32Constants.FILE_WRITE_ATTRIBUTES : 0;
        assertThat(kernel.opens(name.path()))
                .singleElement()
                .returns(Win32Constants.GENERIC_READ | attributes, open -> open.desiredAccess());
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Associate", "SetFileCompletionNotificationModes"})
    void aHandleThatCannotBeAssociatedIsClosed(String call) {
        SimulatedPeer peer = listen();
        kernel.faults().on(call).fail(Win32Error.ERROR_INVALID_PARAMETER);
        ChannelFuture connect = client(recorder).connect(name);
        Channel client = channelOf(connect);
        assertThat(connect.cause()).isInstanceOf(WindowsException.class).hasMessageContaining(name.path());
        assertThat(client.isOpen()).isFalse();
        assertThat(recorder.take()).containsExactly("registered", "unregistered");
        assertThat(peer.write("x").code()).isEqualTo(Win32Error.ERROR_NO_DATA);
    }

    @Test
    void aConnectThatIsCancelledDuringTheCallClosesTheChannel() {
        SimulatedPeer peer = listen();
        Channel client = registered();
        ChannelPromise promise = client.newPromise();
        kernel.faults().before("CreateFile", () -> promise.cancel(false));
        client.connect(name, promise);
        settle();
        assertThat(client.isOpen()).isFalse();
        assertThat(recorder.take()).containsExactly("registered", "active", "inactive", "unregistered");
        assertThat(peer.write("x").code()).isEqualTo(Win32Error.ERROR_NO_DATA);
    }

    @Test
    void aListenerCanWriteBeforeChannelActive() {
        SimulatedPeer peer = listen();
        List<String> order = new ArrayList<>();
        Channel client = channelOf(client(new Recorder() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        order.add("active");
                    }
                })
                .register());
        ChannelPromise promise = client.newPromise();
        promise.addListener(connected -> {
            order.add("connected");
            client.writeAndFlush(Unpooled.copyInt(0x61626364)).addListener(written -> order.add("written"));
        });
        client.connect(name, promise);
        settle();
        assertThat(order).containsExactly("connected", "written", "active");
        assertThat(peer.read(64).succeeds().text()).isEqualTo("abcd");
    }
}
