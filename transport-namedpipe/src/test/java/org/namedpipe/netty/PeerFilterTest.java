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
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipePeer.Evidence;
import org.namedpipe.netty.internal.win32.TokenInformation;
import org.namedpipe.netty.testing.Await;

/** {@link NamedPipePeerFilter}, its conditions, and the places where a filter can be added. */
class PeerFilterTest {
    private final TwoSimulatedProcesses two = new TwoSimulatedProcesses(ALICE);
    /** Events of the handler behind the filter. */
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        two.close();
    }

    private void bind(AbstractNamedPipePeerFilter filter) throws Exception {
        Await.get(two.server(() -> new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(filter, new Seen());
                    }
                })
                .option(NamedPipeChannelOption.SECURITY, NamedPipeSecurity.everyone())
                .bind(two.name));
    }

    private NamedPipeChannel connect(String greeting) throws Exception {
        NamedPipeChannel client = two.connect(two.client());
        client.writeAndFlush(Unpooled.copiedBuffer(greeting, StandardCharsets.US_ASCII));
        return client;
    }

    @Test
    void acceptedClientsAreReadAndTheFilterIsRemoved() throws Exception {
        NamedPipePeerFilter filter = new NamedPipePeerFilter(NamedPipePeerFilter.user("simulated\\ALICE"));
        bind(filter);
        for (int i = 0; i < 2; i++) {
            connect("hello");
            assertThat(Await.next(seen)).isEqualTo("active");
            assertThat(Await.next(seen)).isEqualTo("read hello");
            assertThat(Await.next(two.accepted).pipeline().context(filter)).isNull();
        }
    }

    @Test
    void rejectedClientsAreClosedAndNeverSeen() throws Exception {
        bind(new NamedPipePeerFilter(NamedPipePeerFilter.elevated()));

        NamedPipeChannel client = connect("hello");

        Await.get(client.closeFuture());
        Await.get(Await.next(two.accepted).closeFuture());
        assertThat(seen).isEmpty();
    }

    @Test
    void aClientCanFilterItsServers() throws Exception {
        bind(new NamedPipePeerFilter(peer -> true));
        Bootstrap client = two.client(() -> new NamedPipePeerFilter(NamedPipePeerFilter.user(ALICE.userSid())));

        ChannelFuture connect = client.connect(two.name);

        Await.get(connect.channel().closeFuture());
    }

    @Test
    void aFilterThatIsAddedTooLateClosesTheChannel() throws Exception {
        Await.get(two.server(() -> new Seen())
                .option(NamedPipeChannelOption.SECURITY, NamedPipeSecurity.everyone())
                .bind(two.name));
        NamedPipeChannel client = two.connect(two.client());
        assertThat(Await.next(seen)).isEqualTo("active");
        NamedPipeChannel server = Await.next(two.accepted);
        Await.get(server.eventLoop().submit(() -> server.pipeline().addFirst(new NamedPipePeerFilter(peer -> true))));

        client.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII));

        Await.get(client.closeFuture());
        // The handler has seen the channel active, so it sees the end too.
        assertThat(Await.next(seen)).isEqualTo("inactive");
        assertThat(seen).isEmpty();
    }

    // ---- by token

    @Test
    void aFilterByTokenGetsTheClientsToken() throws Exception {
        BlockingQueue<NamedPipePeer> peers = new LinkedBlockingQueue<>();
        bind(NamedPipePeerFilter.byToken(peers::add));
        connect("hello");

        assertThat(Await.next(peers).evidence()).isEqualTo(Evidence.CLIENT_TOKEN);
        assertThat(Await.next(seen)).isEqualTo("active");
        assertThat(Await.next(seen)).isEqualTo("read hello");
    }

    @Test
    void aClientThatHidesItsTokenIsRejected() throws Exception {
        bind(NamedPipePeerFilter.byToken(peer -> true));
        NamedPipeChannel client = two.connect(
                two.client().option(NamedPipeChannelOption.IMPERSONATION_LEVEL, NamedPipeImpersonationLevel.ANONYMOUS));
        client.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII));

        Await.get(client.closeFuture());
        assertThat(seen).isEmpty();
    }

    @Test
    void aClientCannotFilterItsServersByToken() throws Exception {
        bind(new NamedPipePeerFilter(peer -> true));
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
    void otherChannelsAreRefused() {
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
    void conditionsHoldForKnownPeersOnly() {
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
    void invalidValuesAreRefused() {
        assertThatThrownBy(() -> NamedPipePeerFilter.group("Administrators"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: S-1-...");
        assertThatThrownBy(() -> NamedPipePeerFilter.user(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    private final class Seen extends ChannelInboundHandlerAdapter {
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
}
