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
package org.namedpipe.netty.iocp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.IoRegistration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.SimulatedKernel;
import org.namedpipe.netty.internal.win32.SimulatedPeer;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/** Operations on handles without a port, which are waited for by events: a packet is a hint, the operation has the word. */
class EventWaitTest extends HandlerTest {
    private static final int MAX_IDLE_WAITS = 64;
    private static final String POST = "PostQueuedCompletionStatus";

    private final FakeHandle handle = new FakeHandle();
    private final List<Long> instances = new ArrayList<>();

    private long newInstance() {
        long instance = kernel.createNamedPipe(
                PATH,
                Win32Constants.PIPE_ACCESS_DUPLEX | Win32Constants.FILE_FLAG_OVERLAPPED,
                0,
                Win32Constants.PIPE_UNLIMITED_INSTANCES,
                0,
                0,
                0,
                0);
        instances.add(instance);
        return instance;
    }

    private void closeInstances() {
        instances.forEach(kernel::closeHandle);
        instances.clear();
        kernel.runCallbacks();
        driven.run();
    }

    private static IocpIoOps connect(long instance) {
        return IocpIoOps.newConnect(FakeHandle.IGNORE).prepare(instance);
    }

    @Test
    void aClientIsToldByAnEvent() {
        IocpIoOps connect = connect(newInstance());
        assertThat(register(handle).submit(connect)).isPositive();
        try (SimulatedPeer client = SimulatedPeer.open(kernel, PATH)) {
            assertThat(driven.run()).as("nobody has called back").isZero();
            kernel.runCallbacks();
            assertThat(driven.run()).isEqualTo(1);
            assertThat(handle.events).containsExactly("registered", "ConnectNamedPipe 0 0");
            assertThat(handle.ended).containsExactly(connect);
            assertThat(client.handle()).isPositive();
        }
        closeInstances();
    }

    // case 38
    @ParameterizedTest
    @ValueSource(
            ints = {
                Win32Error.ERROR_PIPE_CONNECTED,
                Win32Error.ERROR_NO_DATA,
                Win32Error.ERROR_INVALID_HANDLE,
                Win32Error.ERROR_NO_SYSTEM_RESOURCES
            })
    void whatIsKnownAtOnceUsesNoWait(int code) {
        kernel.faults().on("ConnectNamedPipe").fail(code);
        IocpIoOps connect = connect(newInstance());
        assertThat(register(handle).submit(connect)).isZero();
        assertThat(connect.error()).isEqualTo(code);
        assertThat(handler.pendingOperations()).isZero();
        // The wait is free for the next one.
        IocpIoOps next = connect(newInstance());
        register(new FakeHandle()).submit(next);
        assertThat(kernel.openWaits()).isEqualTo(1);
        closeInstances();
    }

    @Test
    void aHintForAnOperationThatGoesOnIsIgnored() {
        SimulatedKernel simulated = SimulatedKernel.withManualCallbacks();
        SpyKernel spy = new SpyKernel(simulated, "connectNamedPipe", 1);
        DrivenHandler hinted = new DrivenHandler(spy.kernel(), simulated);
        long instance = simulated.createNamedPipe(
                PATH, Win32Constants.PIPE_ACCESS_DUPLEX | Win32Constants.FILE_FLAG_OVERLAPPED, 0, 1, 0, 0, 0, 0);
        IocpIoOps connect = connect(instance);
        hinted.handler.register(handle).submit(connect);
        long overlapped = spy.arguments().get(0);
        simulated.postQueuedCompletionStatus(hinted.port(), 0, 0, overlapped);
        assertThat(hinted.run()).isZero();
        assertThat(connect.isPending()).isTrue();
        simulated.closeHandle(instance);
        simulated.runCallbacks();
        // Two hints, one end.
        simulated.postQueuedCompletionStatus(hinted.port(), 0, 0, overlapped);
        assertThat(hinted.run()).isEqualTo(1);
        assertThat(handle.events)
                .containsExactly("registered", "ConnectNamedPipe " + Win32Error.ERROR_BROKEN_PIPE + " 0");
        hinted.handler.destroy();
        simulated.assertAllGone();
    }

