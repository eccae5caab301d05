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

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** Fixture of a server whose filters decide when the test completes their promises. */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SAME_THREAD)
abstract class AbstractPeerFilterTest extends OneThread {
    /** The default of {@link NamedPipeChannelOption#PEER_DECISION_TIMEOUT_MILLIS}. */
    static final int TIME_LIMIT = 10_000;

    /** The filters in the order in which they were asked. */
    final List<ScriptedFilter> asked = new ArrayList<>();

    /** Records the events of the handler behind the filters. */
    private final Recorder last = new Recorder();

    private final List<NamedPipeChannel> accepted = new ArrayList<>();
    private @Nullable NamedPipeServerChannel server;

    /** Binds a server whose accepted channels have {@code handlers}, and read automatically. */
    final void serve(ChannelHandler... handlers) {
        serve(bootstrap -> bootstrap, handlers);
    }

    final void serveWithoutAutoRead(ChannelHandler... handlers) {
        serve(bootstrap -> bootstrap.childOption(ChannelOption.AUTO_READ, false), handlers);
    }

    final void serve(UnaryOperator<ServerBootstrap> options, ChannelHandler... handlers) {
        server = bound(options.apply(server(new Recorder(), last)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(NamedPipeChannelOption.MAX_MESSAGE_SIZE, 5)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1000, 2000))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted.add((NamedPipeChannel) channel);
                        channel.pipeline().addLast(handlers).addLast("last", last);
                    }
                })));
    }

    /** Connects a client that writes "hello". */
    final SimulatedPeer client() {
        SimulatedPeer client = open();
        client.write("hello").succeeds();
        settle();
        return client;
    }

    final NamedPipeChannel channel() {
        return accepted.get(accepted.size() - 1);
    }

    final NamedPipeServerCounters counters() {
        return Objects.requireNonNull(server).counters();
    }

    /** Runs the loop until the condition holds. Peers are looked up on another thread. */
    final void settleUntil(BooleanSupplier condition) {
        settle();
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(100_000);
            assertThat(Thread.interrupted()).as("timed out").isFalse();
            settle();
        }
    }

    final ScriptedFilter awaitAsked(ScriptedFilter filter) {
        settleUntil(() -> asked.contains(filter));
        return filter;
    }

    final void awaitClosed() {
        settleUntil(() -> !channel().isOpen());
    }

    /** Returns what the last handler has seen since the previous call, without registrations and {@code readComplete}. */
    final List<String> seen() {
        List<String> seen = last.take();
        seen.removeIf(event -> event.endsWith("registered") || event.equals("readComplete"));
        return seen;
    }

    final void assertNothingPasses() {
        settle();
        assertThat(channel().hasRead()).isFalse();
        assertThat(seen()).isEmpty();
    }

    final void assertRejected(SimulatedPeer client) {
        awaitClosed();
        assertThat(client.read(64).code()).isEqualTo(Win32Error.ERROR_BROKEN_PIPE);
        assertThat(seen()).isEmpty();
        assertThat(counters().rejected()).isEqualTo(1);
    }

    /** Asserts that the filters have left the pipeline, and that the last handler sees the client. */
    final void assertAccepted() {
        settleUntil(() -> channel().pipeline().toMap().values().stream().noneMatch(ScriptedFilter.class::isInstance));
        settle();
        assertThat(seen()).containsExactly("active", "read hello");
        assertThat(counters().rejected()).isZero();
    }

    static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    static String readFully(SimulatedPeer client, int length) {
        return new String(client.readFully(length), StandardCharsets.US_ASCII);
    }

    /** A filter whose decision is {@link #answer}. */
    @Sharable
    final class ScriptedFilter extends AbstractNamedPipePeerFilter {
        final Promise<Boolean> answer;
        private boolean farewell;
        private boolean token;

        ScriptedFilter() {
            this(loop.newPromise());
        }

        ScriptedFilter(Promise<Boolean> answer) {
            this.answer = answer;
        }

        ScriptedFilter accepting() {
            answer.setSuccess(true);
            return this;
        }

        /** Writes "farewell" to a rejected peer. */
        ScriptedFilter withFarewell() {
            farewell = true;
            return this;
        }

        ScriptedFilter byToken() {
            token = true;
            return this;
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
}
