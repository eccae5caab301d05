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

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** The calls that clients make while they wait for one pipe, the pauses between them, and the names that are remembered. */
class WaitingPausesTest extends AbstractWaitingLineTest {

    // ---- calls and pauses

    @Test
    void aHundredClientsOfABusyPipeMakeTheCallsOfOne() {
        listenBusy();
        start(100, waiting());
        passSlowly(1000);
        kernel.resetCalls();
        passSlowly(1000);
        assertThat(kernel.calls("CreateFile")).isBetween(25L, 35L);
    }

    @Test
    void aHundredClientsThatWaitForAServerMakeFourCallsASecond() {
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
    void aClientThatDoesNotWaitForAServerFailsAtOnce() {
        ChannelFuture waits = start(waitingForServer());
        passSlowly(2000);
        ChannelFuture refused = start(waiting());
        assertThat(refused.cause()).isInstanceOf(NamedPipeConnectException.NotFound.class);
        assertThat(waits.isDone()).isFalse();
        listen();
        listen();
        ChannelFuture newcomer = start(waiting());
        assertThat(waits.isSuccess()).as("the first in the line").isTrue();
        assertThat(newcomer.isSuccess()).isTrue();
    }

    @Test
    void aSuccessShortensThePauses() {
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
    void aCloseShortensThePauses() {
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

    // ---- a name that is missing for a while

    @Test
    void clientsThatHaveSeenThePipeBusyWaitForTheName() {
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
    void aClientWaitsForANameThatExistedWithinTheLastSecond() {
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
    void aClientDoesNotWaitForANameThatExistedEarlier() {
        SimulatedPeer server = listen();
        Channel earlier = connect(recorder);
        earlier.close();
        hangUp(server);
        pass(1001);
        assertThat(start(waiting()).cause()).isInstanceOf(NamedPipeConnectException.NotFound.class);
    }

    @Test
    void allClientsOfAServerAtItsLimitConnect() {
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
    void theNumberOfRememberedNamesIsLimited() {
        WaitingLines lines = WaitingLines.of(loop);
        for (int i = 0; i < 10 * WaitingLines.MAX_NAMES; i++) {
            lines.seen(NamedPipeAddress.of("name-" + i), i);
        }
        assertThat(lines.names()).isEqualTo(WaitingLines.MAX_NAMES);
        assertThat(lines.lines()).isZero();
    }
}
