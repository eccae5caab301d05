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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.SimulatedPeer;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.FlightRecording;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;

/** Filters that decide when the test says so, and the handlers around them, in every order. */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SAME_THREAD)
class PeerFilterOrderTest extends OneThread {
    private static final int TIME_LIMIT = 10_000;

    /** What the handler behind the filters sees. */
    private final Recorder last = new Recorder();
    /** Filters in the order in which they are asked. */
    private final List<Asked> asked = new ArrayList<>();

    private final List<NamedPipeChannel> accepted = new ArrayList<>();
    private @Nullable NamedPipeServerChannel server;

    /** Starts a server; {@code handlers} come before {@link #last}. */
    private void serve(boolean autoRead, ChannelHandler... handlers) {
        serve(NamedPipeMode.BYTE, autoRead, handlers);
    }

    private void serve(NamedPipeMode mode, boolean autoRead, ChannelHandler... handlers) {
        server = bound(server(new Recorder(), last)
                .option(NamedPipeChannelOption.PIPE_MODE, mode)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(NamedPipeChannelOption.MAX_MESSAGE_SIZE, 5)
                .childOption(ChannelOption.AUTO_READ, autoRead)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1000, 2000))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted.add((NamedPipeChannel) channel);
                        channel.pipeline().addLast(handlers).addLast("last", last);
                    }
                }));
    }

    /** A client that has written "hello". */
    private SimulatedPeer client() {
        SimulatedPeer client = open();
        client.write("hello").succeeds();
        settle();
        return client;
    }

    private NamedPipeChannel channel() {
        return accepted.get(accepted.size() - 1);
    }

    private NamedPipeServerCounters counters() {
        return Objects.requireNonNull(server).counters();
    }

    /** Peers are looked up on another thread, so this waits for it. */
    private void settleUntil(BooleanSupplier condition) {
        settle();
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(100_000);
            assertThat(Thread.interrupted()).as("out of time").isFalse();
            settle();
        }
    }

    private Asked awaitAsked(Asked filter) {
        settleUntil(() -> asked.contains(filter));
        return filter;
    }

    private List<String> seen() {
        List<String> seen = last.take();
        seen.removeIf(event -> event.endsWith("registered") || event.equals("readComplete"));
        return seen;
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private void assertRejected(SimulatedPeer client) {
        settleUntil(() -> !channel().isOpen());
        assertThat(client.read(64).code()).isEqualTo(Win32Error.ERROR_BROKEN_PIPE);
        assertThat(seen()).isEmpty();
        assertThat(counters().rejected()).isEqualTo(1);
    }

    private void assertGoesOn() {
        settleUntil(() -> channel().pipeline().names().stream().noneMatch(name -> name.contains("Asked")));
        settle();
        assertThat(seen()).containsExactly("active", "read hello");
        assertThat(counters().rejected()).isZero();
    }

    // ---- several filters

    @ParameterizedTest
    @CsvSource({"1,0", "1,-1", "2,0", "2,1", "2,-1", "3,0", "3,1", "3,2", "3,-1"})
    void theChannelIsReadWhenAllHaveAccepted(int filters, int rejecting) {
        List<Asked> all = new ArrayList<>();
        List<ChannelHandler> handlers = new ArrayList<>();
        for (int i = 0; i < filters; i++) {
            all.add(new Asked());
            handlers.add(all.get(i));
            handlers.add(new Reading());
        }
        serve(true, handlers.toArray(new ChannelHandler[0]));
        SimulatedPeer client = client();

        for (int i = 0; i < filters; i++) {
            awaitAsked(all.get(i));
            channel().read();
            channel().pipeline().fireChannelReadComplete();
            settle();
            assertThat(asked).hasSize(i + 1);
            assertThat(channel().hasRead()).isFalse();
            assertThat(seen()).isEmpty();
            all.get(i).answer.setSuccess(i != rejecting);
            if (i == rejecting) {
                assertRejected(client);
                assertThat(asked).hasSize(i + 1);
                return;
            }
        }
        assertGoesOn();
    }

    @Test
    void oneFilterAtTwoPlacesDecidesTwice() {
        Asked twice = new Asked();
        serve(true, twice, new Reading(), twice);
        client();

        awaitAsked(twice);
        assertThat(seen()).isEmpty();
        twice.answer.setSuccess(true);
        assertGoesOn();
        assertThat(asked).containsExactly(twice, twice);
    }

    @Test
    void filtersShareTheLookUp() {
        serve(true, new NamedPipePeerFilter(peer -> true), new NamedPipePeerFilter(peer -> true));
        client();
        settleUntil(() -> channel().hasRead());

        assertThat(kernel.calls("OpenProcessToken")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFilterThatLeavesUndecidedHoldsNothingBack(boolean firstLeaves) {
        Asked first = new Asked();
        Asked second = new Asked();
        serve(true, new Writing("early"), first, new Writing("middle "), second, new Writing("late"));
        SimulatedPeer client = client();
        awaitAsked(first);

        Asked leaving = firstLeaves ? first : second;
        Asked staying = firstLeaves ? second : first;
        channel().pipeline().remove(leaving);
        awaitAsked(staying);
        settle();
        assertThat(channel().hasRead()).isFalse();
        assertThat(seen()).isEmpty();
        staying.answer.setSuccess(true);

        assertGoesOn();
        assertThat(new String(client.readFully("earlymiddle late".length()), StandardCharsets.US_ASCII))
                .isEqualTo("earlymiddle late");
        assertThat(leaving.answer.isCancelled()).isEqualTo(firstLeaves);
    }

    @Test
    void theOnlyFilterLeavesUndecided() {
        Asked only = new Asked();
        serve(true, only, new Writing("settings"));
        SimulatedPeer client = client();
        awaitAsked(only);

        channel().pipeline().remove(only);

        assertGoesOn();
        assertThat(client.read(64).text()).isEqualTo("settings");
        pass(TIME_LIMIT);
        assertThat(channel().isOpen()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void aFilterThatIsAddedMeanwhileIsAskedToo(boolean atFirst, boolean accepts) {
        Asked first = new Asked();
        Asked added = new Asked();
        serve(true, first);
        SimulatedPeer client = client();
        awaitAsked(first);

        if (atFirst) {
            channel().pipeline().addFirst(added);
        } else {
            channel().pipeline().addBefore("last", "added Asked", added);
        }
        first.answer.setSuccess(true);
        awaitAsked(added);
        settle();
        assertThat(channel().hasRead()).isFalse();
        added.answer.setSuccess(accepts);

        if (accepts) {
            assertGoesOn();
        } else {
            assertRejected(client);
        }
    }

    // ---- reads

    @Test
    void theReadThatWasHeldBackStartsAtTheTail() {
        serve(false, new Asked(true), new HoldingReads());
        client();
        channel().read();
        settleUntil(() -> seen().contains("active"));

        assertThat(channel().hasRead()).isFalse();
        assertThat(channel().pipeline().get(HoldingReads.class).held).isPositive();
    }

    @Test
    void withoutAutoReadNothingIsRead() {
        serve(false, new Asked(true), new Asked(true));
        client();
        settleUntil(() -> seen().contains("active"));

        assertThat(channel().hasRead()).isFalse();
        channel().read();
        settle();
        assertThat(seen()).containsExactly("read hello");
    }

    // ---- writes

    @Test
    void writesOfLaterHandlersFollowTheDecisionInTheirOrder() {
        Asked first = new Asked();
        Asked second = new Asked();
        serve(true, first, new Writing("middle ").again(), second, new Writing("settings ").again());
        SimulatedPeer client = client();
        awaitAsked(first).answer.setSuccess(true);
        awaitAsked(second);
        settle();
        assertThat(client.available()).isZero();

        second.answer.setSuccess(true);
        assertGoesOn();
        // What is written in channelActive comes behind what was written before.
        assertThat(client.read(64).text()).isEqualTo("middle settings middle active settings active ");
    }

    @Test
    void writesToARejectedPeerFail() {
        Asked filter = new Asked();
        Writing writing = new Writing("settings");
        serve(true, filter, writing);
        SimulatedPeer client = client();
        awaitAsked(filter).answer.setSuccess(false);

        assertRejected(client);
        assertThat(writing.written.cause())
                .isInstanceOf(ClosedChannelException.class)
                .hasMessageContaining(name.path())
                .hasMessageContaining("rejected");
        assertThat(writing.bytes.refCnt()).isZero();
    }

    @Test
    void aCloseFailsWhatIsHeldAndEndsTheDecision() {
        Asked filter = new Asked();
        Writing writing = new Writing("settings");
        serve(true, filter, writing);
        client();
        awaitAsked(filter);

        channel().close();
        settle();
        assertThat(channel().isOpen()).isFalse();
        assertThat(writing.written.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(writing.bytes.refCnt()).isZero();
        assertThat(filter.answer.isCancelled()).isTrue();
        assertThat(seen()).isEmpty();
        assertThat(counters().rejected()).isZero();
    }

    @Test
    void aCloseInChannelActiveComesBehindTheWrites() {
        serve(true, new Asked(true), new Writing("settings ").andClose());
        SimulatedPeer client = client();
        settleUntil(() -> !channel().isOpen());

        assertThat(new String(client.readFully("settings settings active ".length()), StandardCharsets.US_ASCII))
                .isEqualTo("settings settings active ");
    }

    @Test
    void whatIsHeldIsBounded() {
        Asked filter = new Asked();
        serve(true, filter);
        SimulatedPeer client = client();
        awaitAsked(filter);

        ChannelFuture fits = channel().write(Unpooled.buffer().writeZero(1500));
        ByteBuf tooMany = Unpooled.buffer().writeZero(1500);
        ChannelFuture fails = channel().writeAndFlush(tooMany);
        settle();

        assertThat(channel().isWritable()).isFalse();
        assertThat(fits.isDone()).isFalse();
        assertThat(fails.cause())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("WRITE_BUFFER_WATER_MARK")
                .hasMessageContaining(name.path());
        assertThat(tooMany.refCnt()).isZero();
        for (int i = 0; i < 1000; i++) {
            channel().write(Unpooled.EMPTY_BUFFER);
        }
        assertThat(channel().write(Unpooled.EMPTY_BUFFER).isSuccess()).isFalse();

        filter.answer.setSuccess(true);
        settleUntil(() -> fits.isSuccess());
        assertThat(client.readFully(1500)).containsOnly(0);
        assertThat(channel().isWritable()).isTrue();
        assertThat(seen()).containsExactly("active", "writable", "read hello");
    }

    // ---- time

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDecisionThatTakesTooLongRejects(boolean first) {
        Asked slow = new Asked();
        serve(true, first ? slow : new Asked(true), first ? new Asked(true) : slow);
        SimulatedPeer client = client();
        awaitAsked(slow);

        pass(TIME_LIMIT - 1);
        assertThat(channel().isOpen()).isTrue();
        pass(1);
        assertRejected(client);
        assertThat(slow.answer.isCancelled()).isTrue();
    }

    @Test
    void aLookUpThatNeverEndsRejects() {
        CountDownLatch end = new CountDownLatch(1);
        kernel.faults().before("AccountName", () -> {
            try {
                Await.done(end);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        serve(true, new Asked(true));
        SimulatedPeer client = client();

        pass(TIME_LIMIT);
        assertRejected(client);
        end.countDown();
        settleUntil(() -> kernel.describeOpenHandles().stream().noneMatch(handle -> handle.contains("token")));
        assertThat(asked).isEmpty();
    }

    @Test
    void aPeerThatDoesNotReadItsFarewellIsClosed() {
        Asked filter = new Asked();
        filter.farewell = true;
        server = bound(server(new Recorder(), last)
                .childOption(NamedPipeChannelOption.PEER_DECISION_TIMEOUT_MILLIS, 500)
                .option(ChannelOption.SO_SNDBUF, 0)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted.add((NamedPipeChannel) channel);
                        channel.pipeline().addLast(filter, last);
                    }
                }));
        SimulatedPeer client = client();
        awaitAsked(filter).answer.setSuccess(false);
        pass(499);
        assertThat(channel().isOpen()).isTrue();

        pass(1);
        pass(1000); // what a close waits for the write it has cancelled
        assertRejected(client);
    }

    // ---- rejections

    @Test
    void aFarewellPassesOtherFiltersAndHandlersThatCloseOnFailure() {
        Asked first = new Asked(true);
        Asked second = new Asked();
        second.farewell = true;
        Writing writing = new Writing("settings");
        serve(true, first, second, writing);
        SimulatedPeer client = client();
        awaitAsked(second);
        writing.written.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);

        second.answer.setSuccess(false);
        settleUntil(() -> !channel().isOpen());
        assertThat(client.read(64).text()).isEqualTo("farewell");
        assertRejected(client);
    }

    @Test
    void aDecisionThatFailsRejects() {
        Asked filter = new Asked();
        serve(true, filter);
        SimulatedPeer client = client();
        awaitAsked(filter).answer.setFailure(new IllegalStateException("cannot decide"));
        assertRejected(client);
    }

    @Test
    void aDecisionOfAnotherThreadCounts() throws Exception {
        Asked filter = new Asked(GlobalEventExecutor.INSTANCE.newPromise());
        serve(true, filter);
        client();
        awaitAsked(filter).answer.setSuccess(true);
        assertGoesOn();
    }

    @Test
    void aRejectionIsRecorded() throws Exception {
        try (FlightRecording recording = FlightRecording.of(Duration.ZERO, "PeerRejection")) {
            Asked filter = new Asked();
            serve(true, filter);
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

    // ---- by token

    @Test
    void aFilterByTokenIsAskedAfterTheFirstReadAndAfterTheOthers() {
        Asked byToken = new Asked();
        byToken.token = true;
        Asked byProcess = new Asked();
        serve(true, byToken, byProcess);
        client();
        awaitAsked(byProcess);
        assertThat(channel().hasRead()).isFalse();
        byProcess.answer.setSuccess(true);

        awaitAsked(byToken);
        assertThat(asked).containsExactly(byProcess, byToken);
        assertThat(channel().hasRead()).isTrue();
        assertThat(seen()).isEmpty();

        byToken.answer.setSuccess(true);
        assertGoesOn();
    }

    @Test
    void whatWasReadForTheTokenWaitsForARead() {
        Asked byToken = new Asked(true);
        byToken.token = true;
        serve(false, byToken);
        SimulatedPeer client = client();
        settleUntil(() -> !asked.isEmpty());
        settle();
        assertThat(seen()).containsExactly("active");
        client.write(" again").succeeds();
        settle();
        assertThat(seen()).isEmpty();

        channel().read();
        assertThat(seen()).containsExactly("read hello");
        assertThat(channel().pipeline().get(Asked.class)).isNull();
        channel().read();
        settle();
        assertThat(seen()).containsExactly("read  again");
    }

    @Test
    void whatWasReadForTheTokenIsDroppedWithARejectedPeer() {
        Asked byToken = new Asked();
        byToken.token = true;
        serve(true, byToken);
        SimulatedPeer client = client();
        awaitAsked(byToken).answer.setSuccess(false);
        assertRejected(client);
    }

    @Test
    void aClientThatSendsNothingForItsTokenIsRejected() {
        Asked byToken = new Asked(true);
        byToken.token = true;
        serve(true, byToken, new Writing("settings"));
        SimulatedPeer client = open();
        settle();

        pass(TIME_LIMIT);
        assertRejected(client);
        assertThat(asked).isEmpty();
    }

    @Test
    void aClientThatLeavesWithoutSendingIsForgotten() {
        Asked byToken = new Asked(true);
        byToken.token = true;
        serve(true, byToken);
        SimulatedPeer client = open();
        settleUntil(() -> channel().pipeline().get(Asked.class) != null);
        settle();
        hangUp(client);
        settleUntil(() -> !channel().isOpen());

        assertThat(seen()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void allThatTheFirstReadBringsComesInItsOrder() {
        Asked byToken = new Asked();
        byToken.token = true;
        serve(NamedPipeMode.MESSAGE, true, byToken);
        SimulatedPeer client = open();
        for (String message : List.of("too long a message", "one", "two", "")) {
            client.write(message).succeeds();
        }
        awaitAsked(byToken);
        settle();
        assertThat(seen()).isEmpty();

        byToken.answer.setSuccess(true);
        settleUntil(() -> channel().pipeline().get(Asked.class) == null);
        settle();
        assertThat(seen())
                .containsExactly(
                        "active",
                        "caught TooLongFrameException",
                        "read one",
                        "read two",
                        "ChannelInputShutdownEvent",
                        "ChannelInputShutdownReadComplete");
    }

    @Test
    void aClientThatOnlySaysThatItIsDoneIsDecidedAbout() {
        Asked byToken = new Asked();
        byToken.token = true;
        serve(NamedPipeMode.MESSAGE, true, byToken);
        SimulatedPeer client = open();
        client.write("").succeeds();
        awaitAsked(byToken).answer.setSuccess(true);
        settleUntil(() -> channel().pipeline().get(Asked.class) == null);

        assertThat(seen()).containsExactly("active", "ChannelInputShutdownEvent", "ChannelInputShutdownReadComplete");
        hangUp(client);
        settle();
        assertThat(seen()).containsExactly("inactive");
    }

    @Test
    void aClientThatLeavesIsStillReadIfItsTokenWasAskedFor() {
        Asked byToken = new Asked();
        byToken.token = true;
        serve(true, byToken);
        SimulatedPeer client = client();
        awaitAsked(byToken);
        hangUp(client);
        settle();
        byToken.answer.setSuccess(true);
        settleUntil(() -> !channel().isOpen());

        assertThat(seen()).containsExactly("active", "read hello", "inactive");
    }

    @Test
    void eventsOfEarlierHandlersAreSeenInTheirTime() {
        Asked filter = new Asked();
        serve(true, filter);
        client();
        awaitAsked(filter);

        channel().pipeline().fireUserEventTriggered("an event");
        channel().pipeline().fireExceptionCaught(new IllegalStateException());
        assertThat(seen()).containsExactly("String", "caught IllegalStateException");
        filter.answer.setSuccess(false);
        settleUntil(() -> !channel().isOpen());
    }

    // ---- handlers

    @Sharable
    private final class Asked extends AbstractNamedPipePeerFilter {
        final Promise<Boolean> answer;
        boolean farewell;
        boolean token;

        Asked() {
            this(loop.newPromise());
        }

        Asked(boolean answer) {
            this();
            this.answer.setSuccess(answer);
        }

        Asked(Promise<Boolean> answer) {
            this.answer = answer;
        }

        @Override
        protected Future<Boolean> decide(ChannelHandlerContext ctx, NamedPipePeer peer) {
            asked.add(this);
            return answer;
        }

        @Override
        protected boolean decidesByToken() {
            return token;
        }

        @Override
        protected @Nullable ChannelFuture channelRejected(ChannelHandlerContext ctx, NamedPipePeer peer) {
            return farewell ? ctx.writeAndFlush(bytes("farewell")) : null;
        }
    }

    /** Writes as soon as it sees an active channel, as HTTP/2 does. */
    private static final class Writing extends ChannelInboundHandlerAdapter {
        final ByteBuf bytes;
        private final String text;
        private boolean again;
        private boolean closing;
        ChannelFuture written;

        @SuppressWarnings("NullAway") // written in handlerAdded
        Writing(String text) {
            this.text = text;
            bytes = bytes(text);
        }

        /** Writes again when the channel becomes active. */
        Writing again() {
            again = true;
            return this;
        }

        /** Then closes the channel. */
        Writing andClose() {
            closing = true;
            return again();
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            assertThat(ctx.channel().isActive()).isTrue();
            written = ctx.writeAndFlush(bytes);
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            if (again) {
                ctx.writeAndFlush(bytes(text + "active "));
            }
            if (closing) {
                ctx.close();
            }
            ctx.fireChannelActive();
        }
    }

    /** Asks for reads whenever it can. */
    private static final class Reading extends ChannelInboundHandlerAdapter {
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
        int held;

        @Override
        public void read(ChannelHandlerContext ctx) {
            held++;
        }
    }
}
