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
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.ManualIoEventLoop;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.SimulatedPeer;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;

/** Many clients of one event loop that wait for one pipe: their order, how often Windows is asked, and who leaves. */
class WaitingLineTest extends OneThread {
    private static final int TIMEOUT = 10_000;
    /** Longer than the longest pause while the pipe is busy. */
    private static final int A_TURN = 40;

    private final Recorder recorder = new Recorder();

    private Bootstrap waiting() {
        return client(recorder).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT);
    }

    private Bootstrap waitingForServer() {
        return waiting().option(NamedPipeChannelOption.CONNECT_POLICY, NamedPipeConnectPolicy.WAIT_FOR_SERVER);
    }

    private Bootstrap failingFast() {
        return waiting().option(NamedPipeChannelOption.CONNECT_POLICY, NamedPipeConnectPolicy.FAIL_FAST);
    }

    private ChannelFuture start(Bootstrap client) {
        ChannelFuture connect = client.connect(name);
        channelOf(connect);
        return connect;
    }

    private List<ChannelFuture> start(int count, Bootstrap client) {
        List<ChannelFuture> connects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connects.add(start(client.clone()));
        }
        return connects;
    }

    private static List<Integer> connected(List<ChannelFuture> connects) {
        List<Integer> done = new ArrayList<>();
        for (int i = 0; i < connects.size(); i++) {
            if (connects.get(i).isSuccess()) {
                done.add(i);
            }
        }
        return done;
    }

    private void passSlowly(int millis) {
        for (int i = 0; i < millis; i++) {
            pass(1);
        }
    }

    private SimulatedPeer listenBusy() {
        SimulatedPeer server = listen();
        open();
        return server;
    }

    // ---- order

    @Test
    void clientsAreServedInTheOrderInWhichTheyCame() {
        listenBusy();
        List<ChannelFuture> connects = start(5, waiting());
        for (int served = 1; served <= 5; served++) {
            passSlowly(200);
            listen();
            passSlowly(A_TURN);
            assertThat(connected(connects)).hasSize(served).last().isEqualTo(served - 1);
        }
    }

    @Test
    void aNewcomerDoesNotOvertakeThoseWhoWait() {
        listenBusy();
        ChannelFuture first = start(waiting());
        passSlowly(500);
        listen();
        ChannelFuture newcomer = start(waiting());
        passSlowly(A_TURN);
        assertThat(first.isSuccess()).isTrue();
        assertThat(newcomer.isDone()).isFalse();
        listen();
        passSlowly(A_TURN);
        assertThat(newcomer.isSuccess()).isTrue();
    }

    @Test
    void aClientThatFailsFastNeitherWaitsNorOvertakes() {
        listenBusy();
        ChannelFuture first = start(waiting());
        passSlowly(500);
        ChannelFuture refused = start(failingFast());
        assertThat(refused.cause()).isInstanceOf(NamedPipeConnectException.Busy.class);
        listen();
        ChannelFuture second = start(failingFast());
        assertThat(first.isSuccess()).isTrue();
        assertThat(second.cause()).isInstanceOf(NamedPipeConnectException.Busy.class);
        listen();
        assertThat(start(failingFast()).isSuccess()).isTrue();
    }

    @Test
    void allWhoWaitAreServedInOneTurnIfThereIsRoom() {
        listenBusy();
        List<ChannelFuture> connects = start(50, waiting());
        passSlowly(300);
        for (int i = 0; i < 50; i++) {
            listen();
        }
        passSlowly(A_TURN);
        assertThat(connected(connects)).hasSize(50);
    }

    @Test
    void aListenerThatConnectsAgainGoesToTheEnd() {
        listenBusy();
        ChannelFuture first = start(waiting());
        ChannelFuture second = start(waiting());
        List<ChannelFuture> again = new ArrayList<>();
        first.addListener((ChannelFutureListener) done -> again.add(waiting().connect(name)));
        listen();
        passSlowly(A_TURN);
        channelOf(again.get(0));
        assertThat(first.isSuccess()).isTrue();
        assertThat(second.isDone()).isFalse();
        listen();
        passSlowly(A_TURN);
        assertThat(second.isSuccess()).isTrue();
        assertThat(again.get(0).isDone()).isFalse();
        listen();
        passSlowly(A_TURN);
        assertThat(again.get(0).isSuccess()).isTrue();
    }

    // ---- how often Windows is asked

    @Test
    void aHundredClientsOfABusyPipeAskAsOneDoes() {
        listenBusy();
        start(100, waiting());
        passSlowly(1000);
        kernel.resetCalls();
        passSlowly(1000);
        assertThat(kernel.calls("CreateFile")).isBetween(25L, 35L);
    }

    @Test
    void aHundredClientsThatWaitForAServerAskFourTimesASecond() {
        start(100, waitingForServer());
        passSlowly(1000);
        kernel.resetCalls();
        passSlowly(1000);
        assertThat(kernel.calls("CreateFile")).isBetween(3L, 5L);
        List<ChannelFuture> more = start(100, waitingForServer());
        passSlowly(1000);
        assertThat(kernel.calls("CreateFile")).isBetween(6L, 10L);
        listen();
        passSlowly(260);
        assertThat(connected(more)).isEmpty();
    }

    @Test
    void whoDoesNotWaitForAServerLearnsAtOnceThatThereIsNone() {
        ChannelFuture waits = start(waitingForServer());
        passSlowly(2000);
        ChannelFuture refused = start(waiting());
        assertThat(refused.cause()).isInstanceOf(NamedPipeConnectException.NotFound.class);
        assertThat(waits.isDone()).isFalse();
        listen();
        listen();
        ChannelFuture newcomer = start(waiting());
        assertThat(waits.isSuccess()).as("was first").isTrue();
        assertThat(newcomer.isSuccess()).isTrue();
    }

    @Test
    void anAttemptThatSucceedsMakesPausesShortAgain() {
        listenBusy();
        List<ChannelFuture> connects = start(2, waiting());
        passSlowly(1000);
        listen();
        while (!connects.get(0).isDone()) {
            pass(1);
        }
        kernel.resetCalls();
        passSlowly(A_TURN);
        assertThat(kernel.calls("CreateFile")).isGreaterThan(3);
        assertThat(connects.get(1).isDone()).isFalse();
    }

    @Test
    void aConnectionThatClosesMakesPausesShortAgain() {
        listen();
        Channel holder = connect(recorder);
        ChannelFuture waits = start(waiting());
        passSlowly(1000);
        holder.close();
        settle();
        kernel.resetCalls();
        passSlowly(A_TURN);
        assertThat(kernel.calls("CreateFile")).isGreaterThan(3);
        assertThat(waits.isDone()).isFalse();
    }

    // ---- who leaves

    @Test
    void eachHasItsOwnTimeout() {
        listenBusy();
        ChannelFuture first = start(waiting().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 300));
        ChannelFuture second = start(waiting().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 100));
        ChannelFuture third = start(waiting());
        passSlowly(100);
        assertThat(second.cause())
                .isInstanceOf(ConnectTimeoutException.class)
                .hasMessageContaining("100 ms")
                .hasMessageContaining("ERROR_PIPE_BUSY");
        assertThat(first.isDone()).isFalse();
        passSlowly(200);
        assertThat(first.cause()).isInstanceOf(ConnectTimeoutException.class);
        listen();
        passSlowly(A_TURN);
        assertThat(third.isSuccess()).isTrue();
    }

    @Test
    void thoseWhoAreClosedOrCancelledHandOver() {
        listenBusy();
        List<ChannelFuture> connects = start(4, waiting());
        passSlowly(100);
        connects.get(0).channel().close();
        assertThat(connects.get(1).cancel(false)).isTrue();
        settle();
        assertThat(connects.get(0).cause()).isInstanceOf(ClosedChannelException.class);
        listen();
        passSlowly(A_TURN);
        assertThat(connected(connects)).containsExactly(2);
        connects.get(3).channel().close();
        settle();
        kernel.resetCalls();
        passSlowly(1000);
        assertThat(kernel.calls("CreateFile")).as("no client waits").isZero();
    }

    @Test
    void aListenerMayCloseTheNextInLine() {
        listenBusy();
        List<ChannelFuture> connects = start(3, waiting());
        connects.get(0).addListener(done -> connects.get(1).channel().close());
        listen();
        listen();
        passSlowly(A_TURN);
        assertThat(connected(connects)).containsExactly(0, 2);
        assertThat(connects.get(1).cause()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void oneThatIsDeniedDoesNotHoldUpTheOthers() {
        SimulatedPeer server = keepOneWay();
        SimulatedPeer holder = SimulatedPeer.open(kernel, name.path(), Win32Constants.GENERIC_READ);
        Bootstrap reader = waiting().option(NamedPipeChannelOption.PIPE_ACCESS, NamedPipeAccess.OUTBOUND);
        ChannelFuture first = start(reader);
        ChannelFuture denied = start(waiting());
        ChannelFuture third = start(reader.clone());
        passSlowly(100);
        SimulatedPeer next = keepOneWay();
        SimulatedPeer afterNext = keepOneWay();
        passSlowly(A_TURN);
        assertThat(first.isSuccess()).isTrue();
        assertThat(denied.cause()).isInstanceOf(NamedPipeConnectException.AccessDenied.class);
        assertThat(third.isSuccess()).isTrue();
        List.of(server, holder, next, afterNext).forEach(SimulatedPeer::close);
    }

    /** An instance from the server to clients only. */
    private SimulatedPeer keepOneWay() {
        return SimulatedPeer.listenOneWay(kernel, name.path(), Win32Constants.PIPE_ACCESS_OUTBOUND);
    }

    @Test
    void eachOpensThePipeInItsOwnWay() {
        listenBusy();
        start(waiting().option(NamedPipeChannelOption.IMPERSONATION_LEVEL, NamedPipeImpersonationLevel.ANONYMOUS));
        start(waiting().option(NamedPipeChannelOption.IMPERSONATION_LEVEL, NamedPipeImpersonationLevel.IMPERSONATION));
        listen();
        listen();
        passSlowly(A_TURN);
        assertThat(kernel.opens(name.path()).stream()
                        .filter(open -> !Win32Error.isError(open.result()))
                        .skip(1)
                        .map(open -> open.flags() & Win32Constants.SECURITY_DELEGATION))
                .containsExactly(
                        NamedPipeImpersonationLevel.ANONYMOUS.flag(), NamedPipeImpersonationLevel.IMPERSONATION.flag());
    }

    // ---- gaps in which there is no such pipe

    @Test
    void whoHasSeenThePipeBusyWaitsOutAGap() {
        SimulatedPeer server = listen();
        SimulatedPeer other = open();
        List<ChannelFuture> connects = start(3, waiting());
        passSlowly(100);
        hangUp(other);
        hangUp(server);
        passSlowly(3000);
        assertThat(connects).noneMatch(ChannelFuture::isDone);
        listen();
        listen();
        listen();
        passSlowly(300);
        assertThat(connected(connects)).hasSize(3);
    }

    @Test
    void aGapThatDoesNotEndEndsWithTheTimeout() {
        SimulatedPeer server = listen();
        SimulatedPeer other = open();
        ChannelFuture connect = start(waiting());
        passSlowly(10);
        hangUp(other);
        hangUp(server);
        pass(TIMEOUT);
        assertThat(connect.cause())
                .isInstanceOf(ConnectTimeoutException.class)
                .hasMessageContaining("ERROR_FILE_NOT_FOUND");
    }

    @Test
    void aNameThatWasThereWithinTheLastSecondIsWaitedFor() {
        SimulatedPeer server = listen();
        Channel earlier = connect(recorder);
        earlier.close();
        hangUp(server);
        passSlowly(999);
        ChannelFuture connect = start(waiting());
        assertThat(start(failingFast()).cause()).isInstanceOf(NamedPipeConnectException.NotFound.class);
        passSlowly(3000);
        assertThat(connect.isDone()).isFalse();
        listen();
        passSlowly(300);
        assertThat(connect.isSuccess()).isTrue();
    }

    @Test
    void aNameThatWasThereLongerAgoIsNotWaitedFor() {
        SimulatedPeer server = listen();
        Channel earlier = connect(recorder);
        earlier.close();
        hangUp(server);
        pass(1001);
        assertThat(start(waiting()).cause()).isInstanceOf(NamedPipeConnectException.NotFound.class);
    }

    @Test
    void manyClientsOfAServerAtItsLimitAreAllServed() {
        Recorder children = new Recorder();
        bound(server(new Recorder(), children)
                .option(NamedPipeChannelOption.MAX_INSTANCES, 2)
                .option(ChannelOption.SO_BACKLOG, 1));
        List<ChannelFuture> connects = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            ChannelFuture connect = waiting()
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 60_000)
                    .connect(name);
            connect.addListener(ChannelFutureListener.CLOSE);
            connects.add(connect);
            turn();
        }
        for (int i = 0; i < 59_000 && !connects.stream().allMatch(ChannelFuture::isDone); i++) {
            pass(1);
        }
        assertThat(connects).allMatch(ChannelFuture::isSuccess);
        settle();
        assertThat(children.channels()).hasSize(300);
    }

    @Test
    void theNamesThatAreRememberedAreBounded() {
        WaitingLines lines = WaitingLines.of(loop);
        for (int i = 0; i < 10 * WaitingLines.MAX_NAMES; i++) {
            lines.seen(NamedPipeAddress.of("name-" + i), i);
        }
        assertThat(lines.names()).isEqualTo(WaitingLines.MAX_NAMES);
        assertThat(lines.lines()).isZero();
    }

    @Test
    void noLineIsKeptWhenNobodyWaits() {
        listenBusy();
        List<ChannelFuture> connects = start(2, waiting());
        assertThat(WaitingLines.of(loop).lines()).isEqualTo(1);
        connects.get(0).channel().close();
        listen();
        passSlowly(A_TURN);
        assertThat(connected(connects)).containsExactly(1);
        assertThat(WaitingLines.of(loop).lines()).isZero();
    }

    // ---- leaving the event loop

    @Test
    void aChannelThatLeavesTheLoopLosesItsPlaceAndComesBackToTheEnd() {
        listenBusy();
        List<ChannelFuture> connects = start(2, waiting());
        Channel away = connects.get(0).channel();
        away.deregister();
        settle();
        listen();
        passSlowly(A_TURN);
        assertThat(connected(connects)).containsExactly(1);
        away.unsafe().register(loop, new DefaultChannelPromise(away, loop));
        settle();
        listen();
        passSlowly(A_TURN);
        assertThat(connected(connects)).containsExactly(0, 1);
    }

    @Test
    void aChannelThatMovesToAnotherLoopConnectsThere() {
        ManualIoEventLoop other = new ManualIoEventLoop(null, Thread.currentThread(), loops.factory(), clock);
        listenBusy();
        ChannelFuture connect = start(waiting());
        Channel channel = connect.channel();
        channel.deregister();
        settle();
        channel.unsafe().register(other, new DefaultChannelPromise(channel, other));
        other.runNow();
        listen();
        passSlowly(A_TURN);
        assertThat(connect.isDone()).as("by its old loop").isFalse();
        other.runNow();
        assertThat(connect.isSuccess()).isTrue();
        channel.close();
        while (other.runNow() > 0) {}
        other.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!other.isTerminated()) {
            clock.advanceMillis(1);
            other.runNow();
        }
    }
}
