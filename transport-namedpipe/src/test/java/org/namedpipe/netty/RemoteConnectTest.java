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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;

/** Pipes of other computers, which are opened on a thread of their own because that may take its time. */
class RemoteConnectTest extends OneThread {
    private static final int PORT_AND_PEER = 2;

    private final NamedPipeAddress remote = NamedPipeAddress.of("\\\\elsewhere\\pipe\\simulated");
    private final Recorder recorder = new Recorder();
    private final BlockingQueue<Thread> openers = new LinkedBlockingQueue<>();
    private final CountDownLatch answer = new CountDownLatch(1);

    /** A thread that was about to enter a call when its attempt was abandoned may be in it still. */
    @AfterEach
    void theHostAnswers() {
        kernel.answerFor("elsewhere");
    }

    private Bootstrap remoteClient() {
        return client(recorder).option(NamedPipeChannelOption.ALLOW_REMOTE, true);
    }

    /** The network answers once the latch opens. */
    private ChannelFuture connectSlowly(int timeoutMillis) throws InterruptedException {
        return startSlowly(client(recorder), timeoutMillis);
    }

    private ChannelFuture startSlowly(Bootstrap client, int timeoutMillis) throws InterruptedException {
        kernel.faults().before("CreateFile", () -> {
            openers.add(Thread.currentThread());
            try {
                Await.done(answer);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        ChannelFuture connect = client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
                .option(NamedPipeChannelOption.ALLOW_REMOTE, true)
                .connect(remote);
        settle();
        assertThat(Await.next(openers)).isNotSameAs(Thread.currentThread());
        return connect;
    }

    /** Waits for the other thread, which wakes the loop up. */
    private void runUntilDone(ChannelFuture future) {
        while (!future.isDone()) {
            settle();
        }
        settle();
    }

    @Test
    void aSlowNetworkDoesNotHoldUpTheLoop() throws Exception {
        kernel.addHost("elsewhere");
        listen();
        ChannelFuture connect = connectSlowly(0);
        boolean[] ran = new boolean[1];
        loop.execute(() -> ran[0] = true);
        settle();
        assertThat(ran[0]).isTrue();
        assertThat(connect.isDone()).isFalse();
        answer.countDown();
        runUntilDone(connect);
        assertThat(connect.isSuccess()).isTrue();
        assertThat(recorder.take()).containsExactly("registered", "active");
        assertThat(connect.channel().remoteAddress()).isEqualTo(remote);
    }

    @ParameterizedTest
    @ValueSource(strings = {"elsewhere", "localhost", "127.0.0.1"})
    void aRemotePipeIsNotOpenedUnlessThatIsAllowed(String host) {
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
    void aHostThatIsNotThereRefusesTheConnect() throws Exception {
        answer.countDown();
        ChannelFuture connect = connectSlowly(0);
        runUntilDone(connect);
        assertThat(connect.cause()).isInstanceOf(ConnectException.class).hasMessageContaining("ERROR_BAD_NETPATH (53)");
        assertThat(connect.channel().isOpen()).isFalse();
    }

    @Test
    void aHandleThatComesAfterTheCloseIsClosed() throws Exception {
        kernel.addHost("elsewhere");
        listen();
        ChannelFuture connect = connectSlowly(0);
        connect.channel().close();
        settle();
        assertThat(connect.cause()).isInstanceOf(ClosedChannelException.class);
        answerAndTakeIn();
        assertThat(recorder.take()).containsExactly("registered", "unregistered");
    }

    @Test
    void aHandleThatComesAfterTheTimeoutIsClosed() throws Exception {
        kernel.addHost("elsewhere");
        listen();
        ChannelFuture connect = connectSlowly(100);
        pass(100);
        assertThat(connect.cause()).isInstanceOf(ConnectTimeoutException.class);
        answerAndTakeIn();
        assertThat(recorder.take()).containsExactly("registered", "unregistered");
    }

    @Test
    void aHandleThatComesAfterTheLoopHasEndedIsClosed() throws Exception {
        kernel.addHost("elsewhere");
        listen();
        EventLoopGroup ending = loops.group(1);
        ChannelFuture connect = startSlowly(client(recorder).clone(ending), 0);
        assertThat(ending.shutdownGracefully(0, 10, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS))
                .isTrue();
        assertThat(connect.cause()).isInstanceOf(ClosedChannelException.class);
        answer.countDown();
        kernel.await(
                "the late handle was opened and closed",
                () -> kernel.opens(remote.path()).size() == 1 && kernel.openHandles() == PORT_AND_PEER);
    }

    @Test
    void aBusyRemotePipeIsAskedForAgainOffTheLoop() throws Exception {
        kernel.addHost("elsewhere");
        listen();
        open();
        answer.countDown();
        ChannelFuture connect = connectSlowly(0);
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

    private void answerAndTakeIn() {
        answer.countDown();
        kernel.await(
                "the late handle was opened and closed",
                () -> kernel.opens(remote.path()).size() == 1 && kernel.openHandles() == PORT_AND_PEER);
    }

    // ---- nothing that may wait for the network happens on the loop

    private void assertNoNetworkCallOnTheLoop() {
        assertThat(kernel.networkCalls()).isNotEmpty().noneMatch(call -> call.thread() == Thread.currentThread());
    }

    @Test
    void nothingGoesOverTheNetworkOnTheLoop() {
        kernel.addHost("elsewhere");
        listen(Win32Constants.PIPE_TYPE_MESSAGE, 1024);
        ChannelFuture connect = remoteClient()
                .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                .connect(remote);
        runUntilDone(connect);
        NamedPipeChannel channel = (NamedPipeChannel) connect.channel();
        Future<NamedPipePeer> peer = channel.peer();
        settle();
        peer.addListener(answered -> {});
        while (!peer.isDone()) {
            settle();
        }
        channel.close();
        settle();
        kernel.await("the handle is closed", () -> kernel.openHandles() == PORT_AND_PEER);
        assertThat(kernel.networkCalls())
                .extracting(call -> call.call())
                .contains("CreateFile", "SetNamedPipeHandleState", "CloseHandle");
        assertNoNetworkCallOnTheLoop();
    }

    @Test
    void aHandleThatIsHandedOverTooLateIsNotClosedOnTheLoop() {
        kernel.addHost("elsewhere");
        listen();
        ChannelFuture connect = remoteClient().connect(remote);
        channelOf(connect);
        kernel.await("the pipe is open", () -> kernel.opens(remote.path()).size() == 1);
        connect.channel().close();
        settle();
        kernel.await("the handle is closed", () -> kernel.openHandles() == PORT_AND_PEER);
        assertNoNetworkCallOnTheLoop();
    }

    // ---- computers that do not answer

    private List<ChannelFuture> connectToASilentHost(int count) {
        kernel.addSilentHost("elsewhere");
        List<ChannelFuture> connects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // Names of their own, so that none waits for another.
            NamedPipeAddress address = NamedPipeAddress.of(remote.path() + i);
            connects.add(remoteClient()
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 100)
                    .connect(address));
        }
        settle();
        return connects;
    }

    private void awaitBlocked(int threads) {
        kernel.await(threads + " threads wait for the network", () -> kernel.blockedCalls() == threads);
    }

    /** Lets the clock follow real time, since a thread that was about to enter a call has that call cancelled later. */
    private void awaitFreed() {
        long start = System.nanoTime();
        long passed = 0;
        while (kernel.blockedCalls() > 0) {
            Thread.onSpinWait();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            pass(millis - passed);
            passed = millis;
        }
    }

    @Test
    void aTimeoutFreesTheThread() {
        List<ChannelFuture> connects = connectToASilentHost(1);
        awaitBlocked(1);
        pass(100);
        assertThat(connects.get(0).cause()).isInstanceOf(ConnectTimeoutException.class);
        awaitFreed();
    }

    @Test
    void aCloseFreesTheThread() {
        List<ChannelFuture> connects = connectToASilentHost(1);
        awaitBlocked(1);
        connects.get(0).channel().close();
        settle();
        awaitFreed();
    }

    @Test
    void aThreadThatCannotBeFreedAtOnceIsFreedLater() {
        connectToASilentHost(1);
        awaitBlocked(1);
        kernel.faults().on("CancelSynchronousIo").times(3).fail(Win32Error.ERROR_NOT_FOUND);
        pass(100);
        pass(5);
        pass(10);
        assertThat(kernel.blockedCalls()).isEqualTo(1);
        pass(20);
        awaitFreed();
    }

    @Test
    void withoutAHandleOfTheThreadTheAttemptEndsAllTheSame() {
        kernel.faults().on("OpenCurrentThread").fail(Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        List<ChannelFuture> connects = connectToASilentHost(1);
        awaitBlocked(1);
        pass(100);
        assertThat(connects.get(0).cause()).isInstanceOf(ConnectTimeoutException.class);
        assertThat(kernel.calls("CancelSynchronousIo")).isZero();
        kernel.answerFor("elsewhere");
        awaitFreed();
    }

    @Test
    void aThousandAttemptsUseNoMoreThreadsThanThereMayBe() {
        // None of the calls can be cancelled.
        kernel.faults().on("OpenCurrentThread").times(RemoteCalls.MAX_OPENS).fail(Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        List<ChannelFuture> connects = connectToASilentHost(1000);
        awaitBlocked(RemoteCalls.MAX_OPENS);
        assertThat(openerThreads()).isEqualTo(RemoteCalls.MAX_OPENS);
        pass(100);
        assertThat(connects)
                .allSatisfy(connect -> assertThat(connect.cause()).isInstanceOf(ConnectTimeoutException.class));
        kernel.answerFor("elsewhere");
        kernel.await("the threads have their answers", () -> kernel.calls("CreateFile") >= RemoteCalls.MAX_OPENS);
        assertThat(kernel.calls("CreateFile"))
                .as("those whose turn had not come were skipped")
                .isEqualTo(RemoteCalls.MAX_OPENS);
    }

    private static long openerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("namedpipe-remote-open"))
                .peek(thread -> assertThat(thread.getContextClassLoader()).isNull())
                .count();
    }

    @Test
    void moreThanMayWaitAreRefused() {
        List<ChannelFuture> connects = connectToASilentHost(RemoteCalls.MAX_OPENS);
        awaitBlocked(RemoteCalls.MAX_OPENS);
        connects.addAll(connectToASilentHost(RemoteCalls.MAX_QUEUED + 1));
        ChannelFuture last = connects.remove(connects.size() - 1);
        assertThat(last.cause())
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("CreateFile(")
                .hasMessageContaining("at most 32 pipes of other computers are opened at a time, and 1024 more wait");
        assertThat(connects).noneMatch(ChannelFuture::isDone);
        pass(100);
        assertThat(connects).allMatch(ChannelFuture::isDone);
        awaitFreed();
    }

    // ---- waiting for a pipe of another computer

    @Test
    void oneOfThoseWhoWaitForARemotePipeAsksForAll() {
        kernel.addHost("elsewhere");
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
