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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.WaitThreads;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedPeer;
import org.namedpipe.netty.win32.WindowsException;

/**
 * Operations on handles without a port. An event signals their end, a thread waits for that and posts a packet, which is only a
 * hint. {@link PacketWatchTest} is about events without a thread.
 */
class EventWaitTest extends HandlerTest {
    private static final int MAX_IDLE_WAITS = 64;
    private static final String POST = "PostQueuedCompletionStatus";

    private final FakeHandle handle = new FakeHandle();
    private final List<Long> instances = new ArrayList<>();

    /** The port of waits that the test opens. */
    private final long port = kernel.createIoCompletionPort();

    @BeforeEach
    void useThreads() {
        WaitThreads.only(kernel);
    }

    @AfterEach
    void closePort() {
        kernel.closeHandle(port);
    }

    @Override
    long newInstance() {
        long instance = super.newInstance();
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

    private void assertEndedWith(int code) {
        assertThat(handle.events).containsExactly("registered", "ConnectNamedPipe " + code + " 0");
    }

    @Test
    void aConnectCompletesByItsEvent() {
        IocpIoOps connect = connect(newInstance());
        assertThat(register(handle).submit(connect)).isPositive();
        try (SimulatedPeer client = SimulatedPeer.open(kernel, PATH)) {
            assertThat(driven.run()).as("before the callback").isZero();
            kernel.runCallbacks();
            assertThat(driven.run()).isEqualTo(1);
            assertEndedWith(Win32Error.ERROR_SUCCESS);
            assertThat(handle.ended).containsExactly(connect);
            assertThat(client.handle()).isPositive();
        }
        closeInstances();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Win32Error.ERROR_PIPE_CONNECTED,
                Win32Error.ERROR_NO_DATA,
                Win32Error.ERROR_INVALID_HANDLE,
                Win32Error.ERROR_NO_SYSTEM_RESOURCES
            })
    void aConnectThatCompletesSynchronouslyUsesNoWait(int code) {
        kernel.faults().on("ConnectNamedPipe").fail(code);
        IocpIoOps connect = connect(newInstance());
        assertThat(register(handle).submit(connect)).isZero();
        assertThat(connect.error()).isEqualTo(code);
        assertThat(handler.pendingOperations()).isZero();
        // The next operation uses the same wait.
        register(new FakeHandle()).submit(connect(newInstance()));
        assertThat(kernel.openWaits()).isEqualTo(1);
        closeInstances();
    }

    @Test
    void aPacketForAPendingOperationIsIgnored() {
        SimulatedKernel simulated = SimulatedKernel.withManualCallbacks();
        WaitThreads.only(simulated);
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
        // Two packets complete the operation once.
        simulated.postQueuedCompletionStatus(hinted.port(), 0, 0, overlapped);
        assertThat(hinted.run()).isEqualTo(1);
        assertEndedWith(Win32Error.ERROR_BROKEN_PIPE);
        hinted.handler.destroy();
        simulated.assertAllGone();
    }

    @Test
    void aSignalAfterTheEndOfTheOperationPostsNothing() throws WindowsException {
        EventWait wait = EventWait.open(kernel, port);
        wait.arm(64);
        wait.arm(0);
        signal(wait);
        assertThat(kernel.queuedPackets()).isZero();
        wait.arm(64);
        signal(wait);
        assertThat(kernel.queuedPackets()).isEqualTo(1);
        wait.close();
    }

    /** Completes a connect that signals the event. */
    private void signal(EventWait wait) {
        long instance = newInstance();
        memory.buffer().putLong(Overlapped.EVENT, wait.event());
        assertThat(kernel.connectNamedPipe(instance, memory.address())).isEqualTo(Win32Error.ERROR_IO_PENDING);
        kernel.closeHandle(instance);
        instances.remove(instance);
        kernel.runCallbacks();
    }

    @Test
    void aPostThatFailsIsRepeated() throws WindowsException {
        EventWait wait = EventWait.open(kernel, port);
        wait.arm(64);
        kernel.faults().on(POST).times(3).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        signal(wait);
        assertThat(kernel.queuedPackets()).isEqualTo(1);
        wait.close();
    }

    @Test
    void aPostThatKeepsFailingIsRepeatedByTheNextSignal() throws WindowsException {
        EventWait wait = EventWait.open(kernel, port);
        wait.arm(64);
        kernel.faults().on(POST).times(RetriedPost.MAX_POSTS).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        signal(wait);
        assertThat(kernel.queuedPackets()).isZero();
        signal(wait);
        assertThat(kernel.queuedPackets()).isEqualTo(1);
        wait.close();
    }

    @Test
    void aWaitThatCannotBeOpenedLeavesNothing() {
        kernel.faults().on("CreateEvent").fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        assertThatThrownBy(() -> EventWait.open(kernel, port)).hasMessageContaining("CreateEvent");
        kernel.faults().on("RegisterWait").fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        assertThatThrownBy(() -> EventWait.open(kernel, port)).isInstanceOf(WindowsException.class);
        assertThat(kernel.openWaits()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWaitThatFailsIsRenewedAndLosesNoSignal(boolean signalledBefore) {
        register(handle).submit(connect(newInstance()));
        kernel.failWaits(Win32Error.ERROR_INVALID_HANDLE);
        if (!signalledBefore) {
            kernel.runCallbacks();
            assertThat(driven.run()).isZero();
            assertThat(kernel.openWaits()).isEqualTo(1);
        }
        try (SimulatedPeer client = SimulatedPeer.open(kernel, PATH)) {
            kernel.runCallbacks();
            driven.run();
            kernel.runCallbacks();
            driven.run();
            assertEndedWith(Win32Error.ERROR_SUCCESS);
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
        assertEndedWith(Win32Error.ERROR_OPERATION_ABORTED);
        assertThat(handler.pendingOperations()).isZero();
        assertThat(kernel.openWaits()).isZero();
        closeInstances();
    }

    @Test
    void aCancellationThatFailsIsRepeated() {
        register(handle).submit(connect(newInstance()));
        kernel.failWaits(Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        kernel.faults().on("RegisterWait").times(2).fail(Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        kernel.faults().on("CancelIoEx").fail(Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        kernel.runCallbacks();
        assertThat(driven.run()).isZero();
        assertThat(driven.run()).isEqualTo(1);
        assertEndedWith(Win32Error.ERROR_OPERATION_ABORTED);
        closeInstances();
    }

    @Test
    void anIdleWaitThatFailsIsNotUsedAgain() {
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
    void aWaitThatFailsBeforeItsFirstUseIsRenewed() throws WindowsException {
        EventWait wait = EventWait.open(kernel, port);
        kernel.failWaits(Win32Error.ERROR_INVALID_HANDLE);
        kernel.runCallbacks();
        assertThat(kernel.queuedPackets()).isZero();
        wait.arm(64);
        assertThat(wait.begin()).isEqualTo(Win32Error.ERROR_SUCCESS);
        signal(wait);
        assertThat(kernel.queuedPackets()).isEqualTo(1);
        wait.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectIsCancelledByACallOrByTheEndOfItsThread(boolean byCall) {
        IocpIoOps connect = connect(newInstance());
        register(handle).submit(connect);
        if (byCall) {
            connect.cancel();
        } else {
            kernel.threadExited(Thread.currentThread());
        }
        kernel.runCallbacks();
        driven.run();
        assertEndedWith(Win32Error.ERROR_OPERATION_ABORTED);
        closeInstances();
    }

    @Test
    void idleWaitsAreKeptUpToALimit() {
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
