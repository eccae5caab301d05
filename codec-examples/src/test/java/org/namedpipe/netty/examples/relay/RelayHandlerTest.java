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
package org.namedpipe.netty.examples.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayHandlerTest {

    private final LongAdder bytes = new LongAdder();
    private final Stubborn stubborn = new Stubborn();
    private final EmbeddedChannel far = new EmbeddedChannel(stubborn);
    private final EmbeddedChannel near = new EmbeddedChannel(new RelayHandler(far, bytes));

    @AfterEach
    void close() {
        near.finishAndReleaseAll();
        far.finishAndReleaseAll();
    }

    @Test
    void whatWasReadIsWrittenBeforeTheOtherSideIsClosed() {
        near.writeInbound(Unpooled.copyLong(1));
        near.close();
        assertThat(far.isOpen()).isTrue();

        stubborn.write();

        assertThat(far.isOpen()).isFalse();
        assertThat(bytes.sum()).isEqualTo(8);
    }

    /** Its peer may take nothing before it has got rid of what it sends. */
    @Test
    void whoHasYetToTakeSomethingIsReadForASideThatIsGone() {
        far.pipeline().addLast(new RelayHandler(near, bytes));
        near.writeInbound(Unpooled.copyLong(1));
        far.config().setAutoRead(false);

        near.close();

        assertThat(far.config().isAutoRead()).as("before its loop's turn").isFalse();
        far.runPendingTasks();
        assertThat(far.config().isAutoRead()).isTrue();
        ByteBuf late = Unpooled.copyLong(2);
        far.writeInbound(late);
        assertThat(late.refCnt()).isZero();
        assertThat(far.config().isAutoRead()).isTrue();
        stubborn.write();
        assertThat(far.isOpen()).isFalse();
    }

    /** Is not done with what it is to write until told to. */
    private static final class Stubborn extends ChannelOutboundHandlerAdapter {

        private @Nullable ChannelPromise pending;

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
            pending = promise;
        }

        void write() {
            Objects.requireNonNull(pending).setSuccess();
        }
    }
}
