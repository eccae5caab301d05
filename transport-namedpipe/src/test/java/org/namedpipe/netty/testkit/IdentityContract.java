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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_FLAG_OVERLAPPED;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_WRITE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_DUPLEX;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_BROKEN_PIPE;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_CANNOT_IMPERSONATE;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_INVALID_HANDLE;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_NONE_MAPPED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_NOT_FOUND;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_NO_TOKEN;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_NOT_CONNECTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;
import static org.namedpipe.netty.testkit.PipeFixture.NO_HANDLE;
import static org.namedpipe.netty.testkit.Source.Kind.LEARN;
import static org.namedpipe.netty.testkit.Source.Kind.NONE;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_KERNEL32_TESTS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_NTDLL_TESTS;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.DescriptorInformation;
import org.namedpipe.netty.internal.win32.TokenInformation;
import org.namedpipe.netty.win32.WindowsException;

/**
 * Processes of a pipe, tokens, accounts, owners and impersonation: the arguments, results and errors of the calls, within one
 * process. {@code TwoProcessesIT} tests them with two processes, and the tests with {@code TwoSimulatedProcesses} do so on the
 * model.
 */
interface IdentityContract extends FixtureUser {

    private void asked(long token, TokenQuestion question) throws WindowsException {
        assertThat(token).isPositive();
        try {
            question.ask(k().tokenInformation(token));
        } finally {
            assertThat(k().closeHandle(token)).isEqualTo(ERROR_SUCCESS);
        }
    }

