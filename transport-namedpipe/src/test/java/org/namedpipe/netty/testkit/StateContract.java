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
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_WRITE_ATTRIBUTES;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_READ;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_DUPLEX;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_INBOUND;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_READMODE_MESSAGE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_TYPE_MESSAGE;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_ACCESS_DENIED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_BAD_PIPE;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_BROKEN_PIPE;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_INVALID_PARAMETER;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_NO_DATA;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_CONNECTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_LISTENING;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_NOT_CONNECTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;
import static org.namedpipe.netty.testkit.Source.Kind.LEARN;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_KERNEL32_TESTS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_NTDLL_TESTS;

import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Overlapped;

/** The result of each call in each state of a pipe. */
interface StateContract extends FixtureUser {

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_DisconnectNamedPipe")
    default void aListeningInstanceTransfersNothing() {
        long server = pipes().listener();
        pipes().read(server, 1).returns(ERROR_PIPE_LISTENING);
        pipes().write(server, "x").returns(ERROR_PIPE_LISTENING);
        assertThat(pipes().available(server)).isEqualTo(-ERROR_BAD_PIPE);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_with_data_state")
    default void aConnectedPipeTransfersData() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().connect(pair.server()).returns(ERROR_PIPE_CONNECTED);
        assertThat(pipes().available(pair.server())).isZero();
        assertThat(pipes().available(pair.client())).isZero();
        pipes().read(pair.server(), 1).pends();
        pipes().write(pair.server(), "x").succeeds();
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CloseHandle")
    default void aServerReadsTheRestAfterItsClientClosed() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().write(pair.client(), "last").succeeds();
        pipes().closeHandle(pair.client());
        pipes().connect(pair.server()).returns(ERROR_NO_DATA);
        pipes().write(pair.server(), "x").returns(ERROR_NO_DATA);
        assertThat(pipes().available(pair.server())).isEqualTo(4);
        assertThat(pipes().readText(pair.server(), 8)).isEqualTo("last");
        assertThat(pipes().available(pair.server())).isEqualTo(-ERROR_BROKEN_PIPE);
        pipes().read(pair.server(), 8).returns(ERROR_BROKEN_PIPE);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CloseHandle")
    default void aClientReadsTheRestAfterItsServerClosed() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().write(pair.server(), "last").succeeds();
        pipes().closeHandle(pair.server());
        pipes().write(pair.client(), "x").returns(ERROR_NO_DATA);
        assertThat(pipes().available(pair.client())).isEqualTo(4);
        assertThat(pipes().readText(pair.client(), 8)).isEqualTo("last");
        assertThat(pipes().available(pair.client())).isEqualTo(-ERROR_BROKEN_PIPE);
        pipes().read(pair.client(), 8).returns(ERROR_BROKEN_PIPE);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_state")
    default void aDisconnectedServerTransfersNothingUntilItConnectsAgain() {
        PipeFixture.Pair pair = pipes().bytes();
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        pipes().read(pair.server(), 1).returns(ERROR_PIPE_NOT_CONNECTED);
        pipes().write(pair.server(), "x").returns(ERROR_PIPE_NOT_CONNECTED);
        assertThat(pipes().available(pair.server())).isEqualTo(-ERROR_BAD_PIPE);
        pipes().connect(pair.server()).pends();
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_state")
    default void aClientOfADisconnectedServerTransfersNothing() {
        PipeFixture.Pair pair = pipes().bytes();
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        pipes().read(pair.client(), 1).returns(ERROR_PIPE_NOT_CONNECTED);
        pipes().write(pair.client(), "x").returns(ERROR_PIPE_NOT_CONNECTED);
        assertThat(pipes().available(pair.client())).isEqualTo(-ERROR_PIPE_NOT_CONNECTED);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c pipe_for_each_state")
    default void aServerCanDisconnectAfterItsClientClosed() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().write(pair.client(), "lost").succeeds();
        pipes().closeHandle(pair.client());
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        pipes().read(pair.server(), 8).returns(ERROR_PIPE_NOT_CONNECTED);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c pipe_for_each_state")
    default void aDisconnectedClientStaysDisconnectedWhenItsServerCloses() {
        PipeFixture.Pair pair = pipes().bytes();
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        pipes().closeHandle(pair.server());
        pipes().read(pair.client(), 1).returns(ERROR_PIPE_NOT_CONNECTED);
        pipes().write(pair.client(), "x").returns(ERROR_PIPE_NOT_CONNECTED);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_ReadFile")
    default void aCallThatFailsLeavesItsStatusPending() {
        PipeFixture.Pair pair = pipes().bytes();
        assertThat(pipes().connect(pair.server()).returns(ERROR_PIPE_CONNECTED).status())
                .isEqualTo(Overlapped.STATUS_PENDING);
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        assertThat(pipes().read(pair.server(), 1)
                        .returns(ERROR_PIPE_NOT_CONNECTED)
                        .status())
                .isEqualTo(Overlapped.STATUS_PENDING);
        assertThat(pipes().write(pair.server(), "x")
                        .returns(ERROR_PIPE_NOT_CONNECTED)
                        .status())
                .isEqualTo(Overlapped.STATUS_PENDING);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void aQueryCountsUnreadBytes() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().write(pair.server(), "ab").succeeds();
        pipes().write(pair.server(), "cde").succeeds();
        assertThat(pipes().available(pair.client())).isEqualTo(5);
        assertThat(pipes().readText(pair.client(), 1)).isEqualTo("a");
        assertThat(pipes().available(pair.client())).isEqualTo(4);
        assertThat(pipes().available(pair.server())).isZero();
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_NamedPipeHandleState")
    default void aBytePipeHasNoMessageReadMode() {
        PipeFixture.Pair pair = pipes().bytes();
        assertThat(k().setNamedPipeHandleState(pair.client(), PIPE_READMODE_MESSAGE))
                .isEqualTo(ERROR_INVALID_PARAMETER);
        assertThat(k().setNamedPipeHandleState(pair.client(), 0)).isEqualTo(ERROR_SUCCESS);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CloseHandle")
    default void theReadModeMayChangeAfterThePeerHasClosed() {
        PipeFixture.Pair pair = pipes().messages();
        pipes().closeHandle(pair.server());
        assertThat(k().setNamedPipeHandleState(pair.client(), PIPE_READMODE_MESSAGE))
                .isEqualTo(ERROR_SUCCESS);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void theReadModeOfADisconnectedClientDoesNotChange() {
        PipeFixture.Pair pair = pipes().messages();
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        assertThat(k().setNamedPipeHandleState(pair.client(), PIPE_READMODE_MESSAGE))
                .isEqualTo(ERROR_PIPE_NOT_CONNECTED);
        assertThat(k().setNamedPipeHandleState(pair.server(), PIPE_READMODE_MESSAGE))
                .isEqualTo(ERROR_SUCCESS);
    }

    @Test
    @Source(value = LEARN, at = "SetNamedPipeHandleState", wine = "the right to read suffices")
    default void theReadModeChangesOnlyWithTheRightToWriteAttributes() {
        pipes().own(pipes().tryServer(PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE, 2, 0));
        long reader = pipes().own(pipes().tryClient(GENERIC_READ));
        assertThat(k().setNamedPipeHandleState(reader, PIPE_READMODE_MESSAGE))
                .isEqualTo(windowsOrWine(ERROR_ACCESS_DENIED, ERROR_SUCCESS));
        pipes().own(pipes().tryServer(PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE, 2, 0));
        long client = pipes().own(pipes().tryClient(GENERIC_READ | FILE_WRITE_ATTRIBUTES));
        assertThat(k().setNamedPipeHandleState(client, PIPE_READMODE_MESSAGE)).isEqualTo(ERROR_SUCCESS);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void aServerThatOnlyReadsCannotChangeItsReadMode() {
        long server = pipes().own(pipes().tryServer(PIPE_ACCESS_INBOUND, PIPE_TYPE_MESSAGE, 1, 0));
        assertThat(k().setNamedPipeHandleState(server, PIPE_READMODE_MESSAGE)).isEqualTo(ERROR_ACCESS_DENIED);
    }
}
