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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayHandlerTest {

    private final PendingWrite pendingWrite = new PendingWrite();
    private final EmbeddedChannel far = new EmbeddedChannel(pendingWrite);
    private final RelayHandler handler = new RelayHandler(far);
    private final EmbeddedChannel near = new EmbeddedChannel(handler);

    @AfterEach
    void close() {
        near.finishAndReleaseAll();
        far.finishAndReleaseAll();
    }

    @Test
    void otherChannelIsClosedAfterTheLastWrite() {
        near.writeInbound(Unpooled.copyLong(1));
        near.close();
        assertThat(far.isOpen()).isTrue();

        pendingWrite.complete();

        assertThat(far.isOpen()).isFalse();
        assertThat(handler.bytes()).isEqualTo(8);
    }

    /** A peer may write all its output before it reads. */
    @Test
    void otherChannelIsReadUntilTheLastWriteIsComplete() {
        far.pipeline().addLast(new RelayHandler(near));
        near.writeInbound(Unpooled.copyLong(1));
        far.config().setAutoRead(false);

        near.close();

        assertThat(far.config().isAutoRead()).as("before its event loop runs").isFalse();
        far.runPendingTasks();
        assertThat(far.config().isAutoRead()).isTrue();
        ByteBuf late = Unpooled.copyLong(2);
        far.writeInbound(late);
        assertThat(late.refCnt()).isZero();
        assertThat(far.config().isAutoRead()).isTrue();
        pendingWrite.complete();
        assertThat(far.isOpen()).isFalse();
    }

    /** Completes a write when the test calls {@link #complete}. */
    private static final class PendingWrite extends ChannelOutboundHandlerAdapter {

        private @Nullable ChannelPromise pending;

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
            pending = promise;
        }

        void complete() {
            Objects.requireNonNull(pending).setSuccess();
        }
    }
}
