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

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.namedpipe.netty.NamedPipePeer.Evidence;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedProcess;

/** The peer that each end of a connection sees, and its evidence. */
class PeerTest {
    private static final SimulatedProcess ADMIN = ALICE.inSession(3).asAdministrator();

    private TwoSimulatedProcesses two = new TwoSimulatedProcesses(ALICE);

    @BeforeEach
    void bind() throws Exception {
        Await.get(two.server()
                .option(NamedPipeChannelOption.SECURITY, NamedPipeSecurity.everyone())
                .childOption(ChannelOption.AUTO_READ, false)
                .bind(two.name));
    }

    @AfterEach
    void close() {
        two.close();
    }

    /** Binds anew, for a client in another process than Alice's. */
    private void bind(SimulatedProcess client) throws Exception {
        two.close();
        two = new TwoSimulatedProcesses(client);
        bind();
    }

    private NamedPipePeer clientAfterARead(NamedPipeChannel client) throws Exception {
        NamedPipeChannel server = Await.next(two.accepted);
        Await.get(client.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII)));
        server.read();
        two.kernel.await("the server has read", () -> two.kernel.calls("WriteFile") == 2);
        return Await.get(server.peer());
    }

    @Test
    void beforeTheFirstReadAServerKnowsItsClientByTheProcess() throws Exception {
        bind(ADMIN);
        two.connect(two.client());

        NamedPipePeer client = Await.get(Await.next(two.accepted).peer());

        assertThat(client.evidence()).isEqualTo(Evidence.PROCESS);
        assertThat(client.processId()).isEqualTo(ADMIN.id());
        assertThat(client.sessionId()).isEqualTo(3);
        assertThat(client.computerName()).isNull();
        assertThat(client.userSid()).isEqualTo(ALICE.userSid());
        assertThat(client.userName()).isEqualTo("SIMULATED\\alice");
        assertThat(client.groupSids()).contains("S-1-5-32-544", "S-1-5-5-0-3");
        assertThat(client.isElevated()).isTrue();
        assertThat(client.integrity()).isEqualTo(NamedPipeIntegrity.HIGH);
        assertThat(client).hasToString("NamedPipePeer(process 2000, session 3, user SIMULATED\\alice, elevated)");
        assertThat(two.kernel.calls("ImpersonateNamedPipeClient")).isZero();
    }

    @Test
    void afterTheFirstReadAServerKnowsItsClientByTheToken() throws Exception {
        NamedPipePeer client = clientAfterARead(two.connect(two.client()));

        assertThat(client.evidence()).isEqualTo(Evidence.CLIENT_TOKEN);
        assertThat(client.userSid()).isEqualTo(ALICE.userSid());
        assertThat(two.kernel.calls("RevertToSelf")).isEqualTo(1);
    }

    @Test
    void anAnonymousClientIsKnownByItsProcess() throws Exception {
        NamedPipePeer client = clientAfterARead(two.connect(two.client()
                .option(NamedPipeChannelOption.IMPERSONATION_LEVEL, NamedPipeImpersonationLevel.ANONYMOUS)));

        assertThat(client.evidence()).isEqualTo(Evidence.PROCESS);
        assertThat(client.userSid()).isEqualTo(ALICE.userSid());
    }

    @Test
    void aClientKnowsItsServer() throws Exception {
        NamedPipePeer server = Await.get(two.connect(two.client()).peer());

        assertThat(server.processId()).isEqualTo(SimulatedKernel.SELF.id());
        assertThat(server.userSid()).isEqualTo(SimulatedKernel.USER_SID);
        assertThat(server.isElevated()).isFalse();
        assertThat(server.integrity()).isEqualTo(NamedPipeIntegrity.MEDIUM);
        assertThat(server.evidence()).isEqualTo(Evidence.PROCESS);
    }

    /** A process of this computer may have the same id. */
    @Test
    void aClientOnAnotherComputerIsNotLookedUp() throws Exception {
        SimulatedProcess far = SimulatedProcess.of(SimulatedKernel.SELF.id(), ALICE.userSid(), ALICE.userName())
                .on("FAR");
        bind(far);
        NamedPipeChannel channel = two.connect(two.client());
        NamedPipePeer client = Await.get(Await.next(two.accepted).peer());

        assertThat(client.computerName()).isEqualTo("FAR");
        assertThat(client.processId()).isEqualTo(SimulatedKernel.SELF.id());
        assertThat(client.evidence()).isEqualTo(Evidence.NONE);
        assertThat(client.userSid()).isNull();
        assertThat(client.groupSids()).isEmpty();
        assertThat(client.integrity()).isNull();
        assertThat(two.kernel.calls("OpenProcessToken")).isZero();
        channel.close();
    }

    @Test
    void aClientWithoutAComputerNameIsNotLookedUp() throws Exception {
        two.kernel.faults().on("GetNamedPipeClientComputerName").fail(Win32Error.ERROR_NOT_SUPPORTED);
        two.connect(two.client());
        NamedPipePeer client = Await.get(Await.next(two.accepted).peer());

        assertThat(client.computerName()).isEmpty();
        assertThat(client.evidence()).isEqualTo(Evidence.NONE);
    }

    @Test
    void aServerOnAnotherComputerIsNotLookedUp() throws Exception {
        two.kernel.addHost("far");
        var client = (NamedPipeChannel) Await.channel(two.client()
                .option(NamedPipeChannelOption.ALLOW_REMOTE, true)
                .connect(NamedPipeAddress.of("far", two.name.name())));
        NamedPipePeer server = Await.get(client.peer());

        assertThat(server.computerName()).isEqualTo("far");
        assertThat(server.evidence()).isEqualTo(Evidence.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "OpenProcess, ERROR_ACCESS_DENIED, NONE",
        "ProcessCreationTime, ERROR_ACCESS_DENIED, NONE",
        "OpenProcessToken, ERROR_ACCESS_DENIED, NONE",
        "TokenInformation, ERROR_ACCESS_DENIED, NONE",
        "QueryPipe, ERROR_PIPE_NOT_CONNECTED, NONE",
        "QueryPipe, ERROR_NOT_SUPPORTED, NONE",
        "AccountName, ERROR_NONE_MAPPED, PROCESS"
    })
    void aPeerWhoseLookUpFailsIsUnknown(String call, String error, Evidence evidence) throws Exception {
        int code = Win32Error.class.getField(error).getInt(null);
        two.connect(two.client());
        NamedPipeChannel server = Await.next(two.accepted);
        two.kernel.faults().on(call).fail(code);

        NamedPipePeer client = Await.get(server.peer());

        assertThat(client.evidence()).isEqualTo(evidence);
        assertThat(client.processId()).isEqualTo(ALICE.id());
        assertThat(client.userName()).isNull();
    }

    @Test
    void withoutItsProcessIdAClientIsUnknown() throws Exception {
        two.connect(two.client());
        NamedPipeChannel server = Await.next(two.accepted);
        two.kernel.faults().on("GetNamedPipeClientProcessId").fail(Win32Error.ERROR_NOT_FOUND);
        two.kernel.faults().on("GetNamedPipeClientSessionId").fail(Win32Error.ERROR_NOT_FOUND);

        NamedPipePeer client = Await.get(server.peer());

        assertThat(client.processId()).isEqualTo(-1);
        assertThat(client.sessionId()).isEqualTo(-1);
        assertThat(client.evidence()).isEqualTo(Evidence.NONE);
    }

    @Test
    void aClosedChannelHasNoPeer() throws Exception {
        NamedPipeChannel client = two.connect(two.client());
        Await.get(client.close());

        assertThat(Await.failure(client.peer())).isInstanceOf(ClosedChannelException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, UNTRUSTED", "4096, LOW", "8191, LOW", "8192, MEDIUM", "8448, MEDIUM", "12288, HIGH", "20480, SYSTEM"
    })
    void idsBelongToTheHighestIntegrityLevelBelow(int id, NamedPipeIntegrity level) {
        assertThat(NamedPipeIntegrity.of(id)).isEqualTo(level);
    }
}
