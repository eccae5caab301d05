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
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_SKIP_COMPLETION_PORT_ON_SUCCESS;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_READ;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_DUPLEX;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_INVALID_HANDLE;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_INVALID_PARAMETER;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;
import static org.namedpipe.netty.testkit.PipeFixture.NO_HANDLE;
import static org.namedpipe.netty.testkit.Source.Kind.LEARN;
import static org.namedpipe.netty.testkit.Source.Kind.NONE;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_KERNEL32_TESTS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_NTDLL_TESTS;

import com.sun.jna.Memory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.OverlappedEntry;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;

/** Completion ports: posting, waiting, and the operations that post a packet. */
interface PortContract extends FixtureUser {

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "file.c test_set_io_completion")
    default void aPostedPacketIsDequeuedUnchanged() {
        Memory entry = new Memory(OverlappedEntry.SIZE);
        assertThat(k().postQueuedCompletionStatus(pipes().port, 77, 0x1122334455667788L, 0x7FF0_1234_5678L))
                .isEqualTo(ERROR_SUCCESS);
        assertThat(k().getQueuedCompletionStatusEx(pipes().port, Io.address(entry), 1, 0))
                .isEqualTo(1);
        assertThat(Packet.at(entry)).isEqualTo(new Packet(0x1122334455667788L, 0x7FF0_1234_5678L, 0, 77));
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "file.c test_set_io_completion")
    default void aBatchKeepsTheOrderAndItsCapacity() {
        Memory entries = new Memory(10L * OverlappedEntry.SIZE);
        for (int i = 0; i < 10; i++) {
            k().postQueuedCompletionStatus(pipes().port, i, 0, 0);
        }
        assertThat(k().getQueuedCompletionStatusEx(pipes().port, Io.address(entries), 4, 0))
                .isEqualTo(4);
        long rest = Io.address(entries) + 4 * OverlappedEntry.SIZE;
        assertThat(k().getQueuedCompletionStatusEx(pipes().port, rest, 10, 0)).isEqualTo(6);
        for (int i = 0; i < 10; i++) {
            assertThat(Packet.at(entries.share((long) i * OverlappedEntry.SIZE)).bytes())
                    .isEqualTo(i);
        }
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "file.c test_set_io_completion")
    default void aPollOfAnEmptyPortFindsNothing() {
        Memory entry = new Memory(OverlappedEntry.SIZE);
        assertThat(k().getQueuedCompletionStatusEx(pipes().port, Io.address(entry), 1, 0))
                .isZero();
    }

    @Test
    @Source(value = LEARN, at = "GetQueuedCompletionStatusEx")
    default void aWaitTimesOut() {
        Memory entry = new Memory(OverlappedEntry.SIZE);
        long start = System.nanoTime();
        assertThat(k().getQueuedCompletionStatusEx(pipes().port, Io.address(entry), 1, 60))
                .isZero();
        // Windows counts in ticks of 15.6 ms, so that a wait may end one tick early.
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThanOrEqualTo(40);
    }

    @Test
    @Source(value = LEARN, at = "PostQueuedCompletionStatus")
    default void aPostEndsAnInfiniteWait() throws Exception {
        Memory entry = new Memory(OverlappedEntry.SIZE);
        int[] dequeued = new int[1];
        Thread waiter = new Thread(() -> dequeued[0] =
                k().getQueuedCompletionStatusEx(pipes().port, Io.address(entry), 1, Win32Constants.INFINITE));
        waiter.setDaemon(true);
        waiter.start();
        assertThat(k().postQueuedCompletionStatus(pipes().port, 1, 2, 3)).isEqualTo(ERROR_SUCCESS);
        waiter.join(20_000);
        assertThat(dequeued[0]).isEqualTo(1);
        assertThat(Packet.at(entry)).isEqualTo(new Packet(2, 3, 0, 1));
    }

    @Test
    @Source(value = LEARN, at = "I/O Completion Ports")
    default void aPacketOfAnotherThreadsOperationEndsAWait() throws Exception {
        PipeFixture.Pair pair = pipes().bytes();
        Io read = pipes().read(pair.server(), 8).pends();
        Thread writer = new Thread(() -> pipes().write(pair.client(), "hello").succeeds());
        writer.start();
        assertThat(pipes().await(read).bytes()).isEqualTo(5);
        writer.join(20_000);
        assertThat(read.text()).isEqualTo("hello");
    }

    @Test
    @Source(NONE)
    default void anInvalidHandleIsNotAPort() {
        Memory entry = new Memory(OverlappedEntry.SIZE);
        assertThat(k().postQueuedCompletionStatus(NO_HANDLE, 0, 0, 0)).isEqualTo(ERROR_INVALID_HANDLE);
        assertThat(k().getQueuedCompletionStatusEx(NO_HANDLE, Io.address(entry), 1, 0))
                .isEqualTo(-ERROR_INVALID_HANDLE);
    }

    @Test
    @Source(value = LEARN, at = "CreateIoCompletionPort")
    default void aHandleCannotChangeItsPort() {
        long server = pipes().associate(pipes().server(0), 1);
        long other = pipes().own(k().createIoCompletionPort());
        assertThat(k().associate(server, other, 1)).isEqualTo(ERROR_INVALID_PARAMETER);
        assertThat(k().associate(server, pipes().port, 2)).isEqualTo(ERROR_INVALID_PARAMETER);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "file.c test_file_io_completion")
    default void aHandleNotOpenedForOverlappedUseCannotBeAssociated() {
        long server = pipes().own(k().createNamedPipe(pipes().path, PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, 0));
        assertThat(k().associate(server, pipes().port, 1)).isEqualTo(ERROR_INVALID_PARAMETER);
        long client = pipes().own(k().createFile(pipes().path, GENERIC_READ, 0));
        assertThat(k().associate(client, pipes().port, 1)).isEqualTo(ERROR_INVALID_PARAMETER);
        assertThat(k().setFileCompletionNotificationModes(client, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS))
                .isEqualTo(ERROR_INVALID_PARAMETER);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "file.c test_file_io_completion")
    default void packetsCarryTheKeyOfTheirHandle() {
        PipeFixture.Pair pair = pipes().bytes();
        Io fromServer = pipes().read(pair.client(), 1).pends();
        pipes().write(pair.server(), "s").succeeds();
        assertThat(pipes().await(fromServer).key()).isEqualTo(PipeFixture.CLIENT_KEY);
        Io fromClient = pipes().read(pair.server(), 1).pends();
        pipes().write(pair.client(), "c").succeeds();
        assertThat(pipes().await(fromClient).key()).isEqualTo(PipeFixture.SERVER_KEY);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "file.c test_file_io_completion")
    default void anOperationThatCompletesSynchronouslyPostsAPacket() {
        PipeFixture.Pair pair = pipes().pair(0, PipeFixture.QUOTA);
        Io write = pipes().write(pair.server(), "abc").succeeds();
        assertThat(pipes().await(write)).isEqualTo(new Packet(PipeFixture.SERVER_KEY, write.address(), 0, 3));
        Io read = pipes().read(pair.client(), 8).succeeds();
        assertThat(pipes().await(read)).isEqualTo(new Packet(PipeFixture.CLIENT_KEY, read.address(), 0, 3));
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_completion")
    default void anOperationThatCompletesSynchronouslyPostsNoPacketInSkipMode() {
        PipeFixture.Pair pair = pipes().bytes();
        assertThat(pipes().write(pair.server(), "abc").succeeds().bytes()).isEqualTo(3);
        assertThat(pipes().read(pair.client(), 8).succeeds().text()).isEqualTo("abc");
        pipes().assertNoPacket();
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_completion")
    default void anOperationThatPendsPostsAPacketInSkipMode() {
        PipeFixture.Pair pair = pipes().bytes();
        Io read = pipes().read(pair.client(), 8).pends();
        assertThat(read.status()).isEqualTo(Overlapped.STATUS_PENDING);
        pipes().write(pair.server(), "abc").succeeds();
        assertThat(pipes().await(read)).isEqualTo(new Packet(PipeFixture.CLIENT_KEY, read.address(), 0, 3));
        assertThat(read.status()).isEqualTo(Packet.STATUS_SUCCESS);
        pipes().assertNoPacket();
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c serverThreadMain4")
    default void aCallThatFailsPostsNoPacket() {
        PipeFixture.Pair pair = pipes().pair(0, PipeFixture.QUOTA);
        pipes().closeHandle(pair.client());
        pipes().read(pair.server(), 1).returns(Win32Error.ERROR_BROKEN_PIPE);
        pipes().write(pair.server(), "x").returns(Win32Error.ERROR_NO_DATA);
        pipes().connect(pair.server()).returns(Win32Error.ERROR_NO_DATA);
        pipes().assertNoPacket();
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "file.c test_file_io_completion")
    default void aPacketOutlivesItsHandle() {
        PipeFixture.Pair pair = pipes().bytes();
        Io read = pipes().read(pair.server(), 8).pends();
        pipes().write(pair.client(), "abc").succeeds();
        pipes().closeHandle(pair.server());
        assertThat(pipes().await(read).status()).isEqualTo(Packet.STATUS_SUCCESS);
        assertThat(read.text()).isEqualTo("abc");
    }
}