    @Test
    void aSignalAfterTheEndOfItsOperationPostsNothing() throws WindowsException {
        long port = kernel.createIoCompletionPort();
        EventWait wait = EventWait.open(kernel, port);
        wait.arm(64);
        wait.arm(0);
        signal(wait);
        assertThat(kernel.queuedPackets()).isZero();
        wait.arm(64);
        signal(wait);
        assertThat(kernel.queuedPackets()).isEqualTo(1);
        wait.close();
        kernel.closeHandle(port);
    }

    /** Has a connect end that signals the event. */
    private void signal(EventWait wait) {
        long instance = newInstance();
        memory.buffer().putLong(Overlapped.EVENT, wait.event());
        assertThat(kernel.connectNamedPipe(instance, memory.address())).isEqualTo(Win32Error.ERROR_IO_PENDING);
        kernel.closeHandle(instance);
        instances.remove(instance);
        kernel.runCallbacks();
    }

    @Test
    void aPostThatFailsForAMomentIsMadeUpFor() throws WindowsException {
        long port = kernel.createIoCompletionPort();
        EventWait wait = EventWait.open(kernel, port);
        wait.arm(64);
        kernel.faults().on(POST).times(3).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        signal(wait);
        assertThat(kernel.queuedPackets()).isEqualTo(1);
        wait.close();
        kernel.closeHandle(port);
    }

    @Test
    void aPostThatFailsForGoodIsGivenUpUntilTheNextSignal() throws WindowsException {
        long port = kernel.createIoCompletionPort();
        EventWait wait = EventWait.open(kernel, port);
        wait.arm(64);
        kernel.faults().on(POST).times(RetriedPost.MAX_POSTS).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        signal(wait);
        assertThat(kernel.queuedPackets()).isZero();
        signal(wait);
        assertThat(kernel.queuedPackets()).isEqualTo(1);
        wait.close();
        kernel.closeHandle(port);
    }

    // case 38
    @Test
    void whatCannotBeOpenedLeavesNothing() {
        long port = kernel.createIoCompletionPort();
        kernel.faults().on("CreateEvent").fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        assertThatThrownBy(() -> EventWait.open(kernel, port)).hasMessageContaining("CreateEvent");
        kernel.faults().on("RegisterWait").fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        assertThatThrownBy(() -> EventWait.open(kernel, port)).isInstanceOf(WindowsException.class);
        kernel.closeHandle(port);
        assertThat(kernel.openWaits()).isZero();
    }

    @Test
    void aWaitThatFailsIsRenewed() {
        IocpIoOps connect = connect(newInstance());
        register(handle).submit(connect);
        kernel.failWaits(Win32Error.ERROR_INVALID_HANDLE);
        kernel.runCallbacks();
        assertThat(driven.run()).isZero();
        assertThat(kernel.openWaits()).isEqualTo(1);
        try (SimulatedPeer client = SimulatedPeer.open(kernel, PATH)) {
            kernel.runCallbacks();
            assertThat(driven.run()).isEqualTo(1);
            assertThat(handle.events).containsExactly("registered", "ConnectNamedPipe 0 0");
            assertThat(client.handle()).isPositive();
        }
        closeInstances();
    }

    @Test
    void aSignalThatCameWhileTheWaitHadFailedIsNotLost() {
        register(handle).submit(connect(newInstance()));
        kernel.failWaits(Win32Error.ERROR_INVALID_HANDLE);
        try (SimulatedPeer client = SimulatedPeer.open(kernel, PATH)) {
            kernel.runCallbacks();
            driven.run();
            kernel.runCallbacks();
            driven.run();
            assertThat(handle.events).containsExactly("registered", "ConnectNamedPipe 0 0");
            assertThat(client.handle()).isPositive();
        }
        closeInstances();
    }

