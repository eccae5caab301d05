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
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** Writes of the handlers behind a peer filter are held back until it has decided. */
class PeerFilterWritesTest extends AbstractPeerFilterTest {

    @Test
    void heldWritesAreSentInPipelineOrderAfterTheDecision() {
        ScriptedFilter first = new ScriptedFilter();
        ScriptedFilter second = new ScriptedFilter();
        serve(first, new EarlyWriter("middle ").again(), second, new EarlyWriter("settings ").again());
        SimulatedPeer client = client();
        awaitAsked(first).answer.setSuccess(true);
        awaitAsked(second);
        settle();
        assertThat(client.available()).isZero();

        second.answer.setSuccess(true);
        assertAccepted();
        // A write in channelActive follows the writes before it.
        assertThat(client.read(64).text()).isEqualTo("middle settings middle active settings active ");
    }

    @Test
    void writesToARejectedPeerFail() {
        ScriptedFilter filter = new ScriptedFilter();
        EarlyWriter writer = new EarlyWriter("settings");
        serve(filter, writer);
        SimulatedPeer client = client();
        awaitAsked(filter).answer.setSuccess(false);

        assertRejected(client);
        assertThat(writer.written.cause())
                .isInstanceOf(ClosedChannelException.class)
                .hasMessageContaining(name.path())
                .hasMessageContaining("rejected");
        assertThat(writer.bytes.refCnt()).isZero();
    }

    @Test
    void aCloseFailsHeldWritesAndCancelsTheDecision() {
        ScriptedFilter filter = new ScriptedFilter();
        EarlyWriter writer = new EarlyWriter("settings");
        serve(filter, writer);
        client();
        awaitAsked(filter);

        channel().close();
        settle();
        assertThat(channel().isOpen()).isFalse();
        assertThat(writer.written.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(writer.bytes.refCnt()).isZero();
        assertThat(filter.answer.isCancelled()).isTrue();
        assertThat(seen()).isEmpty();
        assertThat(counters().rejected()).isZero();
    }

    @Test
    void aCloseInChannelActiveFollowsTheHeldWrites() {
        serve(new ScriptedFilter().accepting(), new EarlyWriter("settings ").andClose());
        SimulatedPeer client = client();
        awaitClosed();

        String expected = "settings settings active ";
        assertThat(readFully(client, expected.length())).isEqualTo(expected);
    }

    @Test
    void heldWritesAreLimitedByTheHighWaterMark() {
        ScriptedFilter filter = new ScriptedFilter();
        serve(filter);
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
        settleUntil(fits::isSuccess);
        assertThat(client.readFully(1500)).containsOnly(0);
        assertThat(channel().isWritable()).isTrue();
        assertThat(seen()).containsExactly("active", "writable", "read hello");
    }

    // ---- filters that leave

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFilterThatIsRemovedBeforeItDecidesReleasesItsWrites(boolean removeFirst) {
        ScriptedFilter first = new ScriptedFilter();
        ScriptedFilter second = new ScriptedFilter();
        serve(new EarlyWriter("early"), first, new EarlyWriter("middle "), second, new EarlyWriter("late"));
        SimulatedPeer client = client();
        awaitAsked(first);

        ScriptedFilter removed = removeFirst ? first : second;
        ScriptedFilter remaining = removeFirst ? second : first;
        channel().pipeline().remove(removed);
        awaitAsked(remaining);
        assertNothingPasses();
        remaining.answer.setSuccess(true);

        assertAccepted();
        String expected = "earlymiddle late";
        assertThat(readFully(client, expected.length())).isEqualTo(expected);
        assertThat(removed.answer.isCancelled()).isEqualTo(removeFirst);
    }

    @Test
    void theChannelOpensWhenItsOnlyFilterIsRemoved() {
        ScriptedFilter only = new ScriptedFilter();
        serve(only, new EarlyWriter("settings"));
        SimulatedPeer client = client();
        awaitAsked(only);

        channel().pipeline().remove(only);

        assertAccepted();
        assertThat(client.read(64).text()).isEqualTo("settings");
        pass(TIME_LIMIT);
        assertThat(channel().isOpen()).isTrue();
    }

    // ---- farewell

    @Test
    void aFarewellPassesOtherFiltersAndHandlersThatCloseOnFailure() {
        ScriptedFilter second = new ScriptedFilter().withFarewell();
        EarlyWriter writer = new EarlyWriter("settings");
        serve(new ScriptedFilter().accepting(), second, writer);
        SimulatedPeer client = client();
        awaitAsked(second);
        writer.written.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);

        second.answer.setSuccess(false);
        awaitClosed();
        assertThat(client.read(64).text()).isEqualTo("farewell");
        assertRejected(client);
    }

    /** Writes when it is added to an active channel, as HTTP/2 does. */
    private static final class EarlyWriter extends ChannelInboundHandlerAdapter {
        final ByteBuf bytes;
        private final String text;
        private boolean again;
        private boolean closing;
        ChannelFuture written;

        @SuppressWarnings("NullAway") // written in handlerAdded
        EarlyWriter(String text) {
            this.text = text;
            bytes = bytes(text);
        }

        /** Writes again when the channel becomes active. */
        EarlyWriter again() {
            again = true;
            return this;
        }

        /** Writes again when the channel becomes active, then closes it. */
        EarlyWriter andClose() {
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
}
