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

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.FlightRecording;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** The order in which peer filters decide, pass reads on, and reject. */
class PeerFilterOrderTest extends AbstractPeerFilterTest {

    // ---- several filters

    @ParameterizedTest
    @CsvSource({"1,0", "1,-1", "2,0", "2,1", "2,-1", "3,0", "3,1", "3,2", "3,-1"})
    void theChannelIsReadAfterAllFiltersHaveAccepted(int filters, int rejecting) {
        List<ScriptedFilter> all = new ArrayList<>();
        List<ChannelHandler> handlers = new ArrayList<>();
        for (int i = 0; i < filters; i++) {
            all.add(new ScriptedFilter());
            handlers.add(all.get(i));
            handlers.add(new EagerReader());
        }
        serve(handlers.toArray(new ChannelHandler[0]));
        SimulatedPeer client = client();

        for (int i = 0; i < filters; i++) {
            awaitAsked(all.get(i));
            channel().read();
            channel().pipeline().fireChannelReadComplete();
            assertNothingPasses();
            assertThat(asked).hasSize(i + 1);
            all.get(i).answer.setSuccess(i != rejecting);
            if (i == rejecting) {
                assertRejected(client);
                assertThat(asked).hasSize(i + 1);
                return;
            }
        }
        assertAccepted();
    }

    @Test
    void aFilterAtTwoPlacesDecidesTwice() {
        ScriptedFilter twice = new ScriptedFilter();
        serve(twice, new EagerReader(), twice);
        client();

        awaitAsked(twice);
        assertThat(seen()).isEmpty();
        twice.answer.setSuccess(true);
        assertAccepted();
        assertThat(asked).containsExactly(twice, twice);
    }

