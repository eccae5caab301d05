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

/** Pipes that go one way, within one process and on any kernel. {@code AccessModesIT} has peers in another process. */
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
    void inboundGoesFromTheClientToTheServer(NamedPipeMode mode) throws Exception {
        try (PipePair pipe = pipe(NamedPipeAccess.INBOUND, mode)) {
            assertOneWay(pipe.client, pipe.server);
        }
    }

    @ParameterizedTest
    @EnumSource(NamedPipeMode.class)
    void outboundGoesFromTheServerToTheClient(NamedPipeMode mode) throws Exception {
        try (PipePair pipe = pipe(NamedPipeAccess.OUTBOUND, mode)) {
            if (mode == NamedPipeMode.MESSAGE) {
                pipe.client.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
                assertThat(Await.failure(pipe.client.channel().shutdownOutput()))
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining("can only read");
            }
            assertOneWay(pipe.server, pipe.client);
        }
    }

    @Test
    void aClientThatAsksForMoreThanThePipeAllowsIsDenied() throws Exception {
        try (TestLoops loops = new TestLoops(kernel())) {
            NamedPipeAddress name = Names.fresh();
            Await.get(Boot.server(loops.group(1))
                    .option(NamedPipeChannelOption.PIPE_ACCESS, NamedPipeAccess.OUTBOUND)
                    .bind(name));
            assertThat(Await.failure(Boot.client(loops.group(1)).connect(name)))
                    .isInstanceOf(NamedPipeConnectException.AccessDenied.class)
                    .hasMessageContaining("CreateFile(" + name.path() + ") failed: ERROR_ACCESS_DENIED (5)")
                    .hasMessageContaining("goes one way: set PIPE_ACCESS to OUTBOUND if the server only writes");
        }
    }

    private static void assertOneWay(PipePair.End writes, PipePair.End reads) throws Exception {
        assertThat(Await.failure(reads.channel().writeAndFlush(Unpooled.copyInt(1))))
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
    void aReadBeforeTheConnectDoesNotFailAnEndThatOnlyWrites() throws Exception {
        try (TestLoops loops = new TestLoops(kernel())) {
            NamedPipeAddress name = Names.fresh();
            Await.get(Boot.server(loops.group(1))
                    .option(NamedPipeChannelOption.PIPE_ACCESS, NamedPipeAccess.INBOUND)
                    .bind(name));
            Channel client = Await.channel(Boot.client(loops.group(1))
                    .option(NamedPipeChannelOption.PIPE_ACCESS, NamedPipeAccess.INBOUND)
                    .register());
            client.read();
            Await.get(client.connect(name));
            Await.get(client.writeAndFlush(Unpooled.copyInt(42)));
            assertThat(client.isActive()).isTrue();
        }
    }
}
