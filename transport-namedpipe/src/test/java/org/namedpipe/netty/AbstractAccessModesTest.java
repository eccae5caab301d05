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

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.PipePair;
import org.namedpipe.netty.testing.TestLoops;

/**
 * Pipes that go one way, on any kernel. One process, since this is about what the channels themselves do and refuse;
 * {@code AccessModesIT} has peers in another, which ask for more than they get.
 */
abstract class AbstractAccessModesTest {
    protected abstract Kernel kernel();

    private PipePair pipe(NamedPipeAccess access, NamedPipeMode mode) throws Exception {
        return new PipePair(
                kernel(),
                s -> s.option(NamedPipeChannelOption.PIPE_ACCESS, access)
                        .option(NamedPipeChannelOption.PIPE_MODE, mode),
                c -> c.option(NamedPipeChannelOption.PIPE_ACCESS, access)
                        .option(NamedPipeChannelOption.PIPE_MODE, mode));
    }

    @ParameterizedTest
    @EnumSource(NamedPipeMode.class)
    void inboundGoesFromClientToServerOnly(NamedPipeMode mode) throws Exception {
        try (PipePair pipe = pipe(NamedPipeAccess.INBOUND, mode)) {
            check(pipe.client, pipe.server);
        }
    }

    @ParameterizedTest
    @EnumSource(NamedPipeMode.class)
    void outboundGoesFromServerToClientOnly(NamedPipeMode mode) throws Exception {
        try (PipePair pipe = pipe(NamedPipeAccess.OUTBOUND, mode)) {
            check(pipe.server, pipe.client);
        }
    }

    private static void check(PipePair.End writes, PipePair.End reads) throws Exception {
        assertThat(reads.channel()
                        .writeAndFlush(Unpooled.copyInt(1))
                        .awaitUninterruptibly()
                        .cause())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("can only read")
                .hasMessageContaining("PIPE_ACCESS");
        writes.channel().config().setAutoRead(false);
        writes.channel().read();
        assertThat(Await.next(writes.events))
                .isInstanceOf(UnsupportedOperationException.class)
                .asString()
                .contains("can only write");

        Await.get(writes.channel().writeAndFlush(Unpooled.copyInt(42)));
        assertThat(reads.read()).containsExactly(0, 0, 0, 42);
        writes.channel().close();
        assertThat(Await.next(reads.events)).isEqualTo("inactive");
    }

    @Test
    void anEndThatOnlyReadsHasNoOutputToShutDown() throws Exception {
        try (PipePair pipe = new PipePair(
                kernel(),
                s -> s.option(NamedPipeChannelOption.PIPE_ACCESS, NamedPipeAccess.OUTBOUND)
                        .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE),
                c -> c.option(NamedPipeChannelOption.PIPE_ACCESS, NamedPipeAccess.OUTBOUND)
                        .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                        .option(ChannelOption.ALLOW_HALF_CLOSURE, true))) {
            assertThat(pipe.client
                            .channel()
                            .shutdownOutput()
                            .awaitUninterruptibly()
                            .cause())
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("can only read");
            Await.get(pipe.server.channel().writeAndFlush(Unpooled.copyInt(42)));
            assertThat(pipe.client.read()).containsExactly(0, 0, 0, 42);
        }
    }

    @Test
    void aReadThatIsAskedForTooEarlyDoesNotHarmAnEndThatOnlyWrites() throws Exception {
        try (TestLoops loops = new TestLoops(kernel())) {
            NamedPipeAddress name = Names.fresh();
            Await.get(Boot.server(loops.group(1), ChannelInboundHandlerAdapter::new)
                    .option(NamedPipeChannelOption.PIPE_ACCESS, NamedPipeAccess.INBOUND)
                    .bind(name));
            Channel client = Boot.client(loops.group(1), ChannelInboundHandlerAdapter::new)
                    .option(NamedPipeChannelOption.PIPE_ACCESS, NamedPipeAccess.INBOUND)
                    .register()
                    .sync()
                    .channel();
            client.read();
            Await.get(client.connect(name));
            Await.get(client.writeAndFlush(Unpooled.copyInt(42)));
            assertThat(client.isActive()).isTrue();
        }
    }

    @Test
    void aClientThatWantsMoreThanThePipeGivesIsDenied() throws Exception {
        try (TestLoops loops = new TestLoops(kernel())) {
            NamedPipeAddress name = Names.fresh();
            Await.get(Boot.server(loops.group(1), ChannelInboundHandlerAdapter::new)
                    .option(NamedPipeChannelOption.PIPE_ACCESS, NamedPipeAccess.OUTBOUND)
                    .bind(name));
            ChannelFuture denied = Boot.client(loops.group(1), ChannelInboundHandlerAdapter::new)
                    .connect(name)
                    .awaitUninterruptibly();
            assertThat(denied.cause())
                    .isInstanceOf(NamedPipeConnectException.AccessDenied.class)
                    .hasMessageContaining("ERROR_ACCESS_DENIED (5)")
                    .hasMessageContaining("set PIPE_ACCESS to OUTBOUND");
        }
    }

    @Test
    void connectPolicies() throws Exception {
        try (TestLoops loops = new TestLoops(kernel())) {
            NamedPipeAddress name = Names.fresh();
            var client = Boot.client(loops.group(1), ChannelInboundHandlerAdapter::new);
            var policy = NamedPipeChannelOption.CONNECT_POLICY;

            ChannelFuture early = client.clone()
                    .option(policy, NamedPipeConnectPolicy.WAIT_FOR_SERVER)
                    .connect(name);
            assertThat(client.clone()
                            .option(policy, NamedPipeConnectPolicy.WAIT_FOR_SERVER)
                            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 50)
                            .connect(name)
                            .awaitUninterruptibly()
                            .cause())
                    .hasMessageContaining("ERROR_FILE_NOT_FOUND");
            assertThat(early.isDone()).isFalse();
            assertThat(client.clone().connect(name).awaitUninterruptibly().cause())
                    .isInstanceOf(NamedPipeConnectException.NotFound.class);

            // One instance and nobody who accepts: the early client takes it.
            Await.get(Boot.server(loops.group(1), ChannelInboundHandlerAdapter::new)
                    .option(ChannelOption.SO_BACKLOG, 1)
                    .option(ChannelOption.AUTO_READ, false)
                    .bind(name));
            Await.get(early);
            assertThat(client.clone()
                            .option(policy, NamedPipeConnectPolicy.FAIL_FAST)
                            .connect(name)
                            .awaitUninterruptibly()
                            .cause())
                    .isInstanceOf(NamedPipeConnectException.Busy.class)
                    .hasMessageContaining("ERROR_PIPE_BUSY (231)");
        }
    }
}
