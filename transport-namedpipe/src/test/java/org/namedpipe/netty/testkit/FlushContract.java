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
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_NOT_CONNECTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_KERNEL32_TESTS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_NTDLL_TESTS;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** FlushFileBuffers in each state of a pipe. */
interface FlushContract extends FixtureUser {

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_state")
    default void aFlushOfAListeningInstanceEndsAtOnce() {
        assertThat(k().flushFileBuffers(pipes().listener())).isEqualTo(ERROR_SUCCESS);
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void aFlushEndsAtOnceIfThePeerHasReadEverything() {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().write(pair.server(), "read").succeeds();
        pipes().readText(pair.client(), 8);
        assertThat(k().flushFileBuffers(pair.server())).isEqualTo(ERROR_SUCCESS);
        assertThat(k().flushFileBuffers(pair.client())).isEqualTo(ERROR_SUCCESS);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_state")
    default void aFlushAfterThePeerHasClosedEndsAtOnce() {
        PipeFixture.Pair first = pipes().bytes();
        pipes().write(first.server(), "lost").succeeds();
        pipes().closeHandle(first.client());
        assertThat(k().flushFileBuffers(first.server())).isEqualTo(ERROR_SUCCESS);
        PipeFixture.Pair second = pipes().bytes();
        pipes().write(second.client(), "lost").succeeds();
        pipes().closeHandle(second.server());
        assertThat(k().flushFileBuffers(second.client())).isEqualTo(ERROR_SUCCESS);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_state")
    default void aFlushOfADisconnectedServerEndsAtOnce() {
        PipeFixture.Pair pair = pipes().bytes();
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        assertThat(k().flushFileBuffers(pair.server())).isEqualTo(ERROR_SUCCESS);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_state")
    default void aDisconnectedClientCannotFlush() {
        PipeFixture.Pair pair = pipes().bytes();
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        assertThat(k().flushFileBuffers(pair.client())).isEqualTo(ERROR_PIPE_NOT_CONNECTED);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_blocking")
    default void aFlushWaitsUntilThePeerReads() throws Exception {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().write(pair.server(), "abc").succeeds();
        AtomicBoolean peerReads = new AtomicBoolean();
        CompletableFuture<Boolean> flushedInTime = CompletableFuture.supplyAsync(() -> {
            assertThat(k().flushFileBuffers(pair.server())).isEqualTo(ERROR_SUCCESS);
            return peerReads.get();
        });
        assertThat(pipes().readText(pair.client(), 2)).isEqualTo("ab");
        peerReads.set(true);
        assertThat(pipes().readText(pair.client(), 2)).isEqualTo("c");
        assertThat(flushedInTime.get(20, TimeUnit.SECONDS)).isTrue();
    }

    /** The test cannot see that the flush waits. A flush that begins after the peer closed succeeds. */
    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_overlapped_transport")
    default void aPeerThatClosesEndsAFlush() throws Exception {
        PipeFixture.Pair pair = pipes().bytes();
        pipes().write(pair.server(), "abc").succeeds();
        CompletableFuture<Integer> flush = CompletableFuture.supplyAsync(() -> k().flushFileBuffers(pair.server()));
        pipes().closeHandle(pair.client());
        assertThat(flush.get(20, TimeUnit.SECONDS)).isIn(ERROR_BROKEN_PIPE, ERROR_SUCCESS);
    }

    /** The test cannot see that the flush waits. A flush that begins after the cancel succeeds at once. */
    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_blocking_rw")
    default void aCancelOfTheWriteThatAFlushWaitsForEndsIt() throws Exception {
        PipeFixture.Pair pair = pipes().bytes(0);
        Io write = pipes().write(pair.server(), "abc").pends();
        CompletableFuture<Integer> flush = CompletableFuture.supplyAsync(() -> k().flushFileBuffers(pair.server()));
        assertThat(k().cancelIoEx(pair.server(), write.address())).isEqualTo(ERROR_SUCCESS);
        pipes().await(write);
        assertThat(flush.get(20, TimeUnit.SECONDS)).isEqualTo(ERROR_SUCCESS);
    }
}
