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
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_FLAG_FIRST_PIPE_INSTANCE;
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_FLAG_OVERLAPPED;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_READ;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_WRITE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_DUPLEX;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_INBOUND;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_OUTBOUND;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_READMODE_MESSAGE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_REJECT_REMOTE_CLIENTS;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_TYPE_MESSAGE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_UNLIMITED_INSTANCES;
import static org.namedpipe.netty.internal.win32.Win32Constants.SECURITY_IDENTIFICATION;
import static org.namedpipe.netty.internal.win32.Win32Constants.SECURITY_SQOS_PRESENT;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_ACCESS_DENIED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_INVALID_HANDLE;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_INVALID_PARAMETER;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_BUSY;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_CONNECTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;
import static org.namedpipe.netty.testkit.PipeFixture.NO_HANDLE;
import static org.namedpipe.netty.testkit.Source.Kind.LEARN;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_KERNEL32_TESTS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_NTDLL_TESTS;

import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/** Creating instances and opening client ends: limits, directions, flags, security descriptors. */
interface CreationContract extends FixtureUser {

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe_instances_must_match")
    default void theFirstInstanceSetsTheLimit() {
        pipes().own(pipes().tryServer(PIPE_ACCESS_DUPLEX, 0, 2, 0));
        pipes().own(pipes().tryServer(PIPE_ACCESS_DUPLEX, 0, 2, 0));
        assertThat(pipes().tryServer(PIPE_ACCESS_DUPLEX, 0, 2, 0)).isEqualTo(-ERROR_PIPE_BUSY);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe_instances_must_match")
    default void instancesOfOneNameHaveOneDirection() {
        pipes().own(pipes().tryServer(PIPE_ACCESS_DUPLEX, 0, PIPE_UNLIMITED_INSTANCES, 0));
        assertThat(pipes().tryServer(PIPE_ACCESS_INBOUND, 0, PIPE_UNLIMITED_INSTANCES, 0))
                .isEqualTo(-ERROR_ACCESS_DENIED);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void aFullPipeIsBusyWhateverTheDirectionOfAFurtherInstance() {
        pipes().own(pipes().tryServer(PIPE_ACCESS_OUTBOUND, 0, 1, 0));
        assertThat(pipes().tryServer(PIPE_ACCESS_INBOUND, 0, 1, 0)).isEqualTo(-ERROR_PIPE_BUSY);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe_instances_must_match")
    default void instancesOfOneNameMayDifferInTypeLimitAndQuota() {
        pipes().own(pipes().tryServer(PIPE_ACCESS_DUPLEX, 0, 4, PipeFixture.QUOTA));
        pipes().own(pipes().tryServer(PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE, 3, 102));
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_create_invalid")
    default void aPipeNeedsADirection() {
        assertThat(pipes().tryServer(0, 0, 1, 0)).isEqualTo(-ERROR_INVALID_PARAMETER);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void aByteTypePipeHasNoMessageReadMode() {
        assertThat(pipes().tryServer(PIPE_ACCESS_DUPLEX, PIPE_READMODE_MESSAGE, 1, 0))
                .isEqualTo(-ERROR_INVALID_PARAMETER);
    }

    @Test
    @Source(value = LEARN, at = "CreateNamedPipeW")
    default void theFlagsOfAGuardedServerAreAccepted() {
        int open = PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE;
        pipes().own(pipes().tryServer(open, PIPE_REJECT_REMOTE_CLIENTS, PIPE_UNLIMITED_INSTANCES, 0));
        pipes().own(pipes().tryServer(PIPE_ACCESS_DUPLEX, PIPE_REJECT_REMOTE_CLIENTS, PIPE_UNLIMITED_INSTANCES, 0));
    }

    /** A new instance may replace one whose server end is closed. */
    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void anInstanceIsNotCountedAfterItsServerEndCloses() {
        long first = pipes().own(pipes().tryServer(PIPE_ACCESS_DUPLEX, 0, 2, PipeFixture.QUOTA));
        pipes().own(pipes().tryServer(PIPE_ACCESS_DUPLEX, 0, 2, PipeFixture.QUOTA));
        pipes().client();
        assertThat(pipes().tryServer(PIPE_ACCESS_DUPLEX, 0, 2, PipeFixture.QUOTA))
                .isEqualTo(-ERROR_PIPE_BUSY);
        pipes().closeHandle(first);
        pipes().own(pipes().tryServer(PIPE_ACCESS_DUPLEX, 0, 2, PipeFixture.QUOTA));
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void anInstanceTakesOneClient() {
        pipes().server(0);
        pipes().client();
        assertThat(pipes().tryClient(GENERIC_READ)).isEqualTo(-ERROR_PIPE_BUSY);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void anInstanceThatServedItsClientIsBusyUntilItListensAgain() {
        long server = pipes().server(0);
        pipes().closeHandle(pipes().client());
        assertThat(pipes().tryClient(GENERIC_READ)).isEqualTo(-ERROR_PIPE_BUSY);
        assertThat(k().disconnectNamedPipe(server)).isEqualTo(ERROR_SUCCESS);
        assertThat(pipes().tryClient(GENERIC_READ)).isEqualTo(-ERROR_PIPE_BUSY);
        pipes().associate(server, PipeFixture.SERVER_KEY);
        Io connect = pipes().connect(server).pends();
        pipes().client();
        pipes().await(connect);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_multiple_instances")
    default void aClientJoinsTheInstanceThatHasListenedLongest() {
        long first = pipes().listener();
        long second = pipes().listener();
        Io later = pipes().connect(second).pends();
        long client = pipes().client();
        pipes().connect(first).returns(ERROR_PIPE_CONNECTED);
        pipes().closeHandle(client);
        assertThat(k().disconnectNamedPipe(first)).isEqualTo(ERROR_SUCCESS);
        Io last = pipes().connect(first).pends();
        pipes().client();
        pipes().await(later);
        pipes().assertNoPacket();
        pipes().client();
        pipes().await(last);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void aClientWithoutDataAccessTakesAnInstance() {
        pipes().own(pipes().tryServer(PIPE_ACCESS_OUTBOUND, 0, 1, 0));
        pipes().own(pipes().tryClient(0));
        assertThat(pipes().tryClient(0)).isEqualTo(-ERROR_PIPE_BUSY);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_create")
    default void aClientMustFitTheDirection() {
        pipes().own(pipes().tryServer(PIPE_ACCESS_INBOUND, 0, PIPE_UNLIMITED_INSTANCES, 0));
        assertThat(pipes().tryClient(GENERIC_READ)).isEqualTo(-ERROR_ACCESS_DENIED);
        assertThat(pipes().tryClient(GENERIC_READ | GENERIC_WRITE)).isEqualTo(-ERROR_ACCESS_DENIED);
        pipes().own(pipes().tryClient(GENERIC_WRITE));
    }

    @Test
    @Source(value = LEARN, at = "ReadFile, WriteFile")
    default void anEndCannotReadOrWriteWithoutThatAccess() {
        long server = pipes().own(pipes().tryServer(PIPE_ACCESS_OUTBOUND, 0, 1, PipeFixture.QUOTA));
        long client = pipes().own(pipes().tryClient(GENERIC_READ));
        pipes().read(server, 1).returns(ERROR_ACCESS_DENIED);
        pipes().write(client, "x").returns(ERROR_ACCESS_DENIED);
        pipes().skip(pipes().associate(server, 1));
        pipes().write(server, "x").succeeds();
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_impersonation")
    default void aClientMayLimitImpersonation() {
        pipes().server(0);
        int flags = FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION;
        pipes().own(k().createFile(pipes().path, GENERIC_READ | GENERIC_WRITE, flags));
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_security_info")
    default void anInstanceTakesASecurityDescriptor() throws WindowsException {
        long descriptor = k().createSecurityDescriptor("D:P(A;;GA;;;" + k().currentUserSid() + ")(A;;0x12019b;;;WD)");
        assertThat(descriptor).isPositive();
        int open = PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED;
        pipes().own(k().createNamedPipe(pipes().path, open, 0, 1, 0, 0, 0, descriptor));
        k().freeSecurityDescriptor(descriptor);
        pipes().client();
    }

    @Test
    @Source(value = LEARN, at = "ConvertStringSecurityDescriptorToSecurityDescriptorW")
    default void anInvalidTextIsNotASecurityDescriptor() {
        assertThat(k().createSecurityDescriptor("nonsense")).isNegative();
    }

    @Test
    @Source(value = LEARN, at = "GetTokenInformation")
    default void theCurrentUserHasASid() throws WindowsException {
        assertThat(k().currentUserSid()).matches("S-1-(5|12-1)-[-0-9]+");
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c read_pipe_test")
    default void anInvalidHandleIsRefused() {
        assertThat(k().closeHandle(NO_HANDLE)).isEqualTo(ERROR_INVALID_HANDLE);
        pipes().read(NO_HANDLE, 1).returns(ERROR_INVALID_HANDLE);
        pipes().write(NO_HANDLE, "x").returns(ERROR_INVALID_HANDLE);
        pipes().connect(NO_HANDLE).returns(ERROR_INVALID_HANDLE);
        assertThat(k().disconnectNamedPipe(NO_HANDLE)).isEqualTo(ERROR_INVALID_HANDLE);
        assertThat(pipes().available(NO_HANDLE)).isEqualTo(-ERROR_INVALID_HANDLE);
        assertThat(k().cancelIoEx(NO_HANDLE, 0)).isEqualTo(ERROR_INVALID_HANDLE);
        assertThat(k().associate(NO_HANDLE, pipes().port, 1)).isEqualTo(ERROR_INVALID_HANDLE);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "error.c run_error_tests")
    default void statusesHaveTheirWin32Codes() {
        assertThat(k().ntStatusToWin32(Packet.STATUS_SUCCESS)).isEqualTo(ERROR_SUCCESS);
        assertThat(k().ntStatusToWin32(Overlapped.STATUS_PENDING)).isEqualTo(Win32Error.ERROR_IO_PENDING);
        assertThat(k().ntStatusToWin32(Packet.STATUS_BUFFER_OVERFLOW)).isEqualTo(Win32Error.ERROR_MORE_DATA);
        assertThat(k().ntStatusToWin32(Packet.STATUS_CANCELLED)).isEqualTo(Win32Error.ERROR_OPERATION_ABORTED);
        assertThat(k().ntStatusToWin32(Packet.STATUS_PIPE_BROKEN)).isEqualTo(Win32Error.ERROR_BROKEN_PIPE);
        assertThat(k().ntStatusToWin32(Packet.STATUS_PIPE_DISCONNECTED)).isEqualTo(Win32Error.ERROR_PIPE_NOT_CONNECTED);
    }
}
