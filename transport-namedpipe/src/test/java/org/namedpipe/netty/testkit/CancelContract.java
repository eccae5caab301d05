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
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_NOT_FOUND;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;
import static org.namedpipe.netty.testkit.Source.Kind.LEARN;
import static org.namedpipe.netty.testkit.Source.Kind.REACTOS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_KERNEL32_TESTS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_NTDLL_TESTS;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Overlapped;

/** The end of pending operations by CancelIoEx, CloseHandle, and a peer that closes. */
interface CancelContract extends FixtureUser {

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c read_pipe_test")
    default void aCancelledReadEndsWithItsPacket() {
        PipeFixture.Pair pair = pipes().bytes();
        Io read = pipes().read(pair.client(), 8).pends();
        assertThat(k().cancelIoEx(pair.client(), read.address())).isEqualTo(ERROR_SUCCESS);
        assertThat(pipes().await(read))
                .isEqualTo(new Packet(PipeFixture.CLIENT_KEY, read.address(), Packet.STATUS_CANCELLED, 0));
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void aCancelledReadTakesNoData() {
        PipeFixture.Pair pair = pipes().bytes();
        Io read = pipes().read(pair.client(), 8).pends();
        assertThat(k().cancelIoEx(pair.client(), read.address())).isEqualTo(ERROR_SUCCESS);
        pipes().await(read);
        pipes().write(pair.server(), "abc").succeeds();
        assertThat(pipes().readText(pair.client(), 8)).isEqualTo("abc");
    }

    @Test
    @Source(value = LEARN, at = "CancelSynchronousIo")
    default void aThreadWithoutABlockingCallHasNothingToCancel() {
        long thread = k().openCurrentThread();
        assertThat(thread).isPositive();
        assertThat(k().cancelSynchronousIo(thread)).isEqualTo(ERROR_NOT_FOUND);
        pipes().closeHandle(thread);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void aCancelEndsOnlyItsOperation() {
        PipeFixture.Pair pair = pipes().bytes();
        Io first = pipes().read(pair.client(), 8).pends();
        Io second = pipes().read(pair.client(), 8).pends();
        assertThat(k().cancelIoEx(pair.client(), first.address())).isEqualTo(ERROR_SUCCESS);
        pipes().await(first);
        pipes().assertNoPacket();
        pipes().write(pair.server(), "abc").succeeds();
        pipes().await(second);
        assertThat(second.text()).isEqualTo("abc");
    }

    @Test
    @Source(value = LEARN, at = "CancelIoEx")
    default void aCancelOfEverythingEndsEachOperation() {
        PipeFixture.Pair pair = pipes().bytes();
        Set<Long> expected = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            expected.add(pipes().read(pair.client(), 8).pends().address());
        }
        Io peers = pipes().read(pair.server(), 8).pends();
        assertThat(k().cancelIoEx(pair.client(), 0)).isEqualTo(ERROR_SUCCESS);
        Set<Long> ended = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            Packet packet = pipes().await();
            assertThat(packet.status()).isEqualTo(Packet.STATUS_CANCELLED);
            ended.add(packet.overlapped());
        }
        assertThat(ended).isEqualTo(expected);
        assertThat(peers.status()).isEqualTo(Overlapped.STATUS_PENDING);
    }

    @Test
    @Source(value = LEARN, at = "CancelIoEx")
    default void aCancelOfACompletedOperationFindsNothing() {
        PipeFixture.Pair pair = pipes().bytes();
        Io read = pipes().read(pair.client(), 8).pends();
        pipes().write(pair.server(), "abc").succeeds();
        pipes().await(read);
        assertThat(k().cancelIoEx(pair.client(), read.address())).isEqualTo(ERROR_NOT_FOUND);
    }

