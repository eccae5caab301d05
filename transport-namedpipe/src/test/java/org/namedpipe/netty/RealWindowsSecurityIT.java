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
import static org.namedpipe.netty.internal.win32.Win32Constants.SECURITY_ANONYMOUS;
import static org.namedpipe.netty.internal.win32.Win32Constants.SECURITY_IDENTIFICATION;
import static org.namedpipe.netty.internal.win32.Win32Constants.SECURITY_IMPERSONATION;
import static org.namedpipe.netty.internal.win32.Win32Constants.SECURITY_SQOS_PRESENT;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.BindException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.EnabledOnRealWindows;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.OtherEnd;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testing.TestProcess;
import org.namedpipe.netty.win32.WindowsException;

/** Security that Windows enforces and Wine does not, against another process. Unit tests assert the same on the model. */
class RealWindowsSecurityIT {
    private static final String DENIED = "failed " + Win32Error.ERROR_ACCESS_DENIED;

    private final Kernel kernel = WindowsKernel.instance();
    private final NamedPipeAddress name = Names.fresh();
    private final TestLoops loops = new TestLoops(kernel);
    private final EventLoopGroup group = loops.group(1);
    private final BlockingQueue<NamedPipeChannel> active = new LinkedBlockingQueue<>();
    private final BlockingQueue<NamedPipeChannel> hasRead = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        loops.close();
    }

    /** Returns a server with a backlog of one instance. */
    private ServerBootstrap server(NamedPipeSecurity security) {
        return Boot.server(group, () -> new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        active.add((NamedPipeChannel) ctx.channel());
                    }

                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        ReferenceCountUtil.release(message);
                        hasRead.add((NamedPipeChannel) ctx.channel());
                    }
                })
                .option(ChannelOption.SO_BACKLOG, 1)
                .option(NamedPipeChannelOption.SECURITY, security);
    }

    private static String connect(NamedPipeAddress address, int level) {
        return "connect " + address.path() + ' ' + (SECURITY_SQOS_PRESENT | level);
    }

    @Test
    @EnabledOnRealWindows("lets every client in, whatever the access list says")
    void aClientOutsideTheListIsRefused() throws Exception {
        Await.get(server(NamedPipeSecurity.ofSddl("D:P(A;;FA;;;SY)")).bind(name));
        try (TestProcess other = OtherEnd.start()) {
            assertThat(other.ask(connect(name, SECURITY_IDENTIFICATION))).isEqualTo(DENIED);
        }
        assertThat(active).isEmpty();
    }

    @Test
    @EnabledOnRealWindows("lets every process create instances, whatever the access list says")
    void aGrantedClientCannotCreateAnInstance() throws Exception {
        // A server with one instance needs no right to create a replacement.
        String clients =
                String.format("D:P(A;;0x%x;;;%s)", NamedPipeSecurity.Access.READ_WRITE.mask(), kernel.currentUserSid());
        Await.get(server(NamedPipeSecurity.ofSddl(clients))
                .option(NamedPipeChannelOption.MAX_INSTANCES, 1)
                .bind(name));
        try (TestProcess other = OtherEnd.start()) {
            assertThat(other.ask("create " + name.path() + " -")).isEqualTo(DENIED);
            assertThat(other.ask(connect(name, SECURITY_IDENTIFICATION))).isEqualTo("done");
            Await.next(active);
            assertThat(other.ask("create " + name.path() + " -")).isEqualTo(DENIED);
        }
    }

    @Test
    @EnabledOnRealWindows("lets every process create instances, whatever the access list says")
    void aServerThatMayNotCreateFurtherInstancesIsRefused() throws Exception {
        String clients =
                String.format("D:P(A;;0x%x;;;%s)", NamedPipeSecurity.Access.READ_WRITE.mask(), kernel.currentUserSid());
        assertThat(Await.failure(server(NamedPipeSecurity.ofSddl(clients)).bind(name)))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("FILE_CREATE_PIPE_INSTANCE");
    }

    @Test
    @EnabledOnRealWindows("ignores FILE_FLAG_FIRST_PIPE_INSTANCE")
    void acceptedChannelsHoldTheNameOfAnEarlierServer() throws Exception {
        ChannelFuture earlier = server(NamedPipeSecurity.currentUser()).bind(name);
        Await.get(earlier);
        try (TestProcess other = OtherEnd.start()) {
            assertThat(other.ask(connect(name, SECURITY_IDENTIFICATION))).isEqualTo("done");
            NamedPipeChannel child = Await.next(active);
            Await.get(earlier.channel().close());

            assertThat(Await.failure(server(NamedPipeSecurity.currentUser()).bind(name)))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("channels that an earlier server accepted");
            Await.get(child.close());
            Await.get(server(NamedPipeSecurity.currentUser()).bind(name));
        }
    }

    @Test
    @EnabledOnRealWindows("has an instance without data access listen")
    void theNameOfAServerWithOneInstanceExistsBetweenTwoClients() throws Exception {
        Await.get(server(NamedPipeSecurity.currentUser())
                .option(NamedPipeChannelOption.MAX_INSTANCES, 1)
                .bind(name));
        for (int i = 0; i < 200; i++) {
            long client = -Win32Error.ERROR_PIPE_BUSY;
            while (client == -Win32Error.ERROR_PIPE_BUSY) {
                client = kernel.createFile(
                        name.path(), Win32Constants.GENERIC_READ, Win32Constants.FILE_FLAG_OVERLAPPED);
            }
            assertThat(client).isPositive();
            kernel.closeHandle(client);
        }
    }

    @Test
    @EnabledOnRealWindows("lets every client in, whatever the access list says")
    void presetsAdmitTheCurrentUser() throws Exception {
        for (NamedPipeSecurity security :
                new NamedPipeSecurity[] {NamedPipeSecurity.currentUser(), NamedPipeSecurity.currentLogonSession()}) {
            Channel server = Await.channel(server(security).bind(name));
            try (TestProcess other = OtherEnd.start()) {
                assertThat(other.ask(connect(name, SECURITY_IDENTIFICATION))).isEqualTo("done");
                Await.get(Await.next(active).close());
            }
            Await.get(server.close());
        }
    }

    @Test
    @EnabledOnRealWindows("ignores FILE_FLAG_FIRST_PIPE_INSTANCE")
    void aNameInUseByAnotherProcessCannotBeBound() throws Exception {
        try (TestProcess squatter = OtherEnd.start()) {
            assertThat(squatter.ask("create " + name.path() + " D:P(A;;FA;;;WD)"))
                    .isEqualTo("done");

            assertThat(Await.failure(server(NamedPipeSecurity.currentUser()).bind(name)))
                    .isInstanceOf(BindException.class)
                    .hasMessageContainingAll("ERROR_ACCESS_DENIED (5)", "the name is taken");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {SECURITY_ANONYMOUS, SECURITY_IDENTIFICATION})
    @EnabledOnRealWindows("lets every server impersonate every client, whatever level it allows")
    void aServerCannotImpersonateBeyondTheLevelOfItsClient(int level) throws Exception {
        Await.get(server(NamedPipeSecurity.currentUser()).bind(name));
        try (TestProcess other = OtherEnd.start()) {
            assertThat(other.ask(connect(name, level))).isEqualTo("done");
            assertThat(other.ask("write")).isEqualTo("done");

            Future<Object> done = Await.next(hasRead).runAsClient(() -> {
                throw new AssertionError("must not run");
            });

            assertThat(Await.failure(done)).isInstanceOf(WindowsException.class);
            assertThat(((WindowsException) done.cause()).code())
                    .isEqualTo(
                            level == SECURITY_ANONYMOUS
                                    ? Win32Error.ERROR_CANT_OPEN_ANONYMOUS
                                    : Win32Error.ERROR_BAD_IMPERSONATION_LEVEL);
        }
    }

    @Test
    @EnabledOnRealWindows("gives every impersonated client the server's own token")
    void aServerImpersonatesAtTheLevelOfItsClient() throws Exception {
        Await.get(server(NamedPipeSecurity.currentUser()).bind(name));
        try (TestProcess other = OtherEnd.start()) {
            assertThat(other.ask(connect(name, SECURITY_IMPERSONATION))).isEqualTo("done");
            assertThat(other.ask("write")).isEqualTo("done");

            String user = Await.get(Await.next(hasRead).runAsClient(() -> {
                long token = kernel.openThreadToken();
                try {
                    return kernel.tokenInformation(token).userSid();
                } finally {
                    kernel.closeHandle(token);
                }
            }));

            assertThat(user).isEqualTo(kernel.currentUserSid());
        }
    }

    @Test
    @EnabledOnRealWindows("has no pipes of other computers, and no GetNamedPipeClientComputerNameW")
    void aNetworkClientIsKnownByItsComputer() throws Exception {
        Await.get(server(NamedPipeSecurity.currentUser())
                .option(NamedPipeChannelOption.REJECT_REMOTE_CLIENTS, false)
                .bind(name));
        NamedPipeAddress byNetwork = NamedPipeAddress.of("127.0.0.1", name.name());
        try (TestProcess other = OtherEnd.start()) {
            assertThat(other.ask(connect(byNetwork, SECURITY_IDENTIFICATION))).isEqualTo("done");

            NamedPipePeer client = Await.get(Await.next(active).peer());

            assertThat(client.computerName()).isNotBlank();
            assertThat(client.evidence()).isEqualTo(NamedPipePeer.Evidence.NONE);
        }
    }

    @Test
    @EnabledOnRealWindows("has no pipes of other computers")
    void aNetworkClientIsRefused() throws Exception {
        Await.get(server(NamedPipeSecurity.currentUser()).bind(name));
        NamedPipeAddress byNetwork = NamedPipeAddress.of("127.0.0.1", name.name());
        try (TestProcess other = OtherEnd.start()) {
            assertThat(other.ask(connect(byNetwork, SECURITY_IDENTIFICATION))).startsWith("failed");
            assertThat(other.ask(connect(name, SECURITY_IDENTIFICATION))).isEqualTo("done");
        }
    }
}
