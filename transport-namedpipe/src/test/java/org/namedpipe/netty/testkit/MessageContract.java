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
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_READMODE_BYTE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_TYPE_MESSAGE;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_BROKEN_PIPE;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_IO_PENDING;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_MORE_DATA;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_CONNECTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;
import static org.namedpipe.netty.testkit.Source.Kind.REACTOS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_KERNEL32_TESTS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_NTDLL_TESTS;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Overlapped;

/** Messages: boundaries, empty messages, and messages longer than the buffer. */
interface MessageContract extends FixtureUser {

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void aReadTakesOneMessage() {
        PipeFixture.Pair pair = pipes().messages();
        send(pair.server(), "one");
        send(pair.server(), "three");
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("one");
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("three");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void bothEndsReadMessages() {
        PipeFixture.Pair pair = pipes().messages();
        send(pair.client(), "a");
        send(pair.client(), "b");
        assertThat(pipes().readText(pair.server(), 64)).isEqualTo("a");
        assertThat(pipes().readText(pair.server(), 64)).isEqualTo("b");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void eachPendingReadTakesOneMessage() {
        PipeFixture.Pair pair = pipes().messages();
        Io first = pipes().read(pair.client(), 64).pends();
        Io second = pipes().read(pair.client(), 64).pends();
        pipes().write(pair.server(), "one").succeeds();
        pipes().write(pair.server(), "two").succeeds();
        for (int i = 0; i < 4; i++) {
            pipes().await();
        }
        assertThat(first.text() + '|' + second.text()).isEqualTo("one|two");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void anEmptyMessageEndsAPendingRead() {
        PipeFixture.Pair pair = pipes().messages();
        Io read = pipes().read(pair.client(), 64).pends();
        pipes().write(pair.server(), "").succeeds();
        pipes().await();
        pipes().await();
        assertThat(read.status()).isEqualTo(Packet.STATUS_SUCCESS);
        assertThat(read.bytes()).isZero();
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void anEmptyMessageKeepsItsPosition() {
        PipeFixture.Pair pair = pipes().messages();
        send(pair.server(), "a");
        send(pair.server(), "");
        send(pair.server(), "b");
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("a");
        assertThat(pipes().readText(pair.client(), 64)).isEmpty();
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("b");
    }

    @Test
    @Source(
            value = WINE_NTDLL_TESTS,
            at = "pipe.c test_completion",
            windows = "from Windows 8 on, the read of a handle with a port may return ERROR_IO_PENDING",
            wine = "ERROR_MORE_DATA",
            model = "both, by an option")
    default void aMessageLongerThanTheBufferIsReadInParts() {
        PipeFixture.Pair pair = pipes().messages();
        send(pair.server(), "abcdefg");
        send(pair.server(), "next");
        assertMoreData(pipes().read(pair.client(), 3), "abc");
        assertMoreData(pipes().read(pair.client(), 3), "def");
        assertThat(pipes().readText(pair.client(), 3)).isEqualTo("g");
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("next");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void aMessageThatFillsTheBufferIsWhole() {
        PipeFixture.Pair pair = pipes().messages();
        send(pair.server(), "abc");
        assertThat(pipes().readText(pair.client(), 3)).isEqualTo("abc");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void aMessageLongerThanTheBufferOfAPendingReadEndsItWithAWarning() {
        PipeFixture.Pair pair = pipes().messages();
        Io read = pipes().read(pair.client(), 3).pends();
        pipes().write(pair.server(), "abcde").succeeds();
        pipes().await();
        pipes().await();
        assertThat(read.status()).isEqualTo(Packet.STATUS_BUFFER_OVERFLOW);
        assertThat(read.text()).isEqualTo("abc");
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("de");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CloseHandle")
    default void anEmptyReadOfAMessageLeavesIt() {
        PipeFixture.Pair pair = pipes().messages();
        send(pair.server(), "abc");
        assertMoreData(pipes().read(pair.client(), 0), "");
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("abc");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void aMessageEndsAPendingEmptyReadWithAWarning() {
        PipeFixture.Pair pair = pipes().messages();
        Io empty = pipes().read(pair.client(), 0).pends();
        Io read = pipes().read(pair.client(), 64).pends();
        pipes().write(pair.server(), "a").succeeds();
        for (int i = 0; i < 3; i++) {
            pipes().await();
        }
        assertThat(empty.status()).isEqualTo(Packet.STATUS_BUFFER_OVERFLOW);
        assertThat(empty.bytes()).isZero();
        assertThat(read.text()).isEqualTo("a");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void anEmptyMessageEndsOnePendingReadOnly() {
        PipeFixture.Pair pair = pipes().messages();
        Io first = pipes().read(pair.client(), 0).pends();
        Io second = pipes().read(pair.client(), 8).pends();
        send(pair.server(), "", first);
        assertThat(first.status()).isEqualTo(Packet.STATUS_SUCCESS);
        assertThat(second.status()).isEqualTo(Overlapped.STATUS_PENDING);
        send(pair.server(), "a", second);
        assertThat(second.text()).isEqualTo("a");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CloseHandle")
    default void anEmptyMessageOutlivesItsWriter() {
        PipeFixture.Pair pair = pipes().messages();
        send(pair.server(), "");
        pipes().closeHandle(pair.server());
        assertThat(pipes().readText(pair.client(), 64)).isEmpty();
        pipes().read(pair.client(), 64).returns(ERROR_BROKEN_PIPE);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void anEmptyMessageWaitsForNoQuota() {
        PipeFixture.Pair pair = pipes().messages();
        Io large =
                pipes().write(pair.server(), "x".repeat(2 * PipeFixture.QUOTA)).pends();
        send(pair.server(), "");
        Io read = pipes().read(pair.client(), 2 * PipeFixture.QUOTA).succeeds();
        awaitBoth(large, read);
        assertThat(pipes().readText(pair.client(), 64)).isEmpty();
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void aByteReadOfAnEmptyMessageTakesNothing() {
        PipeFixture.Pair pair = pipes().pair(PipeFixture.MESSAGE, PipeFixture.QUOTA);
        send(pair.server(), "");
        assertThat(pipes().readText(pair.client(), 64)).isEmpty();
        Io read = pipes().read(pair.client(), 64).pends();
        send(pair.server(), "a", read);
        assertThat(read.text()).isEqualTo("a");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_NamedPipeHandleState")
    default void anEndMayReadBytesAgain() {
        PipeFixture.Pair pair = pipes().messages();
        assertThat(k().setNamedPipeHandleState(pair.client(), PIPE_READMODE_BYTE))
                .isEqualTo(ERROR_SUCCESS);
        assertThat(k().setNamedPipeHandleState(pair.server(), PIPE_READMODE_BYTE))
                .isEqualTo(ERROR_SUCCESS);
        send(pair.server(), "one");
        send(pair.server(), "two");
        send(pair.client(), "three");
        send(pair.client(), "four");
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("onetwo");
        assertThat(pipes().readText(pair.server(), 64)).isEqualTo("threefour");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void aClientReadsBytesUntilItAsksForMessages() {
        PipeFixture.Pair pair = pipes().pair(PipeFixture.MESSAGE, PipeFixture.QUOTA);
        send(pair.server(), "one");
        send(pair.server(), "two");
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("onetwo");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void aByteReadMayStopInsideAMessage() {
        PipeFixture.Pair pair = pipes().pair(PIPE_TYPE_MESSAGE | PIPE_READMODE_BYTE, PipeFixture.QUOTA);
        send(pair.server(), "abcde");
        assertThat(pipes().readText(pair.client(), 3)).isEqualTo("abc");
        assertThat(pipes().readText(pair.client(), 3)).isEqualTo("de");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CloseHandle")
    default void messagesOfAPeerThatClosedKeepTheirBoundaries() {
        PipeFixture.Pair pair = pipes().messages();
        send(pair.server(), "one");
        send(pair.server(), "two");
        pipes().closeHandle(pair.server());
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("one");
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("two");
        pipes().read(pair.client(), 64).returns(ERROR_BROKEN_PIPE);
    }

    @Test
    @Source(value = REACTOS, at = "statesup.c NpSetConnectedPipeState")
    default void theReadModeOutlivesAClient() {
        PipeFixture.Pair pair = pipes().messages();
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        Io connect = pipes().connect(pair.server()).pends();
        long client = pipes().associate(pipes().client(), PipeFixture.CLIENT_KEY);
        pipes().await(connect);
        pipes().connect(pair.server()).returns(ERROR_PIPE_CONNECTED);
        send(client, "one");
        send(client, "two");
        assertThat(pipes().readText(pair.server(), 64)).isEqualTo("one");
    }

    /** Writes a message within the quota. */
    private void send(long handle, String message) {
        pipes().await(pipes().write(handle, message).succeeds());
    }

    /** Writes a message for a pending read. Each of the two operations has a packet. */
    private void send(long handle, String message, Io read) {
        Io write = pipes().write(handle, message).succeeds();
        awaitBoth(write, read);
    }

    private void awaitBoth(Io one, Io other) {
        long first = pipes().await().overlapped();
        long second = pipes().await().overlapped();
        assertThat(List.of(first, second)).containsExactlyInAnyOrder(one.address(), other.address());
    }

    /** The read returns ERROR_IO_PENDING on Windows 8 and later, else ERROR_MORE_DATA. It posts a packet in both cases. */
    private void assertMoreData(Io read, String text) {
        assertThat(read.code()).isIn(ERROR_MORE_DATA, ERROR_IO_PENDING);
        assertThat(pipes().await(read).status()).isEqualTo(Packet.STATUS_BUFFER_OVERFLOW);
        assertThat(read.text()).isEqualTo(text);
    }
}
