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

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.OtherEnd;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testing.TestProcess;

/** Pipes that go one way, on the real API. Between two processes only Windows enforces the direction. */
class AccessModesIT extends AbstractAccessModesTest {
    private static final String DENIED = "failed " + Win32Error.ERROR_ACCESS_DENIED;
    private static final int READ = Win32Constants.GENERIC_READ;
    private static final int WRITE = Win32Constants.GENERIC_WRITE;

    private final NamedPipeAddress name = Names.fresh();
    private final BlockingQueue<NamedPipeChannel> active = new LinkedBlockingQueue<>();
    private final BlockingQueue<NamedPipeChannel> hasRead = new LinkedBlockingQueue<>();

    @Override
    protected Kernel kernel() {
        return WindowsKernel.instance();
    }

    private ChannelInboundHandlerAdapter noting() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                active.add((NamedPipeChannel) ctx.channel());
            }

            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ReferenceCountUtil.release(message);
                hasRead.add((NamedPipeChannel) ctx.channel());
            }
        };
    }

    private String connect(TestProcess other, int rights) throws InterruptedException {
        return other.ask("connect " + name.path() + " 0 " + rights);
    }

    private void assertPeer(NamedPipeChannel channel, TestProcess other) throws Exception {
        assertThat(Await.get(channel.peer()).processId())
                .isEqualTo(other.pid())
                .isNotEqualTo(ProcessHandle.current().pid());
    }

    @ParameterizedTest
    @EnumSource(names = {"INBOUND", "OUTBOUND"})
    void aClientInAnotherProcessGetsOneDirectionOnly(NamedPipeAccess access) throws Exception {
        boolean inbound = access == NamedPipeAccess.INBOUND;
        try (TestLoops loops = new TestLoops(kernel());
                TestProcess other = OtherEnd.start()) {
            Await.get(Boot.server(loops.group(1), this::noting)
                    .option(NamedPipeChannelOption.PIPE_ACCESS, access)
                    .bind(name));

            assertThat(connect(other, READ | WRITE)).isEqualTo(DENIED);
            assertThat(connect(other, inbound ? READ : WRITE)).isEqualTo(DENIED);
            assertThat(active).isEmpty();
            assertThat(connect(other, inbound ? WRITE : READ)).isEqualTo("done");

            NamedPipeChannel server = Await.next(active);
            assertPeer(server, other);
            if (inbound) {
                assertThat(other.ask("write")).isEqualTo("done");
                assertThat(Await.next(hasRead)).isSameAs(server);
                assertThat(other.ask("read")).isEqualTo(DENIED);
            } else {
                Await.get(server.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {42})));
                assertThat(other.ask("read")).isEqualTo("42");
                assertThat(other.ask("write")).isEqualTo(DENIED);
            }
        }
    }

    @Test
    void aServerInAnotherProcessOffersOneDirectionOnly() throws Exception {
        try (TestLoops loops = new TestLoops(kernel());
                TestProcess other = OtherEnd.start()) {
            assertThat(other.ask("create " + name.path() + " - " + Win32Constants.PIPE_ACCESS_OUTBOUND))
                    .isEqualTo("done");
            Bootstrap client = Boot.client(loops.group(1), this::noting);

            for (NamedPipeAccess access : new NamedPipeAccess[] {NamedPipeAccess.DUPLEX, NamedPipeAccess.INBOUND}) {
                client.option(NamedPipeChannelOption.PIPE_ACCESS, access);
                assertThat(Await.failure(client.connect(name)))
                        .isInstanceOf(NamedPipeConnectException.AccessDenied.class);
            }
            client.option(NamedPipeChannelOption.PIPE_ACCESS, NamedPipeAccess.OUTBOUND);
            Channel channel = Await.channel(client.connect(name));
            assertPeer((NamedPipeChannel) channel, other);
            assertThat(Await.failure(channel.writeAndFlush(Unpooled.copyInt(1))))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThat(other.ask("write")).isEqualTo("done");
            assertThat(Await.next(hasRead)).isSameAs(channel);
        }
    }
}
