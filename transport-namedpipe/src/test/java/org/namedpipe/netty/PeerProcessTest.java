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

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.NamedPipePeer.Evidence;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedProcess;

/** A process is the peer only if it is proved to have connected. */
class PeerProcessTest {
    private static final SimulatedProcess IMPOSTOR = SimulatedProcess.of(
                    ALICE.id(), "S-1-5-21-1-2-3-500", "SIMULATED\\admin")
            .asAdministrator();

    private final TwoSimulatedProcesses two = new TwoSimulatedProcesses(ALICE);

    @AfterEach
    void close() {
        two.close();
    }

    private ServerBootstrap server(NamedPipeAccess access) {
        return two.server(ChannelInboundHandlerAdapter::new)
                .option(NamedPipeChannelOption.SECURITY, NamedPipeSecurity.everyone())
                .option(NamedPipeChannelOption.PIPE_ACCESS, access)
                .childOption(ChannelOption.AUTO_READ, false);
    }

    /** Returns a client that does not read, so that it stays open when its server closes. */
    private Bootstrap client(NamedPipeAccess access) {
        return two.client().option(NamedPipeChannelOption.PIPE_ACCESS, access).option(ChannelOption.AUTO_READ, false);
    }

    /** Connects, and returns the server's end. */
    private NamedPipeChannel accepted(NamedPipeAccess access) throws Exception {
        Await.get(server(access).bind(two.name));
        two.connect(client(access));
        return Await.next(two.accepted);
    }

    private NamedPipePeer peer(NamedPipeChannel channel) throws Exception {
        NamedPipePeer peer = Await.get(channel.peer());
        assertThat(two.kernel.describeOpenHandles())
                .noneMatch(handle -> handle.contains("Token") || handle.contains("Running"));
        return peer;
    }

    /** The client's process ends while its end of the pipe stays open, and another process gets its id. */
    private void reuseTheId() {
        two.kernel.processExited(ALICE);
        two.kernel.as(IMPOSTOR);
    }

    private static void assertUnknown(NamedPipePeer peer) {
        assertThat(peer.evidence()).isEqualTo(Evidence.NONE);
        assertThat(peer.userSid()).isNull();
        assertThat(peer.isElevated()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void bothEndsOfAPipeKnowThePeer(NamedPipeAccess access) throws Exception {
        Await.get(server(access).bind(two.name));
        NamedPipeChannel client = two.connect(client(access));

        assertThat(peer(Await.next(two.accepted)).evidence()).isEqualTo(Evidence.PROCESS);
        assertThat(peer(client).evidence()).isEqualTo(Evidence.PROCESS);
    }

    @ParameterizedTest
    @EnumSource
    void aPeerThatHasClosedIsUnknown(NamedPipeAccess access) throws Exception {
        Await.get(server(access).bind(two.name));
        NamedPipeChannel client = two.connect(client(access));
        NamedPipeChannel server = Await.next(two.accepted);
        Await.get(client.close());
        assertUnknown(peer(server));

        client = two.connect(client(access));
        Await.get(Await.next(two.accepted).close());
        assertUnknown(peer(client));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Win32Error.ERROR_ACCESS_DENIED,
                Win32Error.ERROR_NO_DATA,
                Win32Error.ERROR_INVALID_FUNCTION,
                Win32Error.ERROR_NOT_ENOUGH_MEMORY
            })
    void aServerWithoutTheConnectionTimeDoesNotKnowItsClient(int code) throws Exception {
        NamedPipeChannel server = accepted(NamedPipeAccess.OUTBOUND);
        two.kernel.faults().on("ConnectNamedPipe").handle(server.handle()).fail(code);

        assertUnknown(peer(server));
    }

    @Test
    void aLookUpDuringADisconnectDoesNotListenAgain() throws Exception {
        NamedPipeChannel server = accepted(NamedPipeAccess.OUTBOUND);
        var disconnected = Await.get(server.eventLoop().submit(() -> {
            var closing = server.disconnectAndDiscard();
            server.peer();
            return closing;
        }));

        Await.get(disconnected);
    }

    @Test
    void aProcessThatStartedAfterTheConnectionIsNotThePeer() throws Exception {
        NamedPipeChannel server = accepted(NamedPipeAccess.DUPLEX);
        reuseTheId();

        NamedPipePeer peer = peer(server);

        assertUnknown(peer);
        assertThat(peer.processId()).isEqualTo(IMPOSTOR.id());
        assertThat(two.kernel.calls("OpenProcessToken")).isZero();
    }

    /** The time of the connection counts, not that of the accept. */
    @Test
    void aProcessThatStartedBeforeTheAcceptIsNotThePeer() throws Exception {
        var listening = server(NamedPipeAccess.DUPLEX)
                .option(ChannelOption.AUTO_READ, false)
                .bind(two.name);
        Await.get(listening);
        two.connect(client(NamedPipeAccess.DUPLEX));
        two.kernel.awaitIdle(2);
        reuseTheId();
        listening.channel().read();

        assertUnknown(peer(Await.next(two.accepted)));
    }

    @Test
    void aServerWhoseProcessIdIsReusedIsUnknown() throws Exception {
        Await.get(server(NamedPipeAccess.DUPLEX).bind(two.name));
        NamedPipeChannel client = two.connect(client(NamedPipeAccess.DUPLEX));
        SimulatedProcess self = SimulatedKernel.SELF;
        two.kernel.processExited(self);
        two.kernel.as(self.asAdministrator());

        assertUnknown(peer(client));
    }

    @Test
    void afterTheClockIsSetBackTheClientIsUnknown() throws Exception {
        NamedPipeChannel server = accepted(NamedPipeAccess.DUPLEX);
        two.kernel.moveClock(-3600);
        reuseTheId();

        assertUnknown(peer(server));
    }

    @Test
    void afterTheClockIsSetForwardTheClientIsKnown() throws Exception {
        NamedPipeChannel server = accepted(NamedPipeAccess.DUPLEX);
        two.kernel.moveClock(3600);

        assertThat(peer(server).evidence()).isEqualTo(Evidence.PROCESS);
    }
}
