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
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_FLAG_OVERLAPPED;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_READ;
import static org.namedpipe.netty.internal.win32.Win32Constants.INFINITE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_DUPLEX;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_ABANDONED_WAIT_0;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_IO_PENDING;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_MORE_DATA;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_BUSY;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;

import com.sun.jna.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.OverlappedEntry;
import org.namedpipe.netty.internal.win32.Win32Error;

/** The options, the counters and the manual callbacks of the model, which the contract does not cover. */
class SimulatedKernelTest {
    private static final String PATH = "\\\\.\\pipe\\orders";

    private final SimulatedKernel kernel = new SimulatedKernel();
    private final List<Long> handles = new ArrayList<>();

    @AfterEach
    void closeEverything() {
        for (long handle : handles) {
            if (handle > 0) {
                kernel.closeHandle(handle);
            }
        }
        kernel.assertAllGone();
    }

    // ---- handles, ports, messages

    @Test
    void theLowestFreeHandleIsNext() {
        long first = kernel.createEvent();
        long second = kernel.createEvent();
        handles.add(second);
        assertThat(second).isEqualTo(first + 4);
        kernel.closeHandle(first);
        handles.add(kernel.createIoCompletionPort());
        assertThat(handles.get(1)).isEqualTo(first);
    }

    @Test
    void theUseOfAClosedHandleIsRecorded() {
        SimulatedKernel other = new SimulatedKernel();
        long event = other.createEvent();
        other.closeHandle(event);
        assertThat(other.closeHandle(event)).isEqualTo(Win32Error.ERROR_INVALID_HANDLE);
        assertThat(PipeQuery.available(other, other.createEvent())).isEqualTo(-Win32Error.ERROR_INVALID_HANDLE);
        assertThat(other.invalidHandleUses()).hasSize(2);
    }

