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
 * NtQueryInformationFile(FilePipeLocalInformation), also on a handle that is never signalled, as uv__pipe_shutdown of libuv
 * uses it. The free quota is asserted on the model only, since Wine 8 always returns 0. On Windows a pending read of the peer
 * uses quota as well, as Cygwin's developers found (cygwin-patches, 5 October 2004).
 */
interface QueryContract extends FixtureUser {
    /** Much longer than a query that waits for nothing takes. */
    Duration QUERY_TIME = Duration.ofSeconds(5);

    /** Queries an end that has a port and whose handle is never signalled. */
    private PipeLocalInformation queried(long handle) {
        return assertTimeoutPreemptively(QUERY_TIME, () -> PipeQuery.of(k(), handle));
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void aListeningInstanceIsReported() {
        assertThat(queried(pipes().listener()).state()).isEqualTo(PipeLocalInformation.LISTENING);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void aConnectedPipeIsReportedAtBothEnds() {
        PipeFixture.Pair pair = pipes().bytes();
        assertThat(queried(pair.server()).state()).isEqualTo(PipeLocalInformation.CONNECTED);
        assertThat(queried(pair.client()).state()).isEqualTo(PipeLocalInformation.CONNECTED);
        assertThat(queried(pair.server()).readDataAvailable()).isZero();
        assertThat(queried(pair.server()).writeQuota()).isEqualTo(PipeFixture.QUOTA);
        assertThat(queried(pair.client()).writeQuota()).isEqualTo(PipeFixture.QUOTA);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void anEndWithAPendingReadCanBeQueried() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().read(pair.server(), 1).pends();
        pipes().read(pair.client(), 1).pends();
        assertThat(queried(pair.server()).state()).isEqualTo(PipeLocalInformation.CONNECTED);
        assertThat(queried(pair.client()).state()).isEqualTo(PipeLocalInformation.CONNECTED);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void theNumberOfUnreadBytesIsReported() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().write(pair.server(), "abc").succeeds();
        assertThat(queried(pair.client()).readDataAvailable()).isEqualTo(3);
        assertThat(queried(pair.server()).readDataAvailable()).isZero();
        assertThat(queried(pair.server()).provesThatAllWasRead()).isFalse();
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void aClosedPeerIsReported() {
        PipeFixture.Pair one = pipes().bytes();
        pipes().write(one.client(), "last").succeeds();
        pipes().closeHandle(one.client());
        assertThat(queried(one.server()).state()).isEqualTo(PipeLocalInformation.CLOSING);
        assertThat(queried(one.server()).readDataAvailable()).isEqualTo(4);

        PipeFixture.Pair other = pipes().bytes();
        pipes().closeHandle(other.server());
        assertThat(queried(other.client()).state()).isEqualTo(PipeLocalInformation.CLOSING);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void aDisconnectedServerIsReportedAndItsClientCannotQuery() {
        PipeFixture.Pair pair = pipes().bytes();
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        assertThat(queried(pair.server()).state()).isEqualTo(PipeLocalInformation.DISCONNECTED);
        assertThat(pipes().available(pair.client())).isEqualTo(-ERROR_PIPE_NOT_CONNECTED);
    }

    /**
     * GENERIC_WRITE lacks FILE_READ_ATTRIBUTES, which CreateFile adds for clients and CreateNamedPipe does not add for servers. The
     * documentation of GetNamedPipeHandleState names these rights.
     */
    @Test
    @Source(value = LEARN, at = "GetNamedPipeHandleState")
    default void onlyAServerThatCannotReadMayNotQuery() {
        long server = pipes().tryServer(PIPE_ACCESS_OUTBOUND, 0, 1, PipeFixture.QUOTA);
        long client = pipes().own(pipes().tryClient(GENERIC_READ));
        assertThat(pipes().available(server)).isEqualTo(-ERROR_ACCESS_DENIED);
        assertThat(queried(client).state()).isEqualTo(PipeLocalInformation.CONNECTED);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void aClientThatCannotReadMayQuery() {
        long server = pipes().tryServer(PIPE_ACCESS_INBOUND, 0, 1, PipeFixture.QUOTA);
        long client = pipes().own(pipes().tryClient(GENERIC_WRITE));
        assertThat(queried(server).state()).isEqualTo(PipeLocalInformation.CONNECTED);
        assertThat(queried(client).state()).isEqualTo(PipeLocalInformation.CONNECTED);
    }

    /** ConnectNamedPipe needs no right, since FSCTL_PIPE_LISTEN is FILE_ANY_ACCESS. */
    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_state")
    default void aConnectReportsTheStateOfAServerThatCannotRead() {
        long server = pipes().skip(pipes().associate(
                        pipes().tryServer(PIPE_ACCESS_OUTBOUND, 0, 1, PipeFixture.QUOTA), PipeFixture.SERVER_KEY));
        long client = pipes().own(pipes().tryClient(GENERIC_READ));
        pipes().connect(server).returns(ERROR_PIPE_CONNECTED);
        pipes().connect(server).returns(ERROR_PIPE_CONNECTED);
        pipes().closeHandle(client);
        pipes().connect(server).returns(ERROR_NO_DATA);
        pipes().assertNoPacket();
    }

    /** A flush does not wait on the handle, but on an event of its own. */
    @Test
    @Source(value = LEARN, at = "CancelSynchronousIo")
    default void aFlushIsCancelledWithoutTheReadOfItsHandle() throws Exception {
        PipeFixture.Pair pair = pipes().bytes();
        Io read = pipes().read(pair.server(), 8).pends();
        pipes().write(pair.server(), "unread").succeeds();
        CompletableFuture<Long> flusher = new CompletableFuture<>();
        CompletableFuture<Integer> flushed = CompletableFuture.supplyAsync(() -> {
            flusher.complete(k().openCurrentThread());
            return k().flushFileBuffers(pair.server());
        });
        long thread = pipes().own(flusher.get(20, TimeUnit.SECONDS));

        // The thread may not have called yet.
        while (!flushed.isDone() && k().cancelSynchronousIo(thread) == ERROR_NOT_FOUND) {
            Thread.onSpinWait();
        }

        assertThat(flushed.get(20, TimeUnit.SECONDS)).isEqualTo(ERROR_OPERATION_ABORTED);
        pipes().write(pair.client(), "goes on").succeeds();
        pipes().await(read);
        assertThat(read.text()).isEqualTo("goes on");
    }
}