    @Test
    @Source(value = LEARN, at = "CancelIoEx")
    default void aCancelThroughTheOtherEndFindsNothing() {
        PipeFixture.Pair pair = pipes().bytes();
        Io read = pipes().read(pair.client(), 8).pends();
        assertThat(k().cancelIoEx(pair.server(), read.address())).isEqualTo(ERROR_NOT_FOUND);
        assertThat(read.status()).isEqualTo(Overlapped.STATUS_PENDING);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void theBytesOfACancelledWriteAreRemoved() {
        PipeFixture.Pair pair = pipes().bytes(0);
        Io lost = pipes().write(pair.server(), "lost").pends();
        assertThat(k().cancelIoEx(pair.server(), lost.address())).isEqualTo(ERROR_SUCCESS);
        assertThat(pipes().await(lost).status()).isEqualTo(Packet.STATUS_CANCELLED);
        Io kept = pipes().write(pair.server(), "kept").pends();
        assertThat(pipes().read(pair.client(), 16).succeeds().text()).isEqualTo("kept");
        pipes().await(kept);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void aCancelRemovesTheRestOfAPartlyReadWrite() {
        PipeFixture.Pair pair = pipes().bytes(0);
        Io lost = pipes().write(pair.server(), "partly read").pends();
        Io kept = pipes().write(pair.server(), "kept").pends();
        assertThat(pipes().read(pair.client(), 6).succeeds().text()).isEqualTo("partly");
        assertThat(k().cancelIoEx(pair.server(), lost.address())).isEqualTo(ERROR_SUCCESS);
        assertThat(pipes().await(lost).status()).isEqualTo(Packet.STATUS_CANCELLED);
        assertThat(pipes().available(pair.client())).isEqualTo(4);
        assertThat(pipes().read(pair.client(), 64).succeeds().text()).isEqualTo("kept");
        pipes().await(kept);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void aSecondCancelFindsNothing() {
        PipeFixture.Pair pair = pipes().bytes();
        Io read = pipes().read(pair.client(), 8).pends();
        assertThat(k().cancelIoEx(pair.client(), read.address())).isEqualTo(ERROR_SUCCESS);
        assertThat(k().cancelIoEx(pair.client(), read.address())).isEqualTo(ERROR_NOT_FOUND);
        pipes().await(read);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c read_pipe_test")
    default void aDuplicateCancelsWhatTheFirstHandleIssued() {
        PipeFixture.Pair pair = pipes().bytes();
        Io read = pipes().read(pair.client(), 8).pends();
        long duplicate = pipes().own(k().duplicateHandle(pair.client()));
        assertThat(k().cancelIoEx(duplicate, read.address())).isEqualTo(ERROR_SUCCESS);
        assertThat(pipes().await(read).status()).isEqualTo(Packet.STATUS_CANCELLED);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_async_cancel_on_handle_close")
    default void anOperationOutlivesItsHandleWhileThereIsADuplicate() {
        PipeFixture.Pair pair = pipes().bytes();
        Io read = pipes().read(pair.client(), 8).pends();
        long duplicate = k().duplicateHandle(pair.client());
        pipes().closeHandle(pair.client());
        pipes().assertNoPacket();
        pipes().write(pair.server(), "abc").succeeds();
        pipes().await(read);
        assertThat(read.text()).isEqualTo("abc");
        assertThat(k().closeHandle(duplicate)).isEqualTo(ERROR_SUCCESS);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void aWriteCancelledInTheMiddleOfTheQueueIsRemoved() {
        PipeFixture.Pair pair = pipes().bytes(0);
        Io first = pipes().write(pair.server(), "ab").pends();
        Io lost = pipes().write(pair.server(), "cd").pends();
        Io last = pipes().write(pair.server(), "ef").pends();
        assertThat(k().cancelIoEx(pair.server(), lost.address())).isEqualTo(ERROR_SUCCESS);
        pipes().await(lost);
        assertThat(pipes().read(pair.client(), 16).succeeds().text()).isEqualTo("abef");
        pipes().await(first);
        pipes().await(last);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c read_pipe_test")
    default void aPeerThatClosesBreaksPendingReads() {
        PipeFixture.Pair pair = pipes().bytes();
        Io first = pipes().read(pair.server(), 8).pends();
        Io second = pipes().read(pair.server(), 8).pends();
        pipes().closeHandle(pair.client());
        pipes().await();
        pipes().await();
        assertThat(first.status()).isEqualTo(Packet.STATUS_PIPE_BROKEN);
        assertThat(second.status()).isEqualTo(Packet.STATUS_PIPE_BROKEN);
        assertThat(first.bytes() + second.bytes()).isZero();
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_overlapped_transport")
    default void aPeerThatClosesBreaksAPendingWrite() {
        PipeFixture.Pair pair = pipes().bytes(0);
        Io write = pipes().write(pair.server(), "abc").pends();
        pipes().closeHandle(pair.client());
        assertThat(pipes().await(write).status()).isEqualTo(Packet.STATUS_PIPE_BROKEN);
        pipes().assertNoPacket();
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CloseHandle")
    default void theDataOfAPeerThatClosedIsRead() {
        PipeFixture.Pair pair = pipes().bytes();
        Io read = pipes().read(pair.server(), 2).pends();
        pipes().write(pair.client(), "abcd").succeeds();
        pipes().closeHandle(pair.client());
        pipes().await(read);
        assertThat(read.text()).isEqualTo("ab");
        assertThat(pipes().readText(pair.server(), 8)).isEqualTo("cd");
        pipes().read(pair.server(), 8).returns(ERROR_BROKEN_PIPE);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "file.c test_file_io_completion")
    default void closingAHandleBreaksItsReads() {
        PipeFixture.Pair pair = pipes().bytes();
        Io first = pipes().read(pair.server(), 8).pends();
        Io second = pipes().read(pair.server(), 8).pends();
        pipes().closeHandle(pair.server());
        pipes().await();
        pipes().await();
        assertThat(first.status()).isEqualTo(Packet.STATUS_PIPE_BROKEN);
        assertThat(second.status()).isEqualTo(Packet.STATUS_PIPE_BROKEN);
        pipes().assertNoPacket();
    }

    /** Wine ends the write when its handle closes. On NPFS it may pend until the peer closes. */
    @Test
    @Source(
            value = REACTOS,
            at = "statesup.c NpSetClosingPipeState",
            windows = "the write may pend until the peer closes",
            wine = "the write ends with its handle",
            model = "both, by an option")
    default void aPendingWriteEndsWhenBothEndsAreClosed() {
        PipeFixture.Pair pair = pipes().bytes(0);
        Io write = pipes().write(pair.server(), "abc").pends();
        pipes().closeHandle(pair.server());
        pipes().closeHandle(pair.client());
        assertThat(pipes().await(write).status()).isNotIn(Packet.STATUS_SUCCESS, Overlapped.STATUS_PENDING);
        pipes().assertNoPacket();
    }
}
