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
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_READ;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_WRITE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_INBOUND;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_OUTBOUND;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_ACCESS_DENIED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_NOT_FOUND;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_NO_DATA;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_OPERATION_ABORTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_CONNECTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_NOT_CONNECTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;
import static org.namedpipe.netty.testkit.Source.Kind.LEARN;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_NTDLL_TESTS;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.PipeLocalInformation;

/**
 * What a pipe answers to NtQueryInformationFile(FilePipeLocalInformation), also on a handle that is never signalled: libuv's
 * uv__pipe_shutdown asks handles with FILE_SKIP_SET_EVENT_ON_HANDLE. How much of the quota is free is asserted on the model
 * only, since Wine 8 always answers 0. On Windows a read that waits at the peer takes up quota as well, as Cygwin's
 * developers found (cygwin-patches, 5 October 2004).
 */
interface QueryContract extends FixtureUser {
    /** Far more than any answer takes that waits for nothing. */
    Duration ANSWERS_AT_ONCE = Duration.ofSeconds(5);

    /** Asks an end that is on a port and whose handle is never signalled: the answer must not depend on that. */
    private PipeLocalInformation asked(long handle) {
        return assertTimeoutPreemptively(ANSWERS_AT_ONCE, () -> PipeQuery.of(k(), handle));
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void aListeningInstanceSaysSo() {
        assertThat(asked(pipes().listener()).state()).isEqualTo(PipeLocalInformation.LISTENING);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void bothEndsOfAConnectedPipeSaySo() {
        PipeFixture.Pair pair = pipes().bytes();
        assertThat(asked(pair.server()).state()).isEqualTo(PipeLocalInformation.CONNECTED);
        assertThat(asked(pair.client()).state()).isEqualTo(PipeLocalInformation.CONNECTED);
        assertThat(asked(pair.server()).readDataAvailable()).isZero();
        assertThat(asked(pair.server()).writeQuota()).isEqualTo(PipeFixture.QUOTA);
        assertThat(asked(pair.client()).writeQuota()).isEqualTo(PipeFixture.QUOTA);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void anEndThatReadsAnswersAllTheSame() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().read(pair.server(), 1).pends();
        pipes().read(pair.client(), 1).pends();
        assertThat(asked(pair.server()).state()).isEqualTo(PipeLocalInformation.CONNECTED);
        assertThat(asked(pair.client()).state()).isEqualTo(PipeLocalInformation.CONNECTED);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void anEndWithSomethingToReadSaysHowMuch() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().write(pair.server(), "abc").succeeds();
        assertThat(asked(pair.client()).readDataAvailable()).isEqualTo(3);
        assertThat(asked(pair.server()).readDataAvailable()).isZero();
        assertThat(asked(pair.server()).provesThatAllWasRead()).isFalse();
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void anEndWhosePeerHasClosedSaysSo() {
        PipeFixture.Pair one = pipes().bytes();
        pipes().write(one.client(), "last").succeeds();
        pipes().closeHandle(one.client());
        assertThat(asked(one.server()).state()).isEqualTo(PipeLocalInformation.CLOSING);
        assertThat(asked(one.server()).readDataAvailable()).isEqualTo(4);

        PipeFixture.Pair other = pipes().bytes();
        pipes().closeHandle(other.server());
        assertThat(asked(other.client()).state()).isEqualTo(PipeLocalInformation.CLOSING);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void aDisconnectedServerSaysSoAndItsClientCannotBeAsked() {
        PipeFixture.Pair pair = pipes().bytes();
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        assertThat(asked(pair.server()).state()).isEqualTo(PipeLocalInformation.DISCONNECTED);
        assertThat(pipes().available(pair.client())).isEqualTo(-ERROR_PIPE_NOT_CONNECTED);
    }

    /**
     * GENERIC_WRITE lacks FILE_READ_ATTRIBUTES, which CreateFile adds for clients and CreateNamedPipe does not add for servers:
     * see the rights that GetNamedPipeHandleState needs according to its documentation.
     */
    @Test
    @Source(value = LEARN, at = "GetNamedPipeHandleState")
    default void onlyAServerThatCannotReadMayNotAsk() {
        long server = pipes().tryServer(PIPE_ACCESS_OUTBOUND, 0, 1, PipeFixture.QUOTA);
        long client = pipes().own(pipes().tryClient(GENERIC_READ));
        assertThat(pipes().available(server)).isEqualTo(-ERROR_ACCESS_DENIED);
        assertThat(asked(client).state()).isEqualTo(PipeLocalInformation.CONNECTED);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void aClientThatCannotReadMayAsk() {
        long server = pipes().tryServer(PIPE_ACCESS_INBOUND, 0, 1, PipeFixture.QUOTA);
        long client = pipes().own(pipes().tryClient(GENERIC_WRITE));
        assertThat(asked(server).state()).isEqualTo(PipeLocalInformation.CONNECTED);
        assertThat(asked(client).state()).isEqualTo(PipeLocalInformation.CONNECTED);
    }

    /** ConnectNamedPipe needs no right, since FSCTL_PIPE_LISTEN is FILE_ANY_ACCESS. */
    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_state")
    default void aServerThatCannotReadLearnsByConnectingWhetherItIsConnected() {
        long server = pipes().skip(pipes().associate(
                        pipes().tryServer(PIPE_ACCESS_OUTBOUND, 0, 1, PipeFixture.QUOTA), PipeFixture.SERVER_KEY));
        long client = pipes().own(pipes().tryClient(GENERIC_READ));
        pipes().connect(server).returns(ERROR_PIPE_CONNECTED);
        pipes().connect(server).returns(ERROR_PIPE_CONNECTED);
        pipes().closeHandle(client);
        pipes().connect(server).returns(ERROR_NO_DATA);
        pipes().assertNoPacket();
    }

    /** A flush waits on an event of its own, not on the handle. */
    @Test
    @Source(value = LEARN, at = "CancelSynchronousIo")
    default void aFlushCanBeEndedWithoutTheReadBesideIt() throws Exception {
        PipeFixture.Pair pair = pipes().bytes();
        Io read = pipes().read(pair.server(), 8).pends();
        pipes().write(pair.server(), "unread").succeeds();
        CompletableFuture<Long> flusher = new CompletableFuture<>();
        CompletableFuture<Integer> flushed = CompletableFuture.supplyAsync(() -> {
            flusher.complete(k().openCurrentThread());
            return k().flushFileBuffers(pair.server());
        });
        long thread = pipes().own(flusher.get(20, TimeUnit.SECONDS));

        // It may not have called yet.
        while (!flushed.isDone() && k().cancelSynchronousIo(thread) == ERROR_NOT_FOUND) {
            Thread.onSpinWait();
        }

        assertThat(flushed.get(20, TimeUnit.SECONDS)).isEqualTo(ERROR_OPERATION_ABORTED);
        pipes().write(pair.client(), "goes on").succeeds();
        pipes().await(read);
        assertThat(read.text()).isEqualTo("goes on");
    }
}