    @Test
    void anOperationWhoseWaitCannotBeRenewedIsCancelled() {
        register(handle).submit(connect(newInstance()));
        kernel.failWaits(Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        kernel.faults().on("RegisterWait").fail(Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        kernel.runCallbacks();
        assertThat(driven.run()).isEqualTo(1);
        assertThat(handle.events)
                .containsExactly("registered", "ConnectNamedPipe " + Win32Error.ERROR_OPERATION_ABORTED + " 0");
        assertThat(handler.pendingOperations()).isZero();
        assertThat(kernel.openWaits()).isZero();
        closeInstances();
    }

    @Test
    void anOperationThatCannotBeCancelledAtOnceIsLookedAtAgain() {
        register(handle).submit(connect(newInstance()));
        kernel.failWaits(Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        kernel.faults().on("RegisterWait").times(2).fail(Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        kernel.faults().on("CancelIoEx").fail(Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        kernel.runCallbacks();
        assertThat(driven.run()).isZero();
        assertThat(driven.run()).isEqualTo(1);
        assertThat(handle.events)
                .containsExactly("registered", "ConnectNamedPipe " + Win32Error.ERROR_OPERATION_ABORTED + " 0");
        closeInstances();
    }

    @Test
    void aWaitThatFailsWhileItIsIdleIsNotUsedAgain() {
        IoRegistration registration = register(handle);
        registration.submit(connect(newInstance()));
        closeInstances();
        assertThat(kernel.openWaits()).isEqualTo(1);
        kernel.failWaits(Win32Error.ERROR_INVALID_HANDLE);
        kernel.runCallbacks();
        registration.submit(connect(newInstance()));
        assertThat(kernel.openWaits()).isEqualTo(1);
        closeInstances();
        assertThat(handle.ended).hasSize(2);
    }

    @Test
    void aWaitThatFailsJustBeforeItIsUsedReportsIt() throws WindowsException {
        long port = kernel.createIoCompletionPort();
        EventWait wait = EventWait.open(kernel, port);
        kernel.failWaits(Win32Error.ERROR_INVALID_HANDLE);
        kernel.runCallbacks();
        assertThat(kernel.queuedPackets()).isZero();
        wait.arm(64);
        assertThat(kernel.queuedPackets()).isEqualTo(1);
        wait.close();
        kernel.closeHandle(port);
    }

    @Test
    void aCancelledConnectEndsByItsEvent() {
        IocpIoOps connect = connect(newInstance());
        register(handle).submit(connect);
        connect.cancel();
        kernel.runCallbacks();
        driven.run();
        assertThat(handle.events)
                .containsExactly("registered", "ConnectNamedPipe " + Win32Error.ERROR_OPERATION_ABORTED + " 0");
        closeInstances();
    }

    @Test
    void aConnectDiesWithItsThread() {
        register(handle).submit(connect(newInstance()));
        kernel.threadExited(Thread.currentThread());
        kernel.runCallbacks();
        driven.run();
        assertThat(handle.events)
                .containsExactly("registered", "ConnectNamedPipe " + Win32Error.ERROR_OPERATION_ABORTED + " 0");
        closeInstances();
    }

    @Test
    void waitsAreKeptForLaterUpToANumber() {
        int count = MAX_IDLE_WAITS + 36;
        IoRegistration registration = register(handle);
        for (int i = 0; i < count; i++) {
            registration.submit(connect(newInstance()));
        }
        assertThat(kernel.openWaits()).isEqualTo(count);
        closeInstances();
        assertThat(handle.ended).hasSize(count);
        assertThat(kernel.openWaits()).isEqualTo(MAX_IDLE_WAITS);
        kernel.resetCalls();
        for (int i = 0; i < MAX_IDLE_WAITS; i++) {
            registration.submit(connect(newInstance()));
        }
        assertThat(kernel.calls("RegisterWait")).isZero();
        closeInstances();
    }
}
