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
package org.namedpipe.netty.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_BROKEN_PIPE;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_INVALID_FUNCTION;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_NOT_FOUND;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_NOT_SUPPORTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_NO_DATA;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_CONNECTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_LISTENING;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_NOT_CONNECTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;
import static org.namedpipe.netty.testkit.Source.Kind.REACTOS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_KERNEL32_TESTS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_NTDLL_TESTS;

import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Overlapped;

/** ConnectNamedPipe and DisconnectNamedPipe. */
interface ConnectContract extends FixtureUser {

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_overlapped_error")
    default void aConnectPendsUntilAClientOpens() {
        long server = pipes().listener();
        Io connect = pipes().connect(server).pends();
        pipes().assertNoPacket();
        pipes().client();
        assertThat(pipes().await(connect)).isEqualTo(new Packet(PipeFixture.SERVER_KEY, connect.address(), 0, 0));
        pipes().connect(server).returns(ERROR_PIPE_CONNECTED);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_overlapped_error")
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
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_state")
    default void aConnectAfterTheClientClosedReturnsNoData() {
        long server = pipes().listener();
        pipes().closeHandle(pipes().client());
        pipes().connect(server).returns(ERROR_NO_DATA);
        pipes().read(server, 1).returns(ERROR_BROKEN_PIPE);
        pipes().assertNoPacket();
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_with_data_state")
    default void aServerThatConnectsLateReadsTheDataOfAClosedClient() {
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
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c pipe_for_each_state")
    default void aClientThatClosesSoonCompletesAConnect() {
        long server = pipes().listener();
        Io connect = pipes().connect(server).pends();
        pipes().closeHandle(pipes().client());
        assertThat(pipes().await(connect).status()).isEqualTo(Packet.STATUS_SUCCESS);
        pipes().read(server, 1).returns(ERROR_BROKEN_PIPE);
        pipes().connect(server).returns(ERROR_NO_DATA);
    }

    @Test
    @Source(value = REACTOS, at = "statesup.c NpSetConnectedPipeState")
    default void aClientEndsEveryConnectThatPends() {
        long server = pipes().listener();
        Io first = pipes().connect(server).pends();
        Io second = pipes().connect(server).pends();
        pipes().client();
        pipes().await();
        pipes().await();
        assertThat(first.status()).isEqualTo(Packet.STATUS_SUCCESS);
        assertThat(second.status()).isEqualTo(Packet.STATUS_SUCCESS);
    }

    @Test
    @Source(
            value = REACTOS,
            at = "fsctrl.c NpDisconnect",
            windows = "ERROR_INVALID_FUNCTION",
            wine = "ERROR_NOT_SUPPORTED")
    default void onlyAServerEndDisconnects() {
        PipeFixture.Pair pair = pipes().bytes();
        assertThat(k().disconnectNamedPipe(pair.client()))
                .isEqualTo(windowsOrWine(ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED));
        assertThat(pipes().available(pair.client())).isZero();
    }

    @Test
    @Source(
            value = REACTOS,
            at = "statesup.c NpSetDisconnectedPipeState",
            wine = "ERROR_PIPE_LISTENING, and the connect still pends")
    default void aDisconnectEndsAConnectThatPends() {
        long server = pipes().listener();
        Io connect = pipes().connect(server).pends();
        assertThat(k().disconnectNamedPipe(server)).isEqualTo(windowsOrWine(ERROR_SUCCESS, ERROR_PIPE_LISTENING));
        assertThat(connect.status())
                .isEqualTo(windowsOrWine(Packet.STATUS_PIPE_DISCONNECTED, Overlapped.STATUS_PENDING));
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void onlyAServerEndConnects() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().connect(pair.client()).returns(ERROR_INVALID_FUNCTION);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_cancelio")
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
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_wait_pipe")
    default void closingAnInstanceEndsItsConnectWithAnError() {
        long server = pipes().listener();
        Io connect = pipes().connect(server).pends();
        pipes().closeHandle(server);
        assertThat(pipes().await(connect).status()).isNotEqualTo(Packet.STATUS_SUCCESS);
        pipes().assertNoPacket();
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c serverThreadMain4")
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
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_DisconnectNamedPipe")
    default void aSecondDisconnectFails() {
        PipeFixture.Pair pair = pipes().bytes();
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_PIPE_NOT_CONNECTED);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_DisconnectNamedPipe")
    default void aDisconnectDiscardsUnreadData() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().write(pair.server(), "lost").succeeds();
        pipes().write(pair.client(), "lost").succeeds();
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        pipes().read(pair.client(), 8).returns(ERROR_PIPE_NOT_CONNECTED);
        pipes().read(pair.server(), 8).returns(ERROR_PIPE_NOT_CONNECTED);
    }

    @Test
    @Source(value = REACTOS, at = "statesup.c NpSetDisconnectedPipeState")
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
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_overlapped_transport")
    default void aDisconnectEndsPendingWritesAtBothEnds() {
        PipeFixture.Pair pair = pipes().bytes(0);
        Io atServer = pipes().write(pair.server(), "lost").pends();
        Io atClient = pipes().write(pair.client(), "lost").pends();
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        pipes().await();
        pipes().await();
        assertThat(atServer.status()).isEqualTo(Packet.STATUS_PIPE_DISCONNECTED);
        assertThat(atClient.status()).isEqualTo(Packet.STATUS_PIPE_DISCONNECTED);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c pipe_for_each_state")
    default void aDisconnectedClientDoesNotSeeTheNextClient() {
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
