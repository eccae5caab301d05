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
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** The line of clients that wait for one pipe: its order, and the clients that leave it. */
class WaitingLineTest extends AbstractWaitingLineTest {

    // ---- order

    @Test
    void clientsConnectInTheOrderOfTheirCalls() {
        listenBusy();
        List<ChannelFuture> connects = start(5, waiting());
        for (int served = 1; served <= 5; served++) {
            passSlowly(200);
            freeAnInstance();
            assertThat(connected(connects)).hasSize(served).last().isEqualTo(served - 1);
        }
    }

    @Test
    void aNewClientDoesNotOvertakeWaitingClients() {
        listenBusy();
        ChannelFuture first = start(waiting());
        passSlowly(500);
        listen();
        ChannelFuture newcomer = start(waiting());
        passSlowly(A_TURN);
        assertThat(first.isSuccess()).isTrue();
        assertThat(newcomer.isDone()).isFalse();
        freeAnInstance();
        assertThat(newcomer.isSuccess()).isTrue();
    }

    @Test
    void aFailFastClientNeitherWaitsNorOvertakes() {
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
    void allWaitingClientsConnectInOneTurnIfInstancesAreFree() {
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
    void aListenerThatConnectsAgainJoinsTheEnd() {
        listenBusy();
        ChannelFuture first = start(waiting());
        ChannelFuture second = start(waiting());
        List<ChannelFuture> again = new ArrayList<>();
        first.addListener((ChannelFutureListener) done -> again.add(waiting().connect(name)));
        freeAnInstance();
        channelOf(again.get(0));
        assertThat(first.isSuccess()).isTrue();
        assertThat(second.isDone()).isFalse();
        freeAnInstance();
        assertThat(second.isSuccess()).isTrue();
        assertThat(again.get(0).isDone()).isFalse();
        freeAnInstance();
        assertThat(again.get(0).isSuccess()).isTrue();
    }

    // ---- leaving the line

    @Test
    void eachClientHasItsOwnTimeout() {
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
        freeAnInstance();
        assertThat(third.isSuccess()).isTrue();
    }

    @Test
    void closedAndCancelledClientsLeaveTheLine() {
        listenBusy();
        List<ChannelFuture> connects = start(4, waiting());
        passSlowly(100);
        connects.get(0).channel().close();
        assertThat(connects.get(1).cancel(false)).isTrue();
        settle();
        assertThat(connects.get(0).cause()).isInstanceOf(ClosedChannelException.class);
        freeAnInstance();
        assertThat(connected(connects)).containsExactly(2);
        connects.get(3).channel().close();
        settle();
        kernel.resetCalls();
        passSlowly(1000);
        assertThat(kernel.calls("CreateFile")).as("no client waits").isZero();
    }

    @Test
    void aListenerCanCloseTheNextInTheLine() {
        listenBusy();
        List<ChannelFuture> connects = start(3, waiting());
        connects.get(0).addListener(done -> connects.get(1).channel().close());
        listen();
        freeAnInstance();
        assertThat(connected(connects)).containsExactly(0, 2);
        assertThat(connects.get(1).cause()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aDeniedClientDoesNotBlockTheOthers() {
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

    /** Creates an instance from the server to clients only. */
    private SimulatedPeer keepOneWay() {
        return SimulatedPeer.listenOneWay(kernel, name.path(), Win32Constants.PIPE_ACCESS_OUTBOUND);
    }

    @Test
    void eachClientOpensThePipeWithItsOptions() {
        listenBusy();
        start(waiting().option(NamedPipeChannelOption.IMPERSONATION_LEVEL, NamedPipeImpersonationLevel.ANONYMOUS));
        start(waiting().option(NamedPipeChannelOption.IMPERSONATION_LEVEL, NamedPipeImpersonationLevel.IMPERSONATION));
        listen();
        freeAnInstance();
        assertThat(kernel.opens(name.path()).stream()
                        .filter(open -> !Win32Error.isError(open.result()))
                        .skip(1)
                        .map(open -> open.flags() & Win32Constants.SECURITY_DELEGATION))
                .containsExactly(
                        NamedPipeImpersonationLevel.ANONYMOUS.flag(), NamedPipeImpersonationLevel.IMPERSONATION.flag());
    }

    @Test
    void anEmptyLineIsRemoved() {
        listenBusy();
        List<ChannelFuture> connects = start(2, waiting());
        assertThat(WaitingLines.of(loop).lines()).isEqualTo(1);
        connects.get(0).channel().close();
        freeAnInstance();
        assertThat(connected(connects)).containsExactly(1);
        assertThat(WaitingLines.of(loop).lines()).isZero();
    }

    // ---- leaving the event loop

    @Test
    void aDeregisteredChannelLosesItsPlaceAndJoinsTheEnd() {
        listenBusy();
        List<ChannelFuture> connects = start(2, waiting());
        Channel away = connects.get(0).channel();
        away.deregister();
        settle();
        freeAnInstance();
        assertThat(connected(connects)).containsExactly(1);
        away.unsafe().register(loop, new DefaultChannelPromise(away, loop));
        settle();
        freeAnInstance();
        assertThat(connected(connects)).containsExactly(0, 1);
    }

    @Test
    void aChannelThatIsRegisteredWithAnotherLoopConnectsThere() {
        ManualIoEventLoop other = newLoop();
        listenBusy();
        ChannelFuture connect = start(waiting());
        Channel channel = connect.channel();
        channel.deregister();
        settle();
        channel.unsafe().register(other, new DefaultChannelPromise(channel, other));
        other.runNow();
        freeAnInstance();
        assertThat(connect.isDone()).as("on the old loop").isFalse();
        other.runNow();
        assertThat(connect.isSuccess()).isTrue();
        channel.close();
        while (other.runNow() > 0) {}
        shutDown(other);
    }
}