    @Test
    void closingAPortEndsTheWaitsOnIt() throws Exception {
        long port = kernel.createIoCompletionPort();
        AtomicInteger result = new AtomicInteger();
        Memory entry = new Memory(OverlappedEntry.SIZE);
        Thread waiter =
                new Thread(() -> result.set(kernel.getQueuedCompletionStatusEx(port, Io.address(entry), 1, INFINITE)));
        waiter.start();
        kernel.awaitIdle(1);
        kernel.closeHandle(port);
        waiter.join(20_000);
        assertThat(result).hasValue(-ERROR_ABANDONED_WAIT_0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMessageTooLongForItsReadCanPostAPacket(boolean byPacket) {
        PipeFixture pipes = new PipeFixture(kernel);
        PipeFixture.Pair pair = pipes.messages();
        pipes.await(pipes.write(pair.server(), "abc").succeeds());
        pipes.skip(pair.client());
        kernel.moreDataByPacket(byPacket);
        Io read = pipes.read(pair.client(), 1).returns(byPacket ? ERROR_IO_PENDING : ERROR_MORE_DATA);
        if (byPacket) {
            pipes.await(read);
        }
        assertThat(read.status()).isEqualTo(Packet.STATUS_BUFFER_OVERFLOW);
        assertThat(read.text()).isEqualTo("a");
        pipes.close();
    }

    @Test
    void aDisconnectEndsAPendingConnect() {
        SimulatedPeer server = listen(0);
        SimulatedPeer.Operation connect = server.connect().hasCode(ERROR_IO_PENDING);
        server.disconnect();
        connect.hasCode(Win32Error.ERROR_PIPE_NOT_CONNECTED);
        assertThat(open(GENERIC_READ)).isEqualTo(-ERROR_PIPE_BUSY);
    }

    @Test
    void aPendingWriteEndsWithItsHandle() {
        SimulatedPeer server = listen(0, 0);
        SimulatedPeer client = SimulatedPeer.open(kernel, PATH);
        handles.add(client.handle());
        SimulatedPeer.Operation write = server.write("lost").hasCode(ERROR_IO_PENDING);
        close(server.handle());
        write.hasCode(Win32Error.ERROR_BROKEN_PIPE);
        client.read(8).hasCode(Win32Error.ERROR_BROKEN_PIPE);
    }

    @Test
    void aPendingWriteMayOutliveItsHandle() {
        kernel.writesOutliveTheirHandle(true);
        SimulatedPeer server = listen(0, 0);
        SimulatedPeer client = SimulatedPeer.open(kernel, PATH);
        handles.add(client.handle());
        SimulatedPeer.Operation kept = server.write("kept").hasCode(ERROR_IO_PENDING);
        SimulatedPeer.Operation lost = server.write("lost").hasCode(ERROR_IO_PENDING);
        close(server.handle());
        assertThat(kept.isPending()).isTrue();
        assertThat(client.read(4).succeeds().text()).isEqualTo("kept");
        kept.succeeds();
        close(client.handle());
        lost.hasCode(Win32Error.ERROR_BROKEN_PIPE);
    }

    @Test
    void callsAreCounted() {
        SimulatedPeer server = listen(0);
        SimulatedPeer client = SimulatedPeer.open(kernel, PATH);
        handles.add(client.handle());
        client.write("a").succeeds();
        client.write("b").succeeds();
        server.read(8).succeeds();
        assertThat(kernel.calls("WriteFile")).isEqualTo(2);
        assertThat(kernel.calls("ReadFile")).isEqualTo(1);
        kernel.resetCalls();
        assertThat(kernel.calls("WriteFile")).isZero();
    }

    // ---- waits

    @Test
    void theTestRunsTheCallbacks() {
        SimulatedKernel manual = SimulatedKernel.withManualCallbacks();
        long event = manual.createEvent();
        AtomicInteger ran = new AtomicInteger();
        long wait = manual.registerWait(event, ran::incrementAndGet);
        signal(manual, event);
        assertThat(manual.dueCallbacks()).isEqualTo(1);
        assertThat(ran).hasValue(0);
        assertThat(manual.runCallbacks()).isEqualTo(1);
        assertThat(ran).hasValue(1);
        signal(manual, event);
        assertThat(manual.unregisterWait(wait)).isEqualTo(ERROR_SUCCESS);
        assertThat(manual.runCallbacks()).isZero();
        manual.closeHandle(event);
        manual.assertAllGone();
    }

    @Test
    void unregisteringAWaitWaitsForItsCallback() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicInteger left = new AtomicInteger();
        handles.add(kernel.createEvent());
        long wait = kernel.registerWait(handles.get(0), () -> {
            entered.countDown();
            awaitUninterruptibly(leave);
            left.incrementAndGet();
        });
        signal(kernel, handles.get(0));
        entered.await();
        AtomicInteger leftAtEnd = new AtomicInteger();
        Thread ending = new Thread(() -> {
            kernel.unregisterWait(wait);
            leftAtEnd.set(left.get());
        });
        ending.start();
        kernel.await("the wait is being ended", () -> kernel.openWaits() == 0);
        leave.countDown();
        ending.join(20_000);
        assertThat(leftAtEnd).hasValue(1);
    }

    // ---- helpers

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Signals an event by an operation that ends. The model has no SetEvent. */
    private static void signal(SimulatedKernel kernel, long event) {
        Io io = new Io("ConnectNamedPipe", 0);
        io.overlapped.setLong(Overlapped.EVENT, event);
        long server = kernel.createNamedPipe(PATH, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 9, 0, 0, 0, 0);
        assertThat(kernel.connectNamedPipe(server, io.address())).isEqualTo(ERROR_IO_PENDING);
        kernel.closeHandle(kernel.createFile(PATH, GENERIC_READ, FILE_FLAG_OVERLAPPED));
        kernel.closeHandle(server);
        assertThat(io.status()).isEqualTo(Packet.STATUS_SUCCESS);
    }

    private SimulatedPeer listen(int pipeMode) {
        return listen(pipeMode, 4096);
    }

    private SimulatedPeer listen(int pipeMode, int quota) {
        SimulatedPeer peer = SimulatedPeer.listen(kernel, PATH, pipeMode, quota);
        handles.add(peer.handle());
        return peer;
    }

    private long open(int access) {
        handles.add(kernel.createFile(PATH, access, FILE_FLAG_OVERLAPPED));
        return handles.get(handles.size() - 1);
    }

    private void close(long handle) {
        handles.remove(handle);
        assertThat(kernel.closeHandle(handle)).isEqualTo(ERROR_SUCCESS);
    }
}
