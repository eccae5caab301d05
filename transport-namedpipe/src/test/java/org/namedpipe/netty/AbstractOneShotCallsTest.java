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
import static org.namedpipe.netty.testing.TestBytes.text;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.PipePair;
import org.namedpipe.netty.testing.TestLoops;

/** One request and one reply, on any kernel. */
abstract class AbstractOneShotCallsTest {
    private final NamedPipeAddress name = Names.fresh();

    protected abstract Kernel kernel();

    private static String await(Future<ByteBuf> reply) throws Exception {
        ByteBuf buffer = Await.get(reply);
        try {
            return buffer.toString(StandardCharsets.US_ASCII);
        } finally {
            buffer.release();
        }
    }

    private void serve(TestLoops loops, Supplier<ChannelHandler> handler) throws Exception {
        Await.get(Boot.server(loops.group(1), handler)
                .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                .bind(name));
    }

    @Test
    void aCallGetsOneReplyAndClosesItsChannel() throws Exception {
        try (TestLoops loops = new TestLoops(kernel())) {
            serve(loops, Upper::new);
            for (int i = 0; i < 20; i++) {
                ByteBuf request = text("request " + i);
                assertThat(await(NamedPipeCall.call(loops.group(1), name, request, 10_000)))
                        .isEqualTo("REQUEST " + i);
                assertThat(request.refCnt()).isZero();
            }
            Await.until(() -> loops.registrations() == 1);
        }
    }

    @Test
    void aCallThatIsNotAnsweredTimesOut() throws Exception {
        try (TestLoops loops = new TestLoops(kernel())) {
            serve(loops, ChannelInboundHandlerAdapter::new);
            assertThat(Await.failure(NamedPipeCall.call(loops.group(1), name, text("x"), 50)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining(name.path())
                    .hasMessageContaining("50 ms");
        }
    }

    @Test
    void aCallWithoutAServerFails() {
        try (TestLoops loops = new TestLoops(kernel())) {
            ByteBuf request = text("x");
            assertThat(Await.failure(NamedPipeCall.call(loops.group(1), name, request, 1000)))
                    .isInstanceOf(NamedPipeConnectException.NotFound.class);
            assertThat(request.refCnt()).isZero();
        }
    }

    @Test
    void aCallWhoseServerClosesFails() throws Exception {
        try (TestLoops loops = new TestLoops(kernel())) {
            serve(loops, Hangup::new);
            assertThat(Await.failure(NamedPipeCall.call(loops.group(1), name, text("x"), 10_000)))
                    .isInstanceOf(ClosedChannelException.class);
        }
    }

    @Test
    void aCallCanBeCancelled() throws Exception {
        try (TestLoops loops = new TestLoops(kernel())) {
            serve(loops, ChannelInboundHandlerAdapter::new);
            Future<ByteBuf> reply = NamedPipeCall.call(loops.group(1), name, text("x"), 10_000);
            assertThat(reply.cancel(false)).isTrue();
            Await.until(() -> loops.registrations() == 1);
        }
    }

    @Test
    void oneChannelDoesSeveralTransactionsInTurn() throws Exception {
        try (TestLoops loops = new TestLoops(kernel())) {
            serve(loops, Upper::new);
            PipePair.End client = new PipePair.End();
            Await.get(Boot.client(loops.group(1), () -> client)
                    .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                    .option(ChannelOption.AUTO_READ, false)
                    .connect(name));
            for (String word : new String[] {"a", "bc", "def"}) {
                assertThat(await(NamedPipeCall.transact(client.channel(), text(word), 10_000)))
                        .isEqualTo(word.toUpperCase(Locale.ROOT));
            }
            assertThat(client.events).isEmpty();
        }
    }

    @Test
    void transactionsNeedMessageMode() throws Exception {
        try (PipePair pipe = new PipePair(kernel(), s -> s, c -> c)) {
            assertThatThrownBy(() -> NamedPipeCall.transact(pipe.client.channel(), text("x"), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("message mode");
        }
    }

    @ChannelHandler.Sharable
    private static final class Upper extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
            ctx.writeAndFlush(text(message.toString(StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT)));
        }
    }

    private static final class Hangup extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
            ctx.close();
        }
    }
}
