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
import static org.namedpipe.netty.testkit.Source.Kind.REACTOS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_KERNEL32_TESTS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_NTDLL_TESTS;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.Win32Error;

/** The transfer of bytes: quotas, order, and the boundaries of reads and writes. */
interface TransferContract extends FixtureUser {

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void aWriteWithinTheQuotaEndsAtOnce() {
        PipeFixture.Pair pair = pipes().bytes();
        assertThat(pipes().write(pair.server(), "hello").succeeds().bytes()).isEqualTo(5);
        assertThat(pipes().read(pair.client(), 16).succeeds().text()).isEqualTo("hello");
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c read_pipe_test")
    default void aReadPendsUntilThereIsData() {
        PipeFixture.Pair pair = pipes().bytes();
        Io read = pipes().read(pair.client(), 16).pends();
        pipes().write(pair.server(), "hello").succeeds();
        assertThat(pipes().await(read).bytes()).isEqualTo(5);
        assertThat(read.text()).isEqualTo("hello");
        assertThat(read.bytes()).isEqualTo(5);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void bothDirectionsAreIndependent() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().write(pair.server(), "down").succeeds();
        pipes().write(pair.client(), "up").succeeds();
        assertThat(pipes().readText(pair.server(), 8)).isEqualTo("up");
        assertThat(pipes().readText(pair.client(), 8)).isEqualTo("down");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void aReadJoinsWrites() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().write(pair.server(), "ab").succeeds();
        pipes().write(pair.server(), "cd").succeeds();
        pipes().write(pair.server(), "ef").succeeds();
        assertThat(pipes().readText(pair.client(), 5)).isEqualTo("abcde");
        assertThat(pipes().readText(pair.client(), 5)).isEqualTo("f");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void pendingReadsAreFilledInTheirOrder() {
        PipeFixture.Pair pair = pipes().bytes();
        Io first = pipes().read(pair.client(), 2).pends();
        Io second = pipes().read(pair.client(), 2).pends();
        Io third = pipes().read(pair.client(), 2).pends();
        pipes().write(pair.server(), "abcde").succeeds();
        pipes().await(first);
        pipes().await(second);
        pipes().await(third);
        assertThat(first.text() + '|' + second.text() + '|' + third.text()).isEqualTo("ab|cd|e");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void oneSmallWriteFillsOnePendingRead() {
        PipeFixture.Pair pair = pipes().bytes();
        Io first = pipes().read(pair.client(), 8).pends();
        Io second = pipes().read(pair.client(), 8).pends();
        pipes().write(pair.server(), "a").succeeds();
        pipes().await(first);
        pipes().assertNoPacket();
        pipes().write(pair.server(), "b").succeeds();
        pipes().await(second);
        assertThat(first.text() + second.text()).isEqualTo("ab");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void aWriteFarAboveTheQuotaPendsUntilItIsRead() {
        PipeFixture.Pair pair = pipes().bytes(16);
        byte[] data = bytes(100_000);
        Io write = pipes().write(pair.server(), data).pends();
        pipes().assertNoPacket();
        Io read = pipes().read(pair.client(), 200_000).succeeds();
        assertThat(pipes().await(write)).isEqualTo(new Packet(PipeFixture.SERVER_KEY, write.address(), 0, data.length));
        assertThat(read.buffer.getByteArray(0, read.bytes())).isEqualTo(data);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void aPendingWriteEndsOnceTheRestOfItFitsTheQuota() {
        PipeFixture.Pair pair = pipes().bytes(5000);
        Io write = pipes().write(pair.server(), bytes(7000)).pends();
        pipes().read(pair.client(), 1999).succeeds();
        pipes().assertNoPacket();
        pipes().read(pair.client(), 1).succeeds();
        assertThat(pipes().await(write).bytes()).isEqualTo(7000);
        assertThat(pipes().read(pair.client(), 8000).succeeds().bytes()).isEqualTo(5000);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void aWriteThatExceedsTheQuotaByOneBytePends() {
        PipeFixture.Pair pair = pipes().bytes(5000);
        pipes().write(pair.server(), bytes(5000)).succeeds();
        Io write = pipes().write(pair.server(), "x").pends();
        pipes().read(pair.client(), 1).succeeds();
        pipes().await(write);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void anEmptyWriteWaitsForNoQuota() {
        PipeFixture.Pair pair = pipes().bytes(1);
        Io write = pipes().write(pair.server(), "full").pends();
        pipes().write(pair.server(), "").succeeds();
        assertThat(pipes().readText(pair.client(), 8)).isEqualTo("full");
        pipes().await(write);
    }

    @Test
    @Source(value = REACTOS, at = "writesup.c NpWriteDataQueue")
    default void aWriteWithoutQuotaPendsUntilItIsRead() {
        PipeFixture.Pair pair = pipes().bytes(0);
        Io write = pipes().write(pair.server(), "abc").pends();
        assertThat(write.status()).isEqualTo(Overlapped.STATUS_PENDING);
        assertThat(pipes().read(pair.client(), 2).succeeds().text()).isEqualTo("ab");
        pipes().assertNoPacket();
        assertThat(pipes().read(pair.client(), 2).succeeds().text()).isEqualTo("c");
        assertThat(pipes().await(write).bytes()).isEqualTo(3);
        assertThat(write.bytes()).isEqualTo(3);
    }

    @Test
    @Source(value = REACTOS, at = "writesup.c NpWriteDataQueue")
    default void aWriteWithoutQuotaEndsAtOnceIfAReadWaits() {
        PipeFixture.Pair pair = pipes().bytes(0);
        Io read = pipes().read(pair.client(), 8).pends();
        pipes().write(pair.server(), "abc").succeeds();
        pipes().await(read);
        assertThat(read.text()).isEqualTo("abc");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void pendingWritesEndInTheirOrder() {
        PipeFixture.Pair pair = pipes().bytes(0);
        Io first = pipes().write(pair.server(), "ab").pends();
        Io second = pipes().write(pair.server(), "cd").pends();
        Io third = pipes().write(pair.server(), "ef").pends();
        assertThat(pipes().read(pair.client(), 3).succeeds().text()).isEqualTo("abc");
        pipes().await(first);
        pipes().assertNoPacket();
        assertThat(pipes().read(pair.client(), 8).succeeds().text()).isEqualTo("def");
        pipes().await(second);
        pipes().await(third);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void aLargeWriteStreamsThroughASmallQuota() {
        PipeFixture.Pair pair = pipes().bytes(4096);
        byte[] data = bytes(1 << 20);
        Io write = pipes().write(pair.client(), data).pends();
        byte[] received = new byte[data.length];
        int n = 0;
        while (n < data.length) {
            Io read = pipes().read(pair.server(), 60_000).succeeds();
            read.buffer.read(0, received, n, read.bytes());
            n += read.bytes();
        }
        assertThat(Arrays.mismatch(received, data)).isEqualTo(-1);
        assertThat(pipes().await(write).bytes()).isEqualTo(data.length);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void anEmptyWriteDoesNotReachTheReader() {
        PipeFixture.Pair pair = pipes().bytes();
        Io read = pipes().read(pair.client(), 8).pends();
        assertThat(pipes().write(pair.server(), "").succeeds().bytes()).isZero();
        pipes().assertNoPacket();
        pipes().write(pair.server(), "a").succeeds();
        assertThat(pipes().await(read).bytes()).isEqualTo(1);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_readfileex_pending")
    default void anEmptyReadWaitsForDataAndLeavesIt() {
        PipeFixture.Pair pair = pipes().bytes();
        Io probe = pipes().read(pair.client(), 0).pends();
        pipes().write(pair.server(), "abc").succeeds();
        assertThat(pipes().await(probe).bytes()).isZero();
        assertThat(probe.status()).isEqualTo(Packet.STATUS_SUCCESS);
        assertThat(pipes().readText(pair.client(), 8)).isEqualTo("abc");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CloseHandle")
    default void anEmptyReadEndsAtOnceIfThereIsData() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().write(pair.server(), "abc").succeeds();
        assertThat(pipes().read(pair.client(), 0).succeeds().bytes()).isZero();
        assertThat(pipes().readText(pair.client(), 8)).isEqualTo("abc");
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CloseHandle")
    default void anEmptyReadIsBrokenAfterTheDataOfAClosedPeer() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().write(pair.server(), "last").succeeds();
        pipes().closeHandle(pair.server());
        assertThat(pipes().read(pair.client(), 0).succeeds().bytes()).isZero();
        assertThat(pipes().readText(pair.client(), 8)).isEqualTo("last");
        pipes().read(pair.client(), 0).returns(Win32Error.ERROR_BROKEN_PIPE);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