    interface TokenQuestion {
        void ask(TokenInformation facts) throws WindowsException;
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_namedpipe_process_id")
    default void bothEndsAreOfThisProcess() throws WindowsException {
        PipeFixture.Pair pair = pipes().bytes();
        long self = k().getNamedPipeClientProcessId(pair.server());
        assertThat(self).isPositive();
        assertThat(k().getNamedPipeServerProcessId(pair.server())).isEqualTo(self);
        assertThat(k().getNamedPipeClientProcessId(pair.client())).isEqualTo(self);
        assertThat(k().getNamedPipeServerProcessId(pair.client())).isEqualTo(self);
        long session = k().getNamedPipeClientSessionId(pair.server());
        assertThat(session).isNotNegative();
        assertThat(k().getNamedPipeServerSessionId(pair.client())).isEqualTo(session);
        assertThat(k().getNamedPipeClientComputerName(pair.server())).isNull();

        long process = pipes().own(k().openProcess(self));
        asked(k().openProcessToken(process), facts -> {
            assertThat(facts.userSid()).isEqualTo(k().currentUserSid());
            assertThat(facts.sessionId()).isEqualTo((int) session);
            assertThat(facts.impersonationLevel()).isEqualTo(TokenInformation.PRIMARY);
            assertThat(facts.integrity()).isPositive();
            assertThat(facts.groupSids()).contains("S-1-1-0", k().currentLogonSid());
            assertThat(k().processTokenInformation()).isEqualTo(facts);
        });
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_namedpipe_process_id")
    default void theProcessesOfAPipeAreKnownAfterAnEndClosed() {
        PipeFixture.Pair first = pipes().bytes();
        long self = k().getNamedPipeClientProcessId(first.server());
        long session = k().getNamedPipeClientSessionId(first.server());
        pipes().closeHandle(first.client());
        assertThat(k().getNamedPipeClientProcessId(first.server())).isEqualTo(self);
        assertThat(k().getNamedPipeClientSessionId(first.server())).isEqualTo(session);
        PipeFixture.Pair second = pipes().bytes();
        pipes().closeHandle(second.server());
        assertThat(k().getNamedPipeServerProcessId(second.client())).isEqualTo(self);
        assertThat(k().getNamedPipeServerSessionId(second.client())).isEqualTo(session);
    }

    @Test
    @Source(
            value = WINE_KERNEL32_TESTS,
            at = "pipe.c test_namedpipe_process_id",
            windows = "ERROR_NOT_FOUND",
            wine = "returns the last client")
    default void aDisconnectedServerHasNoClientProcess() {
        PipeFixture.Pair pair = pipes().bytes();
        long self = k().getNamedPipeClientProcessId(pair.server());
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        assertThat(k().getNamedPipeClientProcessId(pair.server()))
                .isEqualTo(windowsOrWine((long) -ERROR_NOT_FOUND, self));
        assertThat(k().getNamedPipeServerProcessId(pair.server())).isEqualTo(self);
    }

    @Test
    @Source(
            value = WINE_KERNEL32_TESTS,
            at = "pipe.c test_namedpipe_process_id",
            windows = "ERROR_PIPE_NOT_CONNECTED",
            wine = "returns both processes")
    default void aDisconnectedClientHasNoServerProcess() {
        PipeFixture.Pair pair = pipes().bytes();
        long expected = windowsOrWine((long) -ERROR_PIPE_NOT_CONNECTED, k().getNamedPipeClientProcessId(pair.server()));
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        assertThat(k().getNamedPipeClientProcessId(pair.client())).isEqualTo(expected);
        assertThat(k().getNamedPipeServerProcessId(pair.client())).isEqualTo(expected);
    }

    @Test
    @Source(
            value = WINE_KERNEL32_TESTS,
            at = "pipe.c test_ImpersonateNamedPipeClient",
            windows = "ERROR_CANNOT_IMPERSONATE",
            wine = "the call succeeds")
    default void aServerWithoutClientCannotImpersonate() {
        long server = pipes().listener();
        assertThat(k().impersonateNamedPipeClient(server))
                .isEqualTo(windowsOrWine(ERROR_CANNOT_IMPERSONATE, ERROR_SUCCESS));
        assertThat(k().revertToSelf()).isEqualTo(ERROR_SUCCESS);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_ImpersonateNamedPipeClient")
    default void aClientThatHasClosedCanBeImpersonated() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().write(pair.client(), "x").succeeds();
        assertThat(pipes().readText(pair.server(), 1)).isEqualTo("x");
        pipes().closeHandle(pair.client());
        assertThat(k().impersonateNamedPipeClient(pair.server())).isEqualTo(ERROR_SUCCESS);
        assertThat(k().revertToSelf()).isEqualTo(ERROR_SUCCESS);
    }

    @Test
    @Source(value = LEARN, at = "OpenProcess")
    default void aProcessThatDoesNotExistCannotBeOpened() {
        assertThat(k().openProcess(0x7FFF_FFF0)).isNegative();
    }

    /** Both times are in units of 100 ns since 1601, UTC. */
    @Test
    @Source(value = LEARN, at = "GetProcessTimes, GetSystemTimePreciseAsFileTime")
    default void theCreationTimeOfAProcessIsBeforeTheSystemTime() {
        PipeFixture.Pair pair = pipes().bytes();
        long process = pipes().own(k().openProcess(k().getNamedPipeClientProcessId(pair.server())));
        long now = k().systemTime();
        assertThat(k().processCreationTime(process)).isPositive().isLessThan(now);
        assertThat(k().systemTime()).isGreaterThanOrEqualTo(now);
        assertThat(k().processCreationTime(NO_HANDLE)).isEqualTo(-ERROR_INVALID_HANDLE);
    }

    @Test
    @Source(NONE)
    default void anInvalidHandleHasNoPeer() {
        assertThat(k().getNamedPipeServerProcessId(NO_HANDLE)).isEqualTo(-ERROR_INVALID_HANDLE);
        assertThat(k().duplicateHandle(NO_HANDLE)).isEqualTo(-ERROR_INVALID_HANDLE);
        assertThatThrownBy(() -> k().ownerSid(NO_HANDLE)).isInstanceOf(WindowsException.class);
    }

    @Test
    @Source(value = LEARN, at = "LookupAccountSidW, LookupAccountNameW")
    default void aSidHasANameAndTheNameHasTheSid() throws WindowsException {
        String administrators = k().accountName("S-1-5-32-544");
        assertThat(administrators).contains("\\");
        assertThat(k().accountSid(administrators)).isEqualTo("S-1-5-32-544");
        assertThat(k().accountName(k().currentUserSid())).isNotBlank();
    }

    @Test
    @Source(value = LEARN, at = "LookupAccountNameW")
    default void anUnknownNameHasNoAccount() {
        assertThatThrownBy(() -> k().accountSid("no-such-account-here"))
                .isInstanceOfSatisfying(
                        WindowsException.class, e -> assertThat(e.code()).isEqualTo(ERROR_NONE_MAPPED));
    }

    @Test
    @Source(value = LEARN, at = "Named Pipe Security and Access Rights")
    default void aPipeHasTheOwnerAndTheListItWasGiven() throws WindowsException {
        String user = k().currentUserSid();
        long descriptor = k().createSecurityDescriptor(
                        "O:" + user + "D:P(A;;FA;;;" + user + ")(A;;0x12019b;;;S-1-5-21-1-2-3-77)");
        assertThat(descriptor).isPositive();
        long server = pipes().own(k().createNamedPipe(
                        pipes().path, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1, 0, 0, 0, descriptor));
        k().freeSecurityDescriptor(descriptor);
        long client = pipes().client();

        assertThat(k().ownerSid(server)).isEqualTo(user);
        assertThat(k().ownerSid(client)).isEqualTo(user);
        assertThat(k().securityDescriptorOf(server))
                .startsWith("O:")
                .contains("D:P(A;;FA;;;", "(A;;0x12019b;;;S-1-5-21-1-2-3-77)");
    }

    private DescriptorInformation facts(String sddl) throws WindowsException {
        long descriptor = k().createSecurityDescriptor(sddl);
        assertThat(descriptor).as(sddl).isPositive();
        try {
            return k().descriptorInformation(descriptor);
        } finally {
            k().freeSecurityDescriptor(descriptor);
        }
    }

    @Test
    @Source(value = LEARN, at = "Security Descriptor String Format; GetSecurityDescriptorDacl")
    default void aDescriptorIsReadAsTheSystemHasParsedIt() throws WindowsException {
        DescriptorInformation facts = facts("O:SYG:BAD:P(D;;0x4;;;AN)(A;;GW;;;WD)(A;;0x12019b;;;S-1-5-21-1-2-3-77)");
        assertThat(facts.ownerSid()).isEqualTo("S-1-5-18");
        assertThat(facts.entries())
                .containsExactly(
                        new DescriptorInformation.Entry(false, 0x4, "S-1-5-7"),
                        new DescriptorInformation.Entry(true, GENERIC_WRITE, "S-1-1-0"),
                        new DescriptorInformation.Entry(true, 0x12_019b, "S-1-5-21-1-2-3-77"));
    }

    @Test
    @Source(value = LEARN, at = "GetSecurityDescriptorDacl; Null DACLs and Empty DACLs")
    default void aDescriptorWithoutAListDiffersFromOneWithAnEmptyList() throws WindowsException {
        assertThat(facts("O:SY")).isEqualTo(new DescriptorInformation("S-1-5-18", null));
        assertThat(facts("S:(ML;;NW;;;LW)")).isEqualTo(new DescriptorInformation(null, null));
        assertThat(facts("D:P")).isEqualTo(new DescriptorInformation(null, List.of()));
    }

    @Test
    @Source(
            value = LEARN,
            at = "Mandatory Integrity Control",
            windows = "the label is read back",
            wine = "the label is not kept")
    default void aProcessCanOpenItsOwnPipeWithALabel() throws WindowsException {
        String sddl = "D:P(A;;0x12019f;;;" + k().currentUserSid() + ")S:(ML;;NWNRNX;;;ME)";
        long descriptor = k().createSecurityDescriptor(sddl);
        assertThat(descriptor).isPositive();
        for (int i = 0; i < 2; i++) {
            pipes().own(k().createNamedPipe(
                            pipes().path, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 2, 0, 0, 0, descriptor));
        }
        k().freeSecurityDescriptor(descriptor);
        // Windows adds the label, and Wine does not keep it.
        assertThat(k().securityDescriptorOf(pipes().client())).contains("D:P(A;;0x12019f;;;");
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_async_cancel_on_handle_close")
    default void aDuplicateKeepsThePipeOpen() {
        PipeFixture.Pair pair = pipes().bytes();
        long duplicate = k().duplicateHandle(pair.server());
        assertThat(duplicate).isPositive().isNotEqualTo(pair.server());
        pipes().closeHandle(pair.server());
        assertThat(pipes().available(pair.client())).isZero();
        assertThat(k().closeHandle(duplicate)).isEqualTo(ERROR_SUCCESS);
        assertThat(pipes().available(pair.client())).isEqualTo(-ERROR_BROKEN_PIPE);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_ImpersonateNamedPipeClient")
    default void aThreadImpersonatesAClientUntilItReverts() throws WindowsException {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().write(pair.client(), "x").succeeds();
        assertThat(pipes().readText(pair.server(), 1)).isEqualTo("x");
        assertThat(k().openThreadToken()).isEqualTo(-ERROR_NO_TOKEN);

        assertThat(k().impersonateNamedPipeClient(pair.server())).isEqualTo(ERROR_SUCCESS);
        try {
            assertThat(k().processTokenInformation().impersonationLevel()).isEqualTo(TokenInformation.PRIMARY);
            asked(k().openThreadToken(), facts -> {
                assertThat(facts.userSid()).isEqualTo(k().currentUserSid());
                assertThat(facts.impersonationLevel()).isEqualTo(TokenInformation.IMPERSONATION);
            });
        } finally {
            assertThat(k().revertToSelf()).isEqualTo(ERROR_SUCCESS);
        }
        assertThat(k().openThreadToken()).isEqualTo(-ERROR_NO_TOKEN);
    }
}
