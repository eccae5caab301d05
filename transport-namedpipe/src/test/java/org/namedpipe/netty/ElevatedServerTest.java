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
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_FLAG_OVERLAPPED;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_READ;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_WRITE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_DUPLEX;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_REJECT_REMOTE_CLIENTS;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_UNLIMITED_INSTANCES;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedProcess;

/** An elevated server, or a service, and clients of lower integrity. The model enforces labels and access lists. */
class ElevatedServerTest {
    private static final int READ_CONTROL = 0x2_0000;
    private static final int WRITE_DAC = 0x4_0000;
    private static final int WRITE_OWNER = 0x8_0000;

    private static final SimulatedProcess ELEVATED = SimulatedProcess.of(
                    1100, SimulatedKernel.USER_SID, "SIMULATED\\user")
            .asAdministrator();
    private static final SimulatedProcess ELEVATED_SIBLING = SimulatedProcess.of(
                    1101, SimulatedKernel.USER_SID, "SIMULATED\\user")
            .asAdministrator();
    private static final SimulatedProcess SIBLING =
            SimulatedProcess.of(1102, SimulatedKernel.USER_SID, "SIMULATED\\user");
    private static final SimulatedProcess SERVICE = new SimulatedProcess(
            400,
            0,
            "S-1-5-18",
            "NT AUTHORITY\\SYSTEM",
            Set.of("S-1-1-0", "S-1-5-11", "S-1-5-32-544"),
            true,
            SimulatedProcess.SYSTEM,
            null);

