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
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_CONNECTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;
import static org.namedpipe.netty.testkit.Source.Kind.LEARN;
import static org.namedpipe.netty.testkit.Source.Kind.NONE;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_NTDLL_TESTS;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Events, waits, and operations that signal an event because their handle has no port. */
interface EventContract extends FixtureUser {

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_overlapped")
    default void anOperationWithoutPortSignalsItsEvent() throws Exception {
        long server = pipes().server(0);
        long event = pipes().own(k().createEvent());
        Semaphore signals = new Semaphore(0);
        long wait = k().registerWait(event, signals::release);
        assertThat(wait).isPositive();
        Io connect = pipes().connect(server, event).pends();
        pipes().client();
        assertSignalled(signals);
        assertThat(connect.status()).isEqualTo(Packet.STATUS_SUCCESS);
        assertThat(k().unregisterWait(wait)).isEqualTo(ERROR_SUCCESS);
        pipes().assertNoPacket();
    }

    @Test
    @Source(value = LEARN, at = "Event Objects")
    default void aWaitCallsBackForEachSignal() throws Exception {
        long server = pipes().server(0);
        long event = pipes().own(k().createEvent());
        Semaphore signals = new Semaphore(0);
        long wait = k().registerWait(event, signals::release);
        for (int i = 0; i < 3; i++) {
            pipes().connect(server, event).pends();
            pipes().client();
            assertSignalled(signals);
            assertThat(k().disconnectNamedPipe(server)).isEqualTo(ERROR_SUCCESS);
        }
        assertThat(k().unregisterWait(wait)).isEqualTo(ERROR_SUCCESS);
        assertThat(signals.availablePermits()).isZero();
    }

    @Test
    @Source(value = LEARN, at = "Event Objects")
    default void aWaitMayBeginAfterTheSignal() throws Exception {
        long server = pipes().server(0);
        long event = pipes().own(k().createEvent());
        pipes().connect(server, event).pends();
        pipes().client();
        Semaphore signals = new Semaphore(0);
        long wait = k().registerWait(event, signals::release);
        assertSignalled(signals);
        assertThat(k().unregisterWait(wait)).isEqualTo(ERROR_SUCCESS);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_overlapped")
    default void aConnectThatFindsItsClientSignalsNothing() throws Exception {
        long server = pipes().server(0);
        pipes().client();
        long event = pipes().own(k().createEvent());
        AtomicInteger signals = new AtomicInteger();
        long wait = k().registerWait(event, signals::incrementAndGet);
        pipes().connect(server, event).returns(ERROR_PIPE_CONNECTED);
        assertThat(k().unregisterWait(wait)).isEqualTo(ERROR_SUCCESS);
        assertThat(signals).hasValue(0);
    }

    @Test
    @Source(NONE)
    default void anUnregisteredWaitIsNotCalled() throws Exception {
        long server = pipes().server(0);
        long event = pipes().own(k().createEvent());
        AtomicInteger ended = new AtomicInteger();
        assertThat(k().unregisterWait(k().registerWait(event, ended::incrementAndGet)))
                .isEqualTo(ERROR_SUCCESS);
        Semaphore signals = new Semaphore(0);
        long wait = k().registerWait(event, signals::release);
        pipes().connect(server, event).pends();
        pipes().client();
        assertSignalled(signals);
        assertThat(k().unregisterWait(wait)).isEqualTo(ERROR_SUCCESS);
        assertThat(ended).hasValue(0);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_cancelio")
    default void aCancelledOperationSignalsItsEvent() throws Exception {
        long server = pipes().server(0);
        long event = pipes().own(k().createEvent());
        Semaphore signals = new Semaphore(0);
        long wait = k().registerWait(event, signals::release);
        Io connect = pipes().connect(server, event).pends();
        assertThat(k().cancelIoEx(server, connect.address())).isEqualTo(ERROR_SUCCESS);
        assertSignalled(signals);
        assertThat(connect.status()).isEqualTo(Packet.STATUS_CANCELLED);
        assertThat(k().unregisterWait(wait)).isEqualTo(ERROR_SUCCESS);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_completion")
    default void aHandleJoinsAPortAfterItsConnectSignalledAnEvent() throws Exception {
        long server = pipes().server(0);
        long event = pipes().own(k().createEvent());
        Semaphore signals = new Semaphore(0);
        long wait = k().registerWait(event, signals::release);
        pipes().connect(server, event).pends();
        long client = pipes().skip(pipes().associate(pipes().client(), PipeFixture.CLIENT_KEY));
        assertSignalled(signals);
        assertThat(k().unregisterWait(wait)).isEqualTo(ERROR_SUCCESS);
        pipes().skip(pipes().associate(server, PipeFixture.SERVER_KEY));
        Io read = pipes().read(server, 8).pends();
        pipes().write(client, "abc").succeeds();
        assertThat(pipes().await(read).key()).isEqualTo(PipeFixture.SERVER_KEY);
    }

    @Test
    @Source(value = LEARN, at = "ExitThread")
    default void anOperationWithoutPortEndsWithItsThread() throws Exception {
        long server = pipes().server(0);
        long event = pipes().own(k().createEvent());
        Semaphore signals = new Semaphore(0);
        long wait = k().registerWait(event, signals::release);
        Io[] connect = new Io[1];
        onThreadThatEnds(() -> connect[0] = pipes().connect(server, event).pends());
        assertSignalled(signals);
        assertThat(connect[0].status()).isEqualTo(Packet.STATUS_CANCELLED);
        assertThat(k().unregisterWait(wait)).isEqualTo(ERROR_SUCCESS);
    }

    @Test
    @Source(value = LEARN, at = "ExitThread")
    default void anOperationOnAPortOutlivesItsThread() {
        PipeFixture.Pair pair = pipes().bytes();
        Io[] read = new Io[1];
        onThreadThatEnds(() -> read[0] = pipes().read(pair.server(), 8).pends());
        pipes().write(pair.client(), "abc").succeeds();
        assertThat(pipes().await(read[0]).status()).isEqualTo(Packet.STATUS_SUCCESS);
        assertThat(read[0].text()).isEqualTo("abc");
    }

    /** Runs a task on a new thread, and waits for the end of the thread. */
    private void onThreadThatEnds(Runnable task) {
        Throwable[] thrown = new Throwable[1];
        Thread thread = new Thread(task, "short-lived");
        thread.setUncaughtExceptionHandler((t, e) -> thrown[0] = e);
        thread.start();
        try {
            thread.join(TimeUnit.MINUTES.toMillis(10));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(thread.isAlive()).isFalse();
        assertThat(thrown[0]).isNull();
        threadEnded(thread);
    }

    private static void assertSignalled(Semaphore signals) throws InterruptedException {
        assertThat(signals.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }
}
