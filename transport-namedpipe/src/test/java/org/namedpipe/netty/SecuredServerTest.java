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
import static org.namedpipe.netty.TwoSimulatedProcesses.ALICE;
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_FLAG_FIRST_PIPE_INSTANCE;
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_FLAG_OVERLAPPED;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_DUPLEX;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_REJECT_REMOTE_CLIENTS;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_UNLIMITED_INSTANCES;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.BindException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testkit.CreatedInstance;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedPeer;
import org.namedpipe.netty.testkit.SimulatedProcess;

/** The descriptor of a server protects its name against other processes. The model enforces it. */
class SecuredServerTest {
    private static final NamedPipeSecurity ALICE_TOO = NamedPipeSecurity.builder()
            .allow(ALICE.userName(), NamedPipeSecurity.Access.READ_WRITE)
            .build();

    /** Lets the server's user connect, and not create instances. */
    private static final NamedPipeSecurity CLIENTS_ONLY =
            NamedPipeSecurity.ofSddl("D:P(A;;0x12019b;;;" + SimulatedKernel.USER_SID + ")");

    private final TwoSimulatedProcesses two = new TwoSimulatedProcesses(ALICE);

    @AfterEach
    void close() {
        two.close();
    }

    private NamedPipeServerChannel bind(ServerBootstrap server) throws Exception {
        return (NamedPipeServerChannel) Await.channel(server.bind(two.name));
    }

    @Test
    void aClientOutsideTheListIsRefused() throws Exception {
        bind(two.server());

        assertThat(Await.failure(two.client().connect(two.name)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("ERROR_ACCESS_DENIED (5)");
        assertThat(two.accepted).isEmpty();
    }

    @Test
    void aClientOnTheListConnectsAndCannotCreateAnInstance() throws Exception {
        bind(two.server().option(NamedPipeChannelOption.SECURITY, ALICE_TOO));

        two.connect(two.client());
        long instance = two.clientKernel()
                .createNamedPipe(
                        two.name.path(),
                        PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED,
                        PIPE_REJECT_REMOTE_CLIENTS,
                        PIPE_UNLIMITED_INSTANCES,
                        512,
                        512,
                        0,
                        0);

        assertThat(instance).isEqualTo(-Win32Error.ERROR_ACCESS_DENIED);
    }

    @Test
    void aReaderNeedsTheRightToWriteAttributesInMessageModeOnly() throws Exception {
        bind(two.server()
                .option(NamedPipeChannelOption.PIPE_ACCESS, NamedPipeAccess.OUTBOUND)
                .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                .option(
                        NamedPipeChannelOption.SECURITY,
                        NamedPipeSecurity.ofSddl("D:P(A;;FA;;;" + SimulatedKernel.USER_SID + ")(A;;0x120089;;;"
                                + ALICE.userSid() + ")")));
        Bootstrap reader = two.client().option(NamedPipeChannelOption.PIPE_ACCESS, NamedPipeAccess.OUTBOUND);

        two.connect(reader);

        assertThat(reader.clone()
                        .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                        .connect(two.name)
                        .awaitUninterruptibly()
                        .cause())
                .isInstanceOf(NamedPipeConnectException.AccessDenied.class)
                .hasMessageContaining("FILE_WRITE_ATTRIBUTES");
    }

    @Test
    void allInstancesHaveTheDescriptor() throws Exception {
        NamedPipeServerChannel server = bind(
                two.server().option(ChannelOption.SO_BACKLOG, 1).option(NamedPipeChannelOption.SECURITY, ALICE_TOO));
        for (int i = 0; i < 5; i++) {
            two.connect(two.client());
            Await.next(two.accepted);
        }

        List<CreatedInstance> instances = two.kernel.instances(two.name.path());
        String sddl = Await.get(server.securityDescriptor());
        assertThat(instances)
                .hasSizeGreaterThanOrEqualTo(5)
                .allMatch(instance -> sddl.equals(instance.securityDescriptor()))
                .allMatch(instance -> instance.hasPipeMode(PIPE_REJECT_REMOTE_CLIENTS));
        assertThat(instances.get(0).hasOpenMode(FILE_FLAG_FIRST_PIPE_INSTANCE)).isTrue();
        assertThat(instances.subList(1, instances.size()))
                .noneMatch(instance -> instance.hasOpenMode(FILE_FLAG_FIRST_PIPE_INSTANCE));
        assertThat(sddl).endsWith("(A;;0x12019b;;;" + ALICE.userSid() + ")");
    }

    /** A server needs a replacement for each instance that it accepts. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aServerThatMayNotCreateFurtherInstancesIsRefused(int backlog) {
        ChannelFuture bind = two.server()
                .option(ChannelOption.SO_BACKLOG, backlog)
                .option(NamedPipeChannelOption.SECURITY, CLIENTS_ONLY)
                .bind(two.name)
                .awaitUninterruptibly();

        assertThat(bind.cause())
                .isInstanceOf(BindException.class)
                .hasMessageContaining("ERROR_ACCESS_DENIED (5)")
                .hasMessageContaining("does not let this process create further instances")
                .hasMessageContaining("FILE_CREATE_PIPE_INSTANCE");
        assertThat(two.kernel.describeOpenHandles()).noneMatch(handle -> handle.contains(two.name.path()));
    }

    @Test
    void aServerWithOneInstanceDoesNotNeedTheRightToCreateAnother() throws Exception {
        bind(two.server()
                .option(NamedPipeChannelOption.MAX_INSTANCES, 1)
                .option(NamedPipeChannelOption.SECURITY, CLIENTS_ONLY));
        try (SimulatedPeer first = SimulatedPeer.open(two.kernel, two.name.path())) {
            Await.next(two.accepted);
            assertThat(first.write("x").code()).isEqualTo(Win32Error.ERROR_SUCCESS);
        }
        two.kernel.await(
                "the next instance", () -> two.kernel.instances(two.name.path()).size() == 2);
    }

    /** Another process may change the descriptor of the name. */
    @Test
    void aServerThatLosesTheRightToCreateInstancesReportsIt() throws Exception {
        BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();
        bind(two.server().handler(new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                errors.add(cause);
            }
        }));
        two.kernel.faults().on("CreateNamedPipe").fail(Win32Error.ERROR_ACCESS_DENIED);
        try (SimulatedPeer client = SimulatedPeer.open(two.kernel, two.name.path())) {
            assertThat(Await.next(errors))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("does not let this process create further instances");
            Await.next(two.accepted);
            assertThat(client.write("x").code()).isEqualTo(Win32Error.ERROR_SUCCESS);
        }
    }

