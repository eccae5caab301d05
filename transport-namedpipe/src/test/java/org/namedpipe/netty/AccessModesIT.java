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
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.namedpipe.netty.internal.win32.JnaKernel;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.OtherEnd;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testing.TestProcess;

/** Pipes that go one way, in Windows; also between two processes, where it is Windows alone that keeps to the way. */
class AccessModesIT extends AbstractAccessModesTest {
    private static final String DENIED = "failed " + Win32Error.ERROR_ACCESS_DENIED;
    private static final int READ = Win32Constants.GENERIC_READ;
    private static final int WRITE = Win32Constants.GENERIC_WRITE;

    private final NamedPipeAddress name = Names.fresh();
    private final BlockingQueue<NamedPipeChannel> active = new LinkedBlockingQueue<>();
    private final BlockingQueue<NamedPipeChannel> hasRead = new LinkedBlockingQueue<>();

    @Override
    protected Kernel kernel() {
        return JnaKernel.instance();
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

    private static String ask(TestProcess other, String command) throws InterruptedException {
        other.tell(command);
        return other.nextLine();
    }

    private String connect(TestProcess other, int rights) throws InterruptedException {
        return ask(other, "connect " + name.path() + " 0 " + rights);
    }

    private void assertPeer(NamedPipeChannel channel, TestProcess other) throws Exception {
        assertThat(Await.get(channel.peer()).processId())
                .isEqualTo(other.pid())
                .isNotEqualTo(ProcessHandle.current().pid());
    }

    @ParameterizedTest
    @EnumSource(names = {"INBOUND", "OUTBOUND"})
    void aClientInAnotherProcessGetsOneWayOnly(NamedPipeAccess access) throws Exception {
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
                assertThat(ask(other, "write")).isEqualTo("done");
                assertThat(Await.next(hasRead)).isSameAs(server);
                assertThat(ask(other, "read")).isEqualTo(DENIED);
            } else {
                Await.get(server.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {42})));
                assertThat(ask(other, "read")).isEqualTo("42");
                assertThat(ask(other, "write")).isEqualTo(DENIED);
            }
        }
    }

    @Test
    void aServerInAnotherProcessGivesOneWayOnly() throws Exception {
        try (TestLoops loops = new TestLoops(kernel());
                TestProcess other = OtherEnd.start()) {
            assertThat(ask(other, "create " + name.path() + " - " + Win32Constants.PIPE_ACCESS_OUTBOUND))
                    .isEqualTo("done");
            Bootstrap client = Boot.client(loops.group(1), this::noting);

            for (NamedPipeAccess access : new NamedPipeAccess[] {NamedPipeAccess.DUPLEX, NamedPipeAccess.INBOUND}) {
                ChannelFuture denied = client.clone()
                        .option(NamedPipeChannelOption.PIPE_ACCESS, access)
                        .connect(name)
                        .awaitUninterruptibly();
                assertThat(denied.cause()).isInstanceOf(NamedPipeConnectException.AccessDenied.class);
            }
            ChannelFuture connect = client.clone()
                    .option(NamedPipeChannelOption.PIPE_ACCESS, NamedPipeAccess.OUTBOUND)
                    .connect(name);
            Await.get(connect);

            Channel channel = connect.channel();
            assertPeer((NamedPipeChannel) channel, other);
            assertThat(channel.writeAndFlush(Unpooled.copyInt(1))
                            .awaitUninterruptibly()
                            .cause())
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThat(ask(other, "write")).isEqualTo("done");
            assertThat(Await.next(hasRead)).isSameAs(channel);
        }
    }
}