    @Test
    void filtersShareTheLookUpOfThePeer() {
        serve(new NamedPipePeerFilter(peer -> true), new NamedPipePeerFilter(peer -> true));
        client();
        settleUntil(() -> channel().hasRead());

        assertThat(kernel.calls("OpenProcessToken")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void aFilterThatIsAddedDuringADecisionIsAskedToo(boolean atFirst, boolean accepts) {
        ScriptedFilter first = new ScriptedFilter();
        ScriptedFilter added = new ScriptedFilter();
        serve(first);
        SimulatedPeer client = client();
        awaitAsked(first);

        if (atFirst) {
            channel().pipeline().addFirst(added);
        } else {
            channel().pipeline().addBefore("last", "added", added);
        }
        first.answer.setSuccess(true);
        awaitAsked(added);
        assertNothingPasses();
        added.answer.setSuccess(accepts);

        if (accepts) {
            assertAccepted();
        } else {
            assertRejected(client);
        }
    }

    // ---- reads

    @Test
    void theFirstReadStartsAtTheTail() {
        HoldingReads holding = new HoldingReads();
        serve(new ScriptedFilter().accepting(), holding);
        client();
        settleUntil(() -> seen().contains("active"));

        assertThat(holding.held).as("by Netty, and by the filters").isEqualTo(2);
        assertThat(channel().hasRead()).isFalse();
    }

    @Test
    void withoutAutoReadAReadDuringTheDecisionFollowsIt() {
        ScriptedFilter filter = new ScriptedFilter();
        serveWithoutAutoRead(filter);
        client();
        awaitAsked(filter);
        channel().read();
        assertNothingPasses();

        filter.answer.setSuccess(true);
        assertAccepted();
    }

    @Test
    void withoutAutoReadNothingIsReadUntilRequested() {
        serveWithoutAutoRead(new ScriptedFilter().accepting(), new ScriptedFilter().accepting());
        client();
        settleUntil(() -> seen().contains("active"));

        assertThat(channel().hasRead()).isFalse();
        channel().read();
        settle();
        assertThat(seen()).containsExactly("read hello");
    }

    @Test
    void eventsOfEarlierHandlersAreNotHeldBack() {
        ScriptedFilter filter = new ScriptedFilter();
        serve(filter);
        client();
        awaitAsked(filter);

        channel().pipeline().fireUserEventTriggered("an event");
        channel().pipeline().fireExceptionCaught(new IllegalStateException());
        assertThat(seen()).containsExactly("String", "caught IllegalStateException");

        filter.answer.setSuccess(false);
        awaitClosed();
    }

    // ---- time limits

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDecisionThatTakesTooLongRejectsThePeer(boolean first) {
        ScriptedFilter slow = new ScriptedFilter();
        ScriptedFilter fast = new ScriptedFilter().accepting();
        serve(first ? slow : fast, first ? fast : slow);
        SimulatedPeer client = client();
        awaitAsked(slow);

        pass(TIME_LIMIT - 1);
        assertThat(channel().isOpen()).isTrue();
        pass(1);
        assertRejected(client);
        assertThat(slow.answer.isCancelled()).isTrue();
    }

    @Test
    void aLookUpThatTakesTooLongRejectsThePeer() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        kernel.faults().before("AccountName", () -> Await.join(end));
        serve(new ScriptedFilter().accepting());
        SimulatedPeer client = client();
        channel().read();
        assertNothingPasses();

        pass(TIME_LIMIT);
        assertRejected(client);
        end.complete(null);
        settleUntil(() -> kernel.describeOpenHandles().stream().noneMatch(handle -> handle.contains("token")));
        assertThat(asked).isEmpty();
    }

    @Test
    void aPeerThatDoesNotReadTheFarewellIsClosed() {
        ScriptedFilter filter = new ScriptedFilter().withFarewell();
        serve(
                server -> server.childOption(NamedPipeChannelOption.PEER_DECISION_TIMEOUT_MILLIS, 500)
                        .option(ChannelOption.SO_SNDBUF, 0),
                filter);
        SimulatedPeer client = client();
        awaitAsked(filter).answer.setSuccess(false);

        pass(499);
        assertThat(channel().isOpen()).isTrue();
        pass(1);
        pass(1000); // the close waits as long for the cancelled write
        assertRejected(client);
    }

    // ---- answers

    @Test
    void aDecisionThatFailsRejectsThePeer() {
        ScriptedFilter filter = new ScriptedFilter();
        serve(filter);
        SimulatedPeer client = client();

        awaitAsked(filter).answer.setFailure(new IllegalStateException("cannot decide"));
        assertRejected(client);
    }

    @Test
    void aPredicateThatThrowsRejectsThePeer() {
        serve(new NamedPipePeerFilter(peer -> {
            throw new IllegalStateException("cannot decide");
        }));

        assertRejected(client());
    }

    @Test
    void aDecisionMayBeCompletedByAnotherThread() {
        ScriptedFilter filter = new ScriptedFilter(GlobalEventExecutor.INSTANCE.newPromise());
        serve(filter);
        client();

        awaitAsked(filter).answer.setSuccess(true);
        assertAccepted();
    }

    @Test
    void aRejectionIsRecorded() throws Exception {
        try (FlightRecording recording = FlightRecording.of(Duration.ZERO, "PeerRejection")) {
            ScriptedFilter filter = new ScriptedFilter();
            serve(filter);
            SimulatedPeer client = client();
            awaitAsked(filter).answer.setSuccess(false);
            assertRejected(client);

            assertThat(recording.events("PeerRejection")).singleElement().satisfies(event -> {
                assertThat(event.getString("pipe")).isEqualTo(name.path());
                assertThat(event.getString("reason")).isEqualTo("REFUSED");
                assertThat(event.getLong("processId")).isPositive();
            });
        }
    }

    // ---- handlers

    /** Calls {@code read()} whenever it can. */
    private static final class EagerReader extends ChannelInboundHandlerAdapter {
        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            ctx.read();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.read();
            ctx.fireChannelReadComplete();
        }
    }

    private static final class HoldingReads extends ChannelOutboundHandlerAdapter {
        private int held;

        @Override
        public void read(ChannelHandlerContext ctx) {
            held++;
        }
    }
}