    @Test
    void anInvalidDescriptorFailsTheBindBeforeTheNameIsCreated() {
        NamedPipeSecurity unknown = NamedPipeSecurity.builder()
                .allow("no-such-account", NamedPipeSecurity.Access.READ)
                .build();
        NamedPipeSecurity broken = NamedPipeSecurity.ofSddl("D:P(A;;FA;;;NOONE)");
        for (NamedPipeSecurity wrong : List.of(unknown, broken)) {
            ChannelFuture bind = two.server()
                    .option(NamedPipeChannelOption.SECURITY, wrong)
                    .bind(two.name)
                    .awaitUninterruptibly();
            assertThat(bind.cause()).isInstanceOf(IllegalArgumentException.class);
            assertThat(bind.channel().closeFuture().awaitUninterruptibly(20, TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(two.kernel.calls("CreateNamedPipe")).isZero();
    }

    @Test
    void withoutFirstPipeInstanceAProcessOfTheSameUserJoinsTheName() throws Exception {
        bind(two.server());
        SimulatedProcess sibling = SimulatedProcess.of(1001, SimulatedKernel.USER_SID, "SIMULATED\\user");
        try (TestLoops loops = new TestLoops(two.kernel.as(sibling))) {
            Await.get(Boot.server(loops.group(1))
                    .option(NamedPipeChannelOption.FIRST_PIPE_INSTANCE, false)
                    .bind(two.name));
        }
    }

    @Test
    void aClosedServerHasNoDescriptor() throws Exception {
        NamedPipeServerChannel server = bind(two.server());
        Await.get(server.close());

        assertThat(Await.failure(server.securityDescriptor())).isInstanceOf(ClosedChannelException.class);
    }
}
