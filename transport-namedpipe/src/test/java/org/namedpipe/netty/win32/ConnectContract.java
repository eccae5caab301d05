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
package org.namedpipe.netty.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.namedpipe.netty.win32.Win32Error.ERROR_BROKEN_PIPE;
import static org.namedpipe.netty.win32.Win32Error.ERROR_INVALID_FUNCTION;
import static org.namedpipe.netty.win32.Win32Error.ERROR_NOT_FOUND;
import static org.namedpipe.netty.win32.Win32Error.ERROR_NO_DATA;
import static org.namedpipe.netty.win32.Win32Error.ERROR_PIPE_CONNECTED;
import static org.namedpipe.netty.win32.Win32Error.ERROR_PIPE_NOT_CONNECTED;
import static org.namedpipe.netty.win32.Win32Error.ERROR_SUCCESS;

import org.junit.jupiter.api.Test;

/** ConnectNamedPipe and DisconnectNamedPipe. */
interface ConnectContract extends FixtureUser {

    @Test
    default void aConnectPendsUntilAClientOpens() {
        long server = pipes().listener();
        Io connect = pipes().connect(server).pends();
        pipes().assertNoPacket();
        pipes().client();
        assertThat(pipes().await(connect)).isEqualTo(new Packet(PipeFixture.SERVER_KEY, connect.address(), 0, 0));
        pipes().connect(server).returns(ERROR_PIPE_CONNECTED);
    }

    @Test
    default void aClientMayOpenBeforeConnect() {
        long server = pipes().listener();
        long client = pipes().client();
        pipes().associate(client, PipeFixture.CLIENT_KEY);
        pipes().write(client, "early").succeeds();
        pipes().connect(server).returns(ERROR_PIPE_CONNECTED);
        assertThat(pipes().readText(server, 16)).isEqualTo("early");
        pipes().await();
        pipes().assertNoPacket();
    }

    @Test
    default void aClientThatCameAndWentIsNoData() {
        long server = pipes().listener();
        pipes().closeHandle(pipes().client());
        pipes().connect(server).returns(ERROR_NO_DATA);
        pipes().read(server, 1).returns(ERROR_BROKEN_PIPE);
        pipes().assertNoPacket();
    }

    @Test
    default void whatAClientThatCameAndWentLeftIsRead() {
        long server = pipes().listener();
        long client = pipes().skip(pipes().associate(pipes().client(), PipeFixture.CLIENT_KEY));
        pipes().write(client, "farewell").succeeds();
        pipes().closeHandle(client);
        pipes().connect(server).returns(ERROR_NO_DATA);
        assertThat(pipes().readText(server, 4)).isEqualTo("fare");
        assertThat(pipes().readText(server, 16)).isEqualTo("well");
        pipes().read(server, 1).returns(ERROR_BROKEN_PIPE);
    }

    @Test
    default void aClientThatComesAndGoesCompletesAConnect() {
        long server = pipes().listener();
        Io connect = pipes().connect(server).pends();
        pipes().closeHandle(pipes().client());
        assertThat(pipes().await(connect).status()).isEqualTo(Packet.STATUS_SUCCESS);
        pipes().read(server, 1).returns(ERROR_BROKEN_PIPE);
        pipes().connect(server).returns(ERROR_NO_DATA);
    }

    @Test
    default void onlyAServerEndConnects() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().connect(pair.client()).returns(ERROR_INVALID_FUNCTION);
    }

    @Test
    default void aCancelledConnectLeavesTheInstanceListening() {
        long server = pipes().listener();
        Io connect = pipes().connect(server).pends();
        assertThat(k().cancelIoEx(server, connect.address())).isEqualTo(ERROR_SUCCESS);
        assertThat(pipes().await(connect).status()).isEqualTo(Packet.STATUS_CANCELLED);
        assertThat(k().cancelIoEx(server, connect.address())).isEqualTo(ERROR_NOT_FOUND);
        Io again = pipes().connect(server).pends();
        pipes().client();
        assertThat(pipes().await(again).status()).isEqualTo(Packet.STATUS_SUCCESS);
    }

    @Test
    default void closingAnInstanceEndsItsConnectWithAnError() {
        long server = pipes().listener();
        Io connect = pipes().connect(server).pends();
        pipes().closeHandle(server);
        assertThat(pipes().await(connect).status()).isNotEqualTo(Packet.STATUS_SUCCESS);
        pipes().assertNoPacket();
    }

    @Test
    default void aDisconnectedInstanceServesAgainOnTheSamePort() {
        long server = pipes().listener();
        for (int i = 0; i < 3; i++) {
            Io connect = pipes().connect(server).pends();
            long client = pipes().skip(pipes().associate(pipes().client(), PipeFixture.CLIENT_KEY));
            pipes().await(connect);
            pipes().write(client, "round " + i).succeeds();
            assertThat(pipes().readText(server, 16)).isEqualTo("round " + i);
            assertThat(k().disconnectNamedPipe(server)).isEqualTo(ERROR_SUCCESS);
            pipes().assertNoPacket();
            pipes().closeHandle(client);
        }
    }

    @Test
    default void anInstanceDisconnectsOnce() {
        PipeFixture.Pair pair = pipes().bytes();
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_PIPE_NOT_CONNECTED);
    }

    @Test
    default void aDisconnectDiscardsWhatWasNotRead() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().write(pair.server(), "lost").succeeds();
        pipes().write(pair.client(), "lost").succeeds();
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        pipes().read(pair.client(), 8).returns(ERROR_PIPE_NOT_CONNECTED);
        pipes().read(pair.server(), 8).returns(ERROR_PIPE_NOT_CONNECTED);
    }

    @Test
    default void aDisconnectEndsPendingReadsAtBothEnds() {
        PipeFixture.Pair pair = pipes().bytes();
        Io atServer = pipes().read(pair.server(), 8).pends();
        Io atClient = pipes().read(pair.client(), 8).pends();
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        pipes().await();
        pipes().await();
        assertThat(atServer.status()).isEqualTo(Packet.STATUS_PIPE_DISCONNECTED);
        assertThat(atClient.status()).isEqualTo(Packet.STATUS_PIPE_DISCONNECTED);
    }

    @Test
    default void aClientLeftBehindByADisconnectDoesNotSeeTheNextOne() {
        PipeFixture.Pair pair = pipes().bytes();
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        Io connect = pipes().connect(pair.server()).pends();
        long next = pipes().skip(pipes().associate(pipes().client(), 3));
        pipes().await(connect);
        pipes().write(pair.server(), "to the next").succeeds();
        pipes().read(pair.client(), 16).returns(ERROR_PIPE_NOT_CONNECTED);
        assertThat(pipes().readText(next, 16)).isEqualTo("to the next");
    }
}
