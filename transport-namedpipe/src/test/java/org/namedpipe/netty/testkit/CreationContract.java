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
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_FILE_NOT_FOUND;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_INVALID_HANDLE;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_INVALID_NAME;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_INVALID_PARAMETER;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_BUSY;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_CONNECTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_LISTENING;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_NOT_CONNECTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;
import static org.namedpipe.netty.testkit.PipeFixture.NO_HANDLE;
import static org.namedpipe.netty.testkit.Source.Kind.LEARN;
import static org.namedpipe.netty.testkit.Source.Kind.REACTOS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_KERNEL32_TESTS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_NTDLL_TESTS;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/** Creating instances and opening client ends: names, limits, directions, security descriptors. */
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
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void aNameOutsideThePipeFileSystemIsInvalid() {
        assertThat(k().createNamedPipe("orders", PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1, 0, 0, 0, 0))
                .isEqualTo(-ERROR_INVALID_NAME);
        assertThat(k().createNamedPipe("C:\\orders", PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1, 0, 0, 0, 0))
                .isEqualTo(-ERROR_INVALID_NAME);
    }

    @Test
    @Source(
            value = WINE_NTDLL_TESTS,
            at = "pipe.c test_pipe_names",
            model = "a name that goes on behind that of a pipe is ERROR_INVALID_NAME, as on ReactOS")
    default void aNameMayHaveParts() {
        String path = pipes().path + "\\sql\\query";
        pipes().own(k().createNamedPipe(path, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1, 0, 0, 0, 0));
        assertThat(pipes().tryClient(GENERIC_READ)).isEqualTo(-ERROR_FILE_NOT_FOUND);
        assertThat(k().createFile(pipes().path + "\\sql", GENERIC_READ, FILE_FLAG_OVERLAPPED))
                .isEqualTo(-ERROR_FILE_NOT_FOUND);
        pipes().own(k().createFile(path, GENERIC_READ | GENERIC_WRITE, FILE_FLAG_OVERLAPPED));
    }

    @Test
    @Source(value = LEARN, at = "CreateNamedPipeW")
    default void theFlagsOfAGuardedServerAreAccepted() {
        int open = PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE;
        pipes().own(pipes().tryServer(open, PIPE_REJECT_REMOTE_CLIENTS, PIPE_UNLIMITED_INSTANCES, 0));
        pipes().own(pipes().tryServer(PIPE_ACCESS_DUPLEX, PIPE_REJECT_REMOTE_CLIENTS, PIPE_UNLIMITED_INSTANCES, 0));
    }

    @Test
    @Source(value = LEARN, at = "CreateNamedPipeW")
    default void namesIgnoreCase() {
        pipes().server(0);
        String shouting = "\\\\.\\PIPE\\" + pipes().path.substring(9).toUpperCase(Locale.ROOT);
        pipes().own(k().createFile(shouting, GENERIC_READ, FILE_FLAG_OVERLAPPED));
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void aNameMayHoldWhatTheNameOfAFileMayNot() {
        String path = pipes().path + "<>*?|\"/b";
        int open = PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED;
        pipes().own(k().createNamedPipe(path, open, 0, 1, 0, 0, 0, 0));
        pipes().own(k().createFile(path, GENERIC_READ, FILE_FLAG_OVERLAPPED));
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void aNameWithoutServerIsNotFound() {
        assertThat(pipes().tryClient(GENERIC_READ)).isEqualTo(-ERROR_FILE_NOT_FOUND);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void theNameGoesWithItsLastServer() {
        long first = pipes().server(0);
        long second = pipes().server(0);
        pipes().closeHandle(first);
        pipes().closeHandle(pipes().client());
        pipes().closeHandle(second);
        assertThat(pipes().tryClient(GENERIC_READ)).isEqualTo(-ERROR_FILE_NOT_FOUND);
    }

    /** An instance ends with its server end, and the name with the last one. Windows XP waited for the clients' ends too. */
    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void theNameGoesWithItsLastServerThoughAClientStays() {
        long server = pipes().own(pipes().tryServer(PIPE_ACCESS_DUPLEX, 0, 1, PipeFixture.QUOTA));
        pipes().client();
        pipes().closeHandle(server);
        assertThat(pipes().tryClient(GENERIC_READ)).isEqualTo(-ERROR_FILE_NOT_FOUND);
        int first = PIPE_ACCESS_INBOUND | FILE_FLAG_FIRST_PIPE_INSTANCE;
        pipes().own(pipes().tryServer(first, PipeFixture.MESSAGE, 1, PipeFixture.QUOTA));
        assertThat(pipes().tryServer(PIPE_ACCESS_INBOUND, PipeFixture.MESSAGE, 1, PipeFixture.QUOTA))
                .isEqualTo(-ERROR_PIPE_BUSY);
    }

    /** Of several instances, one whose server end is closed makes room for another. */
    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void anInstanceMakesRoomThoughItsClientStays() {
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

    /** As go-winio owns its names. What DisconnectNamedPipe returns for the instance tells Windows and Wine apart. */
    @Test
    @Source(
            value = WINE_NTDLL_TESTS,
            at = "pipe.c test_create_invalid",
            windows = "no client can join the instance, as go-winio relies on",
            wine = "the instance listens")
    default void anInstanceWithoutDataAccessHoldsTheName() {
        for (int direction : new int[] {PIPE_ACCESS_DUPLEX, PIPE_ACCESS_INBOUND, PIPE_ACCESS_OUTBOUND}) {
            for (int mode : new int[] {0, PipeFixture.MESSAGE}) {
                long server = pipes().own(pipes().tryServer(direction, mode, 2, PipeFixture.QUOTA));
                long holder = pipes().own(k().holdNamedPipe(pipes().path, direction, mode));
                int code = k().disconnectNamedPipe(holder);
                assertThat(code).isIn(ERROR_PIPE_NOT_CONNECTED, ERROR_PIPE_LISTENING);
                pipes().closeHandle(server);
                long client = pipes().tryClient(direction == PIPE_ACCESS_INBOUND ? GENERIC_WRITE : GENERIC_READ);
                assertThat(Math.min(client, 0)).isEqualTo(code == ERROR_PIPE_LISTENING ? 0 : -ERROR_PIPE_BUSY);
                pipes().closeHandle(holder);
            }
        }
    }

    @Test
    @Source(value = REACTOS, at = "create.c NpCreateExistingNamedPipe")
    default void aNameIsHeldInItsOwnDirection() {
        pipes().server(0);
        assertThat(k().holdNamedPipe(pipes().path, PIPE_ACCESS_INBOUND, 0)).isEqualTo(-ERROR_ACCESS_DENIED);
    }

    @Test
    @Source(value = REACTOS, at = "create.c NpCreateExistingNamedPipe")
    default void aHeldNameCountsAsAnInstance() {
        pipes().own(pipes().tryServer(PIPE_ACCESS_DUPLEX, 0, 1, 0));
        assertThat(k().holdNamedPipe(pipes().path, PIPE_ACCESS_DUPLEX, 0)).isEqualTo(-ERROR_PIPE_BUSY);
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
    default void aClientThatTransfersNothingTakesAnInstanceToo() {
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
    default void anEndCannotDoWhatItWasNotOpenedFor() {
        long server = pipes().own(pipes().tryServer(PIPE_ACCESS_OUTBOUND, 0, 1, PipeFixture.QUOTA));
        long client = pipes().own(pipes().tryClient(GENERIC_READ));
        pipes().read(server, 1).returns(ERROR_ACCESS_DENIED);
        pipes().write(client, "x").returns(ERROR_ACCESS_DENIED);
        pipes().skip(pipes().associate(server, 1));
        pipes().write(server, "x").succeeds();
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_impersonation")
    default void aClientMayLimitWhatTheServerDoesInItsName() {
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
    default void nonsenseIsNoSecurityDescriptor() {
        assertThat(k().createSecurityDescriptor("nonsense")).isNegative();
    }

    @Test
    @Source(value = LEARN, at = "GetTokenInformation")
    default void theCurrentUserHasASid() throws WindowsException {
        assertThat(k().currentUserSid()).matches("S-1-(5|12-1)-[-0-9]+");
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c read_pipe_test")
    default void aNumberThatIsNoHandleIsInvalid() {
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
