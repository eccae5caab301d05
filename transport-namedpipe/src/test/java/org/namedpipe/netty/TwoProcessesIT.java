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
import static org.namedpipe.netty.internal.win32.Win32Constants.SECURITY_IDENTIFICATION;
import static org.namedpipe.netty.internal.win32.Win32Constants.SECURITY_IMPERSONATION;
import static org.namedpipe.netty.internal.win32.Win32Constants.SECURITY_SQOS_PRESENT;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipePeer.Evidence;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.OtherEnd;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testing.TestProcess;

/** The identity of a peer in another process, and filters, trust and impersonation that use it. */
class TwoProcessesIT {
    private final Kernel kernel = WindowsKernel.instance();
    private final NamedPipeAddress name = Names.fresh();
    private final TestLoops loops = new TestLoops(kernel);
    private final EventLoopGroup group = loops.group(1);
    private final BlockingQueue<NamedPipeChannel> hasRead = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        loops.close();
    }

    private void bind(Supplier<ChannelHandler> handlers) throws Exception {
        Await.get(Boot.server(group, handlers).bind(name));
    }

    private ChannelHandler recordReads() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ReferenceCountUtil.release(message);
                hasRead.add((NamedPipeChannel) ctx.channel());
            }
        };
    }

    private String connect(TestProcess other, int level) throws InterruptedException {
        return other.ask("connect " + name.path() + ' ' + (SECURITY_SQOS_PRESENT | level));
    }

    private String connectAndWrite(TestProcess other, int level) throws InterruptedException {
        assertThat(connect(other, level)).isEqualTo("done");
        return other.ask("write");
    }

    private ChannelFuture connectTo(NamedPipeServerTrust trust) {
        return Boot.client(group)
                .option(NamedPipeChannelOption.TRUSTED_SERVER, trust)
                .connect(name);
    }

    @Test
    void aServerKnowsItsClientByTheProcessAndThenByTheToken() throws Exception {
        BlockingQueue<NamedPipePeer> beforeRead = new LinkedBlockingQueue<>();
        bind(() -> new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new NamedPipePeerFilter(beforeRead::add), recordReads());
            }
        });
        try (TestProcess other = OtherEnd.start()) {
            assertThat(connectAndWrite(other, SECURITY_IDENTIFICATION)).isEqualTo("done");

            NamedPipePeer byProcess = Await.next(beforeRead);
            NamedPipePeer byToken = Await.get(Await.next(hasRead).peer());

            assertThat(byProcess.evidence()).isEqualTo(Evidence.PROCESS);
            assertThat(byToken.evidence()).isEqualTo(Evidence.CLIENT_TOKEN);
            for (NamedPipePeer client : new NamedPipePeer[] {byProcess, byToken}) {
                assertThat(client.processId())
                        .isEqualTo(other.pid())
                        .isNotEqualTo(ProcessHandle.current().pid());
                assertThat(client.sessionId()).isNotNegative();
                assertThat(client.computerName()).isNull();
                assertThat(client.userSid()).isEqualTo(kernel.currentUserSid());
                assertThat(client.userName()).isEqualTo(kernel.accountName(kernel.currentUserSid()));
                assertThat(client.groupSids()).contains("S-1-1-0");
                assertThat(client.integrity()).isNotNull();
            }
        }
    }

    @Test
    void aClientKnowsItsServerAndTrustsItsProcess() throws Exception {
        try (TestProcess other = OtherEnd.start()) {
            assertThat(other.ask("create " + name.path() + " -")).isEqualTo("done");
            var client = (NamedPipeChannel) Await.channel(connectTo(NamedPipeServerTrust.process(other.pid())));

            NamedPipePeer server = Await.get(client.peer());

            assertThat(server.processId()).isEqualTo(other.pid());
            assertThat(server.userSid()).isEqualTo(kernel.currentUserSid());
            assertThat(server.evidence()).isEqualTo(Evidence.PROCESS);
        }
    }

    @Test
    void aClientRefusesAnotherOwnerAndAnotherProcess() throws Exception {
        try (TestProcess other = OtherEnd.start()) {
            String user = kernel.currentUserSid();
            for (int i = 0; i < 3; i++) {
                assertThat(other.ask("create " + name.path() + " O:" + user + "D:P(A;;FA;;;" + user + ")"))
                        .isEqualTo("done");
            }

            assertThat(Await.failure(connectTo(NamedPipeServerTrust.owner("S-1-5-18"))))
                    .isInstanceOf(NamedPipeUntrustedServerException.class)
                    .hasMessageContaining("its owner is " + user + " (expected: S-1-5-18)");
            long ownProcess = ProcessHandle.current().pid();
            assertThat(Await.failure(connectTo(NamedPipeServerTrust.process(ownProcess))))
                    .isInstanceOf(NamedPipeUntrustedServerException.class)
                    .hasMessageContaining("its process is " + other.pid());
            Await.get(connectTo(NamedPipeServerTrust.currentUser()));
        }
    }

    @Test
    void filtersDecideByTheProcessAndThenByTheToken() throws Exception {
        try (TestProcess known = OtherEnd.start();
                TestProcess unknown = OtherEnd.start()) {
            BlockingQueue<Evidence> asked = new LinkedBlockingQueue<>();
            BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
            NamedPipePeerFilter byToken = NamedPipePeerFilter.byToken(peer -> {
                asked.add(peer.evidence());
                return NamedPipePeerFilter.process(known.pid()).test(peer);
            });
            NamedPipePeerFilter byProcess = new NamedPipePeerFilter(peer -> asked.add(peer.evidence()));
            bind(() -> new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                    accepted.add(channel);
                    channel.pipeline().addLast(byToken, byProcess, recordReads());
                }
            });

            assertThat(connectAndWrite(unknown, SECURITY_IDENTIFICATION)).isEqualTo("done");
            Await.get(Await.next(accepted).closeFuture());
            assertThat(hasRead).isEmpty();
            assertThat(connectAndWrite(known, SECURITY_IDENTIFICATION)).isEqualTo("done");

            Await.next(hasRead);
            assertThat(asked)
                    .containsExactly(Evidence.PROCESS, Evidence.CLIENT_TOKEN, Evidence.PROCESS, Evidence.CLIENT_TOKEN);
        }
    }

    @Test
    void runAsClientImpersonatesOnOneThreadOnly() throws Exception {
        bind(this::recordReads);
        try (TestProcess other = OtherEnd.start()) {
            assertThat(connectAndWrite(other, SECURITY_IMPERSONATION)).isEqualTo("done");
            NamedPipeChannel server = Await.next(hasRead);

            long token = Await.get(server.runAsClient(() -> {
                long opened = kernel.openThreadToken();
                kernel.closeHandle(opened);
                return opened;
            }));

            assertThat(token).isPositive();
            assertThat(Await.get(server.eventLoop().submit(kernel::openThreadToken)))
                    .isEqualTo(-Win32Error.ERROR_NO_TOKEN);
        }
    }
}
