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
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.testing.Await;

/** Connecting to pipes of another computer, without a call on the event loop that may wait for the network. */
class RemoteConnectTest extends AbstractRemotePipeTest {
    private static final int PORT_AND_PEER = 2;

    private final BlockingQueue<Thread> openers = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> answer = new CompletableFuture<>();

    private ChannelFuture connectSlowly() throws InterruptedException {
        // The clock of the loop may run far ahead of the other thread.
        return connectSlowly(remoteClient().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0));
    }

    /** Starts a connect whose call returns when {@link #answer} is completed. */
    private ChannelFuture connectSlowly(Bootstrap client) throws InterruptedException {
        kernel.faults().before("CreateFile", () -> {
            openers.add(Thread.currentThread());
            Await.join(answer);
        });
        ChannelFuture connect = client.connect(remote);
        settle();
        assertThat(Await.next(openers)).isNotSameAs(Thread.currentThread());
        return connect;
    }

    /** Runs the loop until the thread that makes the calls has completed the future. */
    private void runUntilDone(Future<?> future) {
        while (!future.isDone()) {
            settle();
        }
        settle();
    }

    @Test
    void theLoopRunsDuringASlowCall() throws Exception {
        kernel.addHost(HOST);
        listen();
        ChannelFuture connect = connectSlowly();
        boolean[] ran = new boolean[1];
        loop.execute(() -> ran[0] = true);
        settle();
        assertThat(ran[0]).isTrue();
        assertThat(connect.isDone()).isFalse();
        answer.complete(null);
        runUntilDone(connect);
        assertThat(connect.isSuccess()).isTrue();
        assertThat(recorder.take()).containsExactly("registered", "active");
        assertThat(connect.channel().remoteAddress()).isEqualTo(remote);
    }

    @ParameterizedTest
    @ValueSource(strings = {"elsewhere", "localhost", "127.0.0.1"})
    void withoutAllowRemoteNoRemotePipeIsOpened(String host) {
        kernel.addHost(host);
        listen();
        NamedPipeAddress server = NamedPipeAddress.of(host, "simulated");

        ChannelFuture connect = client(recorder).connect(server);
        settle();

        assertThat(connect.cause())
                .isInstanceOf(ConnectException.class)
                .hasMessageContainingAll(
                        server.path(),
                        "log on there with the credentials of this process",
                        "set NamedPipeChannelOption.ALLOW_REMOTE to true",
                        "use \\\\.\\pipe\\simulated");
        assertThat(connect.channel().isOpen()).isFalse();
        assertThat(kernel.opens(server.path())).isEmpty();
        assertThat(openers).isEmpty();
    }

    @Test
    void aMissingHostFailsTheConnect() throws Exception {
        answer.complete(null);
        ChannelFuture connect = connectSlowly();
        runUntilDone(connect);
        assertThat(connect.cause()).isInstanceOf(ConnectException.class).hasMessageContaining("ERROR_BAD_NETPATH (53)");
        assertThat(connect.channel().isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHandleThatIsOpenedAfterACloseOrATimeoutIsClosed(boolean close) throws Exception {
        kernel.addHost(HOST);
        listen();
        ChannelFuture connect = connectSlowly(remoteClient().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 100));
        if (close) {
            connect.channel().close();
            settle();
        } else {
            pass(100);
        }
        assertThat(connect.cause()).isInstanceOf(close ? ClosedChannelException.class : ConnectTimeoutException.class);
        answer.complete(null);
        awaitLateHandleClosed();
        assertThat(recorder.take()).containsExactly("registered", "unregistered");
    }

    private void awaitLateHandleClosed() {
        kernel.await(
                "the late handle was opened and closed",
                () -> kernel.opens(remote.path()).size() == 1 && kernel.openHandles() == PORT_AND_PEER);
    }

    @Test
    void aHandleThatIsOpenedAfterTheEndOfTheLoopIsClosed() throws Exception {
        kernel.addHost(HOST);
        listen();
        EventLoopGroup ending = loops.group(1);
        ChannelFuture connect = connectSlowly(remoteClient().clone(ending));
        assertThat(ending.shutdownGracefully(0, 10, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS))
                .isTrue();
        assertThat(connect.cause()).isInstanceOf(ClosedChannelException.class);
        answer.complete(null);
        awaitLateHandleClosed();
    }

    @Test
    void aBusyRemotePipeIsOpenedAgainOffTheLoop() throws Exception {
        kernel.addHost(HOST);
        listen();
        open();
        answer.complete(null);
        ChannelFuture connect = connectSlowly();
        while (kernel.calls("CreateFile") < 4) {
            clock.advanceMillis(50);
            loop.runNow();
        }
        listen();
        while (!connect.isDone()) {
            clock.advanceMillis(50);
            loop.runNow();
        }
        settle();
        assertThat(connect.isSuccess()).isTrue();
    }

    // ---- threads of the calls

    private void assertNoNetworkCallOnTheLoop() {
        assertThat(kernel.networkCalls()).isNotEmpty().noneMatch(call -> call.thread() == Thread.currentThread());
    }

    @Test
    void noNetworkCallIsMadeOnTheLoop() {
        kernel.addHost(HOST);
        listen(Win32Constants.PIPE_TYPE_MESSAGE, 1024);
        ChannelFuture connect = remoteClient()
                .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                .connect(remote);
        runUntilDone(connect);
        NamedPipeChannel channel = (NamedPipeChannel) connect.channel();
        Future<NamedPipePeer> peer = channel.peer();
        runUntilDone(peer);
        channel.close();
        settle();
        kernel.await("the handle is closed", () -> kernel.openHandles() == PORT_AND_PEER);
        assertThat(kernel.networkCalls())
                .extracting(call -> call.call())
                .contains("CreateFile", "SetNamedPipeHandleState", "CloseHandle");
        assertNoNetworkCallOnTheLoop();
    }

    @Test
    void aHandleThatIsPassedOnTooLateIsNotClosedOnTheLoop() {
        kernel.addHost(HOST);
        listen();
        ChannelFuture connect = remoteClient().connect(remote);
        channelOf(connect);
        kernel.await("the pipe is open", () -> kernel.opens(remote.path()).size() == 1);
        connect.channel().close();
        settle();
        kernel.await("the handle is closed", () -> kernel.openHandles() == PORT_AND_PEER);
        assertNoNetworkCallOnTheLoop();
    }

    // ---- waiting for a pipe of another computer

    @Test
    void aLineForARemotePipeMakesOneCallAtATime() {
        kernel.addHost(HOST);
        listen();
        open();
        List<ChannelFuture> connects = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            connects.add(remoteClient().connect(remote));
        }
        WaitingLine line = awaitLineOf(20);
        for (int i = 0; i < 20; i++) {
            long before = kernel.calls("CreateFile");
            clock.advanceMillis(32);
            settle();
            while (line.isAsking()) {
                settle();
            }
            assertThat(kernel.calls("CreateFile")).isEqualTo(before + 1);
        }
        for (int i = 0; i < 20; i++) {
            listen();
        }
        clock.advanceMillis(32);
        connects.forEach(this::runUntilDone);
        assertThat(connects).allMatch(ChannelFuture::isSuccess);
        connects.forEach(connect -> connect.channel().close());
        settle();
    }

    private WaitingLine awaitLineOf(int clients) {
        settle();
        while (true) {
            WaitingLine line = WaitingLines.of(loop).line(remote);
            if (line != null && line.size() == clients) {
                return line;
            }
            settle();
        }
    }
}
