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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.namedpipe.netty.TwoSimulatedProcesses.ALICE;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipePeer.Evidence;
import org.namedpipe.netty.internal.win32.SimulatedKernel;
import org.namedpipe.netty.internal.win32.TokenInformation;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.Await;

/** Filters between a connection and the handlers that must not see everybody. */
class PeerFilterTest {
    private final TwoSimulatedProcesses two = new TwoSimulatedProcesses(ALICE);
    /** What the handler behind the filter saw. */
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        two.close();
    }

    private void bind(AbstractNamedPipePeerFilter filter, boolean autoRead) throws Exception {
        Await.get(two.server(() -> new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(filter, new Seeing());
                    }
                })
                .option(NamedPipeChannelOption.SECURITY, NamedPipeSecurity.everyone())
                .childOption(ChannelOption.AUTO_READ, autoRead)
                .bind(two.name));
    }

    private NamedPipeChannel connect(String greeting) throws Exception {
        NamedPipeChannel client = two.connect(two.client());
        client.writeAndFlush(Unpooled.copiedBuffer(greeting, StandardCharsets.US_ASCII));
        return client;
    }

    @Test
    void theAcceptedGoOnAndTheFilterLeaves() throws Exception {
        NamedPipePeerFilter filter = new NamedPipePeerFilter(NamedPipePeerFilter.user("simulated\\ALICE"));
        bind(filter, true);
        for (int i = 0; i < 2; i++) {
            connect("hello");
            assertThat(Await.next(seen)).isEqualTo("active");
            assertThat(Await.next(seen)).isEqualTo("read hello");
            assertThat(Await.next(two.accepted).pipeline().context(filter)).isNull();
        }
    }

    @Test
    void theRejectedAreClosedUnseen() throws Exception {
        bind(new NamedPipePeerFilter(NamedPipePeerFilter.elevated()), true);

        NamedPipeChannel client = connect("hello");

        Await.get(client.closeFuture());
        Await.get(Await.next(two.accepted).closeFuture());
        assertThat(seen).isEmpty();
    }

    @Test
    void nothingIsReadBeforeTheDecision() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        two.kernel.faults().before("AccountName", () -> {
            asked.countDown();
            try {
                Await.done(answer);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        bind(new NamedPipePeerFilter(peer -> true), true);
        connect("hello");
        Await.done(asked);
        NamedPipeChannel server = Await.next(two.accepted);
        server.read();
        Await.get(server.eventLoop().submit(() -> {}));

        assertThat(two.kernel.calls("ReadFile")).isLessThanOrEqualTo(1); // the client's own
        assertThat(seen).isEmpty();

        answer.countDown();
        assertThat(Await.next(seen)).isEqualTo("active");
        assertThat(Await.next(seen)).isEqualTo("read hello");
    }

    @Test
    void aReadThatWasAskedForMeanwhileHappensThen() throws Exception {
        bind(
                new AbstractNamedPipePeerFilter() {
                    @Override
                    public void handlerAdded(ChannelHandlerContext ctx) {
                        super.handlerAdded(ctx);
                        ctx.channel().read();
                    }

                    @Override
                    protected boolean accept(ChannelHandlerContext ctx, NamedPipePeer peer) {
                        return true;
                    }
                },
                false);
        connect("hello");

        assertThat(Await.next(seen)).isEqualTo("active");
        assertThat(Await.next(seen)).isEqualTo("read hello");
    }

    @Test
    void whoDoesNotReadByHimselfReadsNothing() throws Exception {
        bind(new NamedPipePeerFilter(peer -> true), false);
        connect("hello");

        assertThat(Await.next(seen)).isEqualTo("active");
        NamedPipeChannel server = Await.next(two.accepted);
        Await.get(server.eventLoop().submit(() -> {}));
        assertThat(server.hasRead()).isFalse();

        server.read();
        assertThat(Await.next(seen)).isEqualTo("read hello");
    }

    @Test
    void theHooksSayWhatWasDecidedAndAFarewellIsSent() throws Exception {
        bind(new Farewell(), true);
        BlockingQueue<String> received = new LinkedBlockingQueue<>();

        NamedPipeChannel client = two.connect(two.client(() -> new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ByteBuf bytes = (ByteBuf) message;
                received.add(bytes.toString(StandardCharsets.US_ASCII));
                bytes.release();
            }
        }));

        assertThat(Await.next(received)).isEqualTo("go away");
        Await.get(client.closeFuture());
        assertThat(Await.next(seen)).isEqualTo("rejected 2000");
        assertThat(seen).isEmpty();
    }

    @Test
    void aDecisionThatFailsIsNo() throws Exception {
        bind(
                new NamedPipePeerFilter(peer -> {
                    throw new IllegalStateException("cannot decide");
                }),
                true);

        Await.get(connect("hello").closeFuture());
        assertThat(seen).isEmpty();
    }

    @Test
    void whoIsUnknownIsRejected() throws Exception {
        two.kernel.faults().on("OpenProcessToken").fail(Win32Error.ERROR_ACCESS_DENIED);
        bind(new NamedPipePeerFilter(NamedPipePeerFilter.user(ALICE.userSid())), true);

        Await.get(connect("hello").closeFuture());
        assertThat(seen).isEmpty();
    }

    @Test
    void aClientThatHasLeftIsStillDecidedAboutAndRead() throws Exception {
        bind(new NamedPipePeerFilter(NamedPipePeerFilter.process(ALICE.id())), false);
        NamedPipeChannel client = connect("left behind");
        assertThat(Await.next(seen)).isEqualTo("active");
        Await.get(client.close());

        Await.next(two.accepted).config().setAutoRead(true);
        assertThat(Await.next(seen)).isEqualTo("read left behind");
        assertThat(Await.next(seen)).isEqualTo("inactive");
    }

    @Test
    void aClientMayFilterItsServers() throws Exception {
        bind(new NamedPipePeerFilter(peer -> true), true);
        Bootstrap client = two.client(() -> new NamedPipePeerFilter(NamedPipePeerFilter.user(ALICE.userSid())));

        ChannelFuture connect = client.connect(two.name);

        Await.get(connect.channel().closeFuture());
    }

    @Test
    void aFilterThatIsAddedTooLateClosesTheChannel() throws Exception {
        Await.get(two.server(() -> new Seeing())
                .option(NamedPipeChannelOption.SECURITY, NamedPipeSecurity.everyone())
                .bind(two.name));
        NamedPipeChannel client = two.connect(two.client());
        assertThat(Await.next(seen)).isEqualTo("active");
        NamedPipeChannel server = Await.next(two.accepted);
        Await.get(server.eventLoop().submit(() -> server.pipeline().addFirst(new NamedPipePeerFilter(peer -> true))));

        client.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII));

        Await.get(client.closeFuture());
        // It has seen the channel active, so it sees the end as well.
        assertThat(Await.next(seen)).isEqualTo("inactive");
        assertThat(seen).isEmpty();
    }

    // ---- by token

    @Test
    void aClientIsDecidedAboutByItsToken() throws Exception {
        BlockingQueue<NamedPipePeer> peers = new LinkedBlockingQueue<>();
        bind(NamedPipePeerFilter.byToken(peers::add), true);
        connect("hello");

        assertThat(Await.next(peers).evidence()).isEqualTo(Evidence.CLIENT_TOKEN);
        assertThat(Await.next(seen)).isEqualTo("active");
        assertThat(Await.next(seen)).isEqualTo("read hello");
    }

    @Test
    void aClientThatHidesItsTokenIsRejected() throws Exception {
        bind(NamedPipePeerFilter.byToken(peer -> true), true);
        NamedPipeChannel client = two.connect(
                two.client().option(NamedPipeChannelOption.IMPERSONATION_LEVEL, NamedPipeImpersonationLevel.ANONYMOUS));
        client.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII));

        Await.get(client.closeFuture());
        assertThat(seen).isEmpty();
    }

    @Test
    void aClientCannotFilterItsServersByToken() throws Exception {
        bind(new NamedPipePeerFilter(peer -> true), true);
        BlockingQueue<Throwable> caught = new LinkedBlockingQueue<>();
        NamedPipeChannel client = two.connect(two.client(() -> new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                caught.add(cause);
            }
        }));

        client.pipeline().addLast(NamedPipePeerFilter.byToken(peer -> true));

        Await.get(client.closeFuture());
        assertThat(Await.next(caught)).hasStackTraceContaining("a client cannot ask for the token of its server");
    }

    @Test
    void isForPipesOnly() {
        EmbeddedChannel other = new EmbeddedChannel();
        ChannelHandler filter = new NamedPipePeerFilter(peer -> true);

        assertThatThrownBy(() -> {
                    other.pipeline().addLast(filter);
                    other.checkException();
                })
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasStackTraceContaining("not the channel of a named pipe");
        assertThat(other.isOpen()).isFalse();
        other.finishAndReleaseAll();
    }

    // ---- conditions

    private static final NamedPipePeer KNOWN = new NamedPipePeer(
            7,
            2,
            null,
            Evidence.PROCESS,
            new TokenInformation("S-1-5-21-9", Set.of("S-1-5-32-544"), 2, true, 0x2000, TokenInformation.PRIMARY),
            "HERE\\bob");
    private static final NamedPipePeer UNKNOWN = new NamedPipePeer(7, 2, "FAR", Evidence.NONE, null, null);

    private static void check(Predicate<NamedPipePeer> holds, Predicate<NamedPipePeer> doesNot) {
        assertThat(holds).accepts(KNOWN).rejects(UNKNOWN);
        assertThat(doesNot).rejects(KNOWN, UNKNOWN);
    }

    @Test
    void conditions() {
        check(NamedPipePeerFilter.user("here\\BOB"), NamedPipePeerFilter.user("here\\alice"));
        check(NamedPipePeerFilter.user("s-1-5-21-9"), NamedPipePeerFilter.user("S-1-5-21-99"));
        check(NamedPipePeerFilter.group("s-1-5-32-544"), NamedPipePeerFilter.group("S-1-5-32-545"));
        check(NamedPipePeerFilter.session(2), NamedPipePeerFilter.session(3));
        check(NamedPipePeerFilter.process(7), NamedPipePeerFilter.process(8));
        check(NamedPipePeerFilter.elevated(), NamedPipePeerFilter.elevated().and(NamedPipePeerFilter.session(0)));
        check(
                NamedPipePeerFilter.integrityOfAtLeast(NamedPipeIntegrity.MEDIUM),
                NamedPipePeerFilter.integrityOfAtLeast(NamedPipeIntegrity.HIGH));
    }

    @Test
    void wrongValuesFailAtOnce() {
        assertThatThrownBy(() -> NamedPipePeerFilter.group("Administrators"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: S-1-...");
        assertThatThrownBy(() -> NamedPipePeerFilter.user(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    private final class Seeing extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            seen.add("active");
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            seen.add("read " + bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            seen.add("inactive");
        }
    }

    @Sharable
    private final class Farewell extends AbstractNamedPipePeerFilter {
        @Override
        protected boolean accept(ChannelHandlerContext ctx, NamedPipePeer peer) {
            return peer.processId() == SimulatedKernel.SELF.id();
        }

        @Override
        protected ChannelFuture channelRejected(ChannelHandlerContext ctx, NamedPipePeer peer) {
            seen.add("rejected " + peer.processId());
            return ctx.writeAndFlush(Unpooled.copiedBuffer("go away", StandardCharsets.US_ASCII));
        }
    }
}