    private final List<TwoSimulatedProcesses> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(TwoSimulatedProcesses::close);
    }

    private TwoSimulatedProcesses bound(SimulatedProcess server, NamedPipeSecurity security, SimulatedProcess client)
            throws Exception {
        TwoSimulatedProcesses two = new TwoSimulatedProcesses(server, client);
        started.add(two);
        Await.get(two.server()
                .option(ChannelOption.SO_BACKLOG, 1)
                .option(NamedPipeChannelOption.SECURITY, security)
                .bind(two.name));
        return two;
    }

    private static void connects(TwoSimulatedProcesses two) throws Exception {
        // The server has to create an instance for each accept.
        for (int i = 0; i < 3; i++) {
            two.connect(two.client());
            Await.next(two.accepted);
        }
    }

    private static void isRefused(TwoSimulatedProcesses two) {
        assertThat(Await.failure(two.client().connect(two.name)))
                .isInstanceOf(NamedPipeConnectException.AccessDenied.class);
        for (int rights : new int[] {GENERIC_READ, GENERIC_WRITE, READ_CONTROL, 0}) {
            cannotOpen(two, rights);
        }
        cannotControl(two);
        assertThat(two.accepted).isEmpty();
    }

    private static void cannotOpen(TwoSimulatedProcesses two, int rights) {
        long handle = two.clientKernel().createFile(two.name.path(), rights, FILE_FLAG_OVERLAPPED);
        assertThat(closed(two.clientKernel(), handle))
                .as("rights 0x%x", rights)
                .isEqualTo(-Win32Error.ERROR_ACCESS_DENIED);
    }

    private static void cannotControl(TwoSimulatedProcesses two) {
        cannotOpen(two, WRITE_DAC);
        cannotOpen(two, WRITE_OWNER);
        assertThat(closed(two.clientKernel(), createInstance(two.clientKernel(), two.name)))
                .isEqualTo(-Win32Error.ERROR_ACCESS_DENIED);
    }

    /** Closes the handle if there is one, so that a failing test ends. */
    private static long closed(Kernel kernel, long handleOrError) {
        if (!Win32Error.isError(handleOrError)) {
            kernel.closeHandle(handleOrError);
        }
        return handleOrError;
    }

    private static long createInstance(Kernel kernel, NamedPipeAddress name) {
        return kernel.createNamedPipe(
                name.path(),
                PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED,
                PIPE_REJECT_REMOTE_CLIENTS,
                PIPE_UNLIMITED_INSTANCES,
                512,
                512,
                0,
                0);
    }

    static Stream<NamedPipeSecurity> closed() {
        return Stream.of(
                NamedPipeSecurity.currentUser(),
                NamedPipeSecurity.currentLogonSession(),
                NamedPipeSecurity.administrators(),
                NamedPipeSecurity.ownedByAdministrators());
    }

    @ParameterizedTest
    @MethodSource("closed")
    void aProcessOfTheSameUserThatIsNotElevatedIsRefused(NamedPipeSecurity security) throws Exception {
        isRefused(bound(ELEVATED, security, SIBLING));
    }

    @ParameterizedTest
    @MethodSource("closed")
    void anElevatedProcessOfTheSameUserConnects(NamedPipeSecurity security) throws Exception {
        connects(bound(ELEVATED, security, ELEVATED_SIBLING));
    }

    @Test
    void theDefaultRefusesLowerIntegrity() throws Exception {
        TwoSimulatedProcesses two = new TwoSimulatedProcesses(ELEVATED, SIBLING);
        started.add(two);
        Await.get(two.server().bind(two.name));

        isRefused(two);
    }

    static Stream<NamedPipeSecurity> open() {
        return Stream.of(
                NamedPipeSecurity.currentUserAtAnyIntegrity(),
                NamedPipeSecurity.interactiveUsers(),
                NamedPipeSecurity.everyone(),
                NamedPipeSecurity.builder()
                        .allowCurrentUser(NamedPipeSecurity.Access.READ_WRITE)
                        .allow(ALICE.userSid(), NamedPipeSecurity.Access.READ)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("open")
    void clientsThatAreAllowedAtAnyIntegrityConnectAndCannotControlThePipe(NamedPipeSecurity security)
            throws Exception {
        TwoSimulatedProcesses two = bound(ELEVATED, security, SIBLING);

        connects(two);
        cannotControl(two);
    }

    @Test
    void anAccessListOfOtherUsersRefusesTheServersUser() throws Exception {
        NamedPipeSecurity alice = NamedPipeSecurity.builder()
                .allow(ALICE.userSid(), NamedPipeSecurity.Access.READ_WRITE)
                .build();
        TwoSimulatedProcesses sibling = bound(ELEVATED, alice, SIBLING);
        ChannelFuture connect = sibling.client().connect(sibling.name).awaitUninterruptibly();

        assertThat(connect.cause()).isInstanceOf(NamedPipeConnectException.AccessDenied.class);
        cannotControl(sibling);
        connects(bound(ELEVATED, alice, ALICE));
        connects(bound(ELEVATED, alice, ELEVATED_SIBLING));
    }

    @Test
    void otherProcessesOfTheUserTrustTheOwner() throws Exception {
        TwoSimulatedProcesses two = bound(ELEVATED, NamedPipeSecurity.currentUserAtAnyIntegrity(), SIBLING);

        two.connect(two.client().option(NamedPipeChannelOption.TRUSTED_SERVER, NamedPipeServerTrust.currentUser()));
    }

    @Test
    void clientsMayExpectTheAdministratorsAsOwner() throws Exception {
        TwoSimulatedProcesses two = bound(ELEVATED, NamedPipeSecurity.ownedByAdministrators(), ELEVATED_SIBLING);

        two.connect(
                two.client().option(NamedPipeChannelOption.TRUSTED_SERVER, NamedPipeServerTrust.owner("S-1-5-32-544")));
    }

    @Test
    void aProcessThatIsNotElevatedCannotMakeTheAdministratorsOwner() throws Exception {
        TwoSimulatedProcesses two = new TwoSimulatedProcesses(ALICE);
        started.add(two);
        ChannelFuture bind = two.server()
                .option(NamedPipeChannelOption.SECURITY, NamedPipeSecurity.ownedByAdministrators())
                .bind(two.name)
                .awaitUninterruptibly();

        assertThat(bind.cause())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("only an elevated process", "start the server elevated");
        assertThat(two.kernel.calls("CreateNamedPipe")).isZero();
        assertThat(two.kernel.openSecurityDescriptors()).isZero();
    }

    @Test
    void theDefaultOfAServiceRefusesUsers() throws Exception {
        isRefused(bound(SERVICE, NamedPipeSecurity.currentUser(), ELEVATED));
        isRefused(bound(SERVICE, NamedPipeSecurity.currentUser(), SIBLING));
    }

    @Test
    void elevatedAdministratorsConnectToAService() throws Exception {
        TwoSimulatedProcesses elevated = bound(SERVICE, NamedPipeSecurity.administrators(), ELEVATED);
        connects(elevated);
        cannotControl(elevated);
        isRefused(bound(SERVICE, NamedPipeSecurity.administrators(), SIBLING));
    }

    @Test
    void usersConnectToAServiceThatAllowsThem() throws Exception {
        TwoSimulatedProcesses two = bound(SERVICE, NamedPipeSecurity.interactiveUsers(), ALICE);

        connects(two);
        cannotControl(two);
    }

    @Test
    void theImplicitLabelRefusesLowIntegrity() throws Exception {
        TwoSimulatedProcesses two =
                bound(SimulatedKernel.SELF, NamedPipeSecurity.everyone(), ALICE.ofIntegrity(0x1000));
        ChannelFuture connect = two.client().connect(two.name).awaitUninterruptibly();

        assertThat(connect.cause()).isInstanceOf(NamedPipeConnectException.AccessDenied.class);
    }
}
