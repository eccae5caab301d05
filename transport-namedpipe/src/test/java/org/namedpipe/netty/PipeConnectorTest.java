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

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.win32.SimulatedPeer;
import org.namedpipe.netty.win32.Win32Constants;
import org.namedpipe.netty.win32.Win32Error;
import org.namedpipe.netty.win32.Win32Exception;

/** Connecting: what is asked of Windows, waiting for a busy pipe, and attempts that are given up. */
class PipeConnectorTest extends OneThread {
    private static final int TIMEOUT = 1000;

    private final Recorder recorder = new Recorder();

    /** A pipe whose one instance is taken. */
    private SimulatedPeer listenBusy() {
        listen();
        return open();
    }

    private ChannelFuture connectBusy() {
        ChannelFuture connect = client(recorder)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT)
                .connect(name);
        channelOf(connect);
        assertThat(connect.isDone()).isFalse();
        recorder.take();
        return connect;
    }

    private Channel registered() {
        return channelOf(client(recorder).register());
    }

    // ---- success

    // case 27
    @Test
    void aServerMayOnlyIdentifyTheClient() {
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
    void addressesAreThereOnceConnectedAndNotBefore() {
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
    void aLocalAddressOfTheUsersChoiceIsKept() {
        listen();
        NamedPipeAddress own = NamedPipeAddress.of("client-7");
        Channel client = registered();
        client.connect(name, own);
        settle();
        assertThat(client.localAddress()).isEqualTo(own);
        assertThat(client.remoteAddress()).isEqualTo(name);
    }

    // case 23
    @Test
    void aListenerThatClosesSeesTheChannelActiveAndThenInactive() {
        listen();
        Channel client = registered();
        recorder.take();
        ChannelPromise promise = client.newPromise();
        promise.addListener(ChannelFutureListener.CLOSE);
        client.connect(name, promise);
        settle();
        assertThat(recorder.take()).containsExactly("active", "inactive", "unregistered");
    }

    // case 23
    @Test
    void channelActiveThatClosesSeesNoRead() {
        SimulatedPeer peer = listen();
        Recorder shy = new Recorder() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                super.channelActive(ctx);
                ctx.close();
            }
        };
        channelOf(client(shy).connect(name));
        assertThat(shy.take()).containsExactly("registered", "active", "inactive", "unregistered");
        assertThat(peer.write("x").code()).isEqualTo(Win32Error.ERROR_NO_DATA);
    }

    @Test
    void aChannelThatCouldNotConnectMayTryAgain() {
        Channel client = registered();
        ChannelFuture refused = client.connect(name);
        settle();
        assertThat(refused.cause()).isInstanceOf(ConnectException.class);
        assertThat(client.isOpen()).isTrue();
        listen();
        ChannelFuture connected = client.connect(name);
        settle();
        assertThat(connected.isSuccess()).isTrue();
        assertThat(client.isActive()).isTrue();
    }

    // ---- refusal

    // case 38
    @ParameterizedTest
    @ValueSource(
            ints = {
                Win32Error.ERROR_ACCESS_DENIED,
                Win32Error.ERROR_INVALID_NAME,
                Win32Error.ERROR_BAD_NETPATH,
                Win32Error.ERROR_NO_SYSTEM_RESOURCES,
                9999
            })
    void aCodeThatIsNotWorthWaitingForRefusesTheConnect(int code) {
        listen();
        kernel.faults().on("CreateFile").fail(code);
        ChannelFuture connect = client(recorder).connect(name);
        Channel client = channelOf(connect);
        assertThat(connect.cause())
                .isInstanceOf(ConnectException.class)
                .hasMessage("CreateFile(" + name.path() + ") failed: " + Win32Error.describe(code))
                .hasCauseInstanceOf(Win32Exception.class);
        assertThat(client.isOpen()).isFalse();
        assertThat(recorder.take()).containsExactly("registered", "unregistered");
    }

    @Test
    void aClientThatMayNotOpenThePipeIsRefused() {
        listen();
        kernel.faults().denyClients(name.path());
        ChannelFuture connect = client(recorder).connect(name);
        channelOf(connect);
        assertThat(connect.cause()).isInstanceOf(PipeConnectException.AccessDenied.class);
    }

    // case 38
    @ParameterizedTest
    @ValueSource(strings = {"Associate", "SetFileCompletionNotificationModes"})
    void aHandleThatThePortDoesNotTakeIsClosed(String call) {
        SimulatedPeer peer = listen();
        kernel.faults().on(call).fail(Win32Error.ERROR_INVALID_PARAMETER);
        ChannelFuture connect = client(recorder).connect(name);
        Channel client = channelOf(connect);
        assertThat(connect.cause()).isInstanceOf(Win32Exception.class).hasMessageContaining(name.path());
        assertThat(client.isOpen()).isFalse();
        assertThat(recorder.take()).containsExactly("registered", "unregistered");
        assertThat(peer.write("x").code()).isEqualTo(Win32Error.ERROR_NO_DATA);
    }

    // ---- a busy pipe

    // case 21
    @Test
    void aBusyPipeIsOpenedOnceAnInstanceIsFree() {
        SimulatedPeer other = listenBusy();
        ChannelFuture connect = connectBusy();
        pass(TIMEOUT / 2);
        assertThat(connect.isDone()).isFalse();
        listen();
        pass(50);
        assertThat(connect.isSuccess()).isTrue();
        assertThat(recorder.take()).containsExactly("active");
        pass(TIMEOUT);
        assertThat(connect.channel().isActive()).as("after the time-out").isTrue();
        assertThat(other.handle()).isPositive();
    }

    // case 21
    @Test
    void aBusyPipeTimesOutWhenItShould() {
        listenBusy();
        ChannelFuture connect = connectBusy();
        pass(TIMEOUT - 1);
        assertThat(connect.isDone()).isFalse();
        pass(1);
        assertThat(connect.cause())
                .isInstanceOf(ConnectTimeoutException.class)
                .hasMessageContaining(name.path())
                .hasMessageContaining(TIMEOUT + " ms")
                .hasMessageContaining("ERROR_PIPE_BUSY");
        assertThat(recorder.take()).containsExactly("unregistered");
    }

    @Test
    void aBusyPipeIsAskedForWithPauses() {
        listenBusy();
        connectBusy();
        for (int i = 0; i < TIMEOUT - 1; i++) {
            pass(1);
        }
        assertThat(kernel.calls("CreateFile")).isBetween(10L, 60L);
    }

    @Test
    void withoutATimeoutABusyPipeIsWaitedForAsLongAsItTakes() {
        listenBusy();
        ChannelFuture connect =
                client(recorder).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0).connect(name);
        channelOf(connect);
        pass(1_000_000);
        assertThat(connect.isDone()).isFalse();
        listen();
        pass(50);
        assertThat(connect.isSuccess()).isTrue();
    }

    // case 21
    @Test
    void aPipeThatGoesAwayWhileItIsWaitedForRefusesTheConnect() {
        SimulatedPeer server = listen();
        open();
        ChannelFuture connect = connectBusy();
        hangUp(server);
        pass(50);
        assertThat(connect.cause()).isInstanceOf(PipeConnectException.NotFound.class);
    }

    @Test
    void aSecondConnectWhileTheFirstWaitsLeavesItAlone() {
        listenBusy();
        ChannelFuture connect = connectBusy();
        ChannelFuture second = connect.channel().connect(name);
        assertThat(second.cause()).isInstanceOf(ConnectionPendingException.class);
        listen();
        pass(50);
        assertThat(connect.isSuccess()).isTrue();
    }

    // ---- given up

    // case 21
    @Test
    void nothingRevivesAnAttemptThatWasClosed() {
        listenBusy();
        ChannelFuture connect = connectBusy();
        connect.channel().close();
        assertThat(connect.cause()).isInstanceOf(ClosedChannelException.class);
        assertNothingOpensAnyMore();
        assertThat(recorder.take()).containsExactly("unregistered");
    }

    // case 21
    @Test
    void nothingRevivesAnAttemptThatWasCancelled() {
        listenBusy();
        ChannelFuture connect = connectBusy();
        assertThat(connect.cancel(false)).isTrue();
        settle();
        assertThat(connect.channel().isOpen()).isFalse();
        assertNothingOpensAnyMore();
        assertThat(recorder.take()).containsExactly("unregistered");
    }

    // case 21
    @Test
    void aConnectThatIsCancelledAsItSucceedsIsClosed() {
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

    // case 21
    @Test
    void nothingRevivesAnAttemptThatTimedOut() {
        listenBusy();
        ChannelFuture connect = connectBusy();
        pass(TIMEOUT);
        assertThat(connect.isSuccess()).isFalse();
        assertNothingOpensAnyMore();
    }

    private void assertNothingOpensAnyMore() {
        long calls = kernel.calls("CreateFile");
        SimulatedPeer free = listen();
        pass(10L * TIMEOUT);
        assertThat(kernel.calls("CreateFile")).isEqualTo(calls);
        assertThat(free.connect().isPending()).as("nobody has come").isTrue();
    }

    // case 23
    @Test
    void aListenerMayWriteBeforeChannelActive() {
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
