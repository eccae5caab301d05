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

import io.netty.channel.IoRegistration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testkit.Hold;
import org.namedpipe.netty.testkit.SimulatedKernel;

/** Operations on handles without a port, whose event queues a packet without a thread. */
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SAME_THREAD)
class PacketWatchTest {
    private static final String PATH = HandlerTest.PATH;
    private static final String ASSOCIATE = "AssociateWaitPacket";
    private static final String CANCEL = "CancelWaitPacket";
    private static final String REGISTER_WAIT = "RegisterWait";

    private final SimulatedKernel kernel = SimulatedKernel.withManualCallbacks();
    private final SpyKernel spy = new SpyKernel(kernel, "connectNamedPipe", 1);
    private final DrivenHandler driven = new DrivenHandler(spy.kernel(), kernel);
    private final FakeHandle handle = new FakeHandle();
    private final IoRegistration registration = driven.handler.register(handle);
    private final List<Long> ends = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        closeEnds();
        driven.handler.destroy();
        assertThat(driven.handler.pendingOperations()).isZero();
        kernel.assertAllGone();
    }

    /** Submits a connect on a new instance, without a check of how it goes on. */
    private IocpIoOps connect() {
        long instance = kernel.createNamedPipe(
                PATH,
                Win32Constants.PIPE_ACCESS_DUPLEX | Win32Constants.FILE_FLAG_OVERLAPPED,
                0,
                Win32Constants.PIPE_UNLIMITED_INSTANCES,
                0,
                0,
                0,
                0);
        ends.add(instance);
        IocpIoOps connect = IocpIoOps.newConnect(FakeHandle.IGNORE).prepare(instance);
        registration.submit(connect);
        return connect;
    }

    private IocpIoOps submit() {
        IocpIoOps connect = connect();
        assertThat(connect.isPending()).isTrue();
        return connect;
    }

    /** Opens a client if an instance is free. */
    private void openClient() {
        long client = kernel.createFile(PATH, Win32Constants.GENERIC_READ, Win32Constants.FILE_FLAG_OVERLAPPED);
        if (!Win32Error.isError(client)) {
            ends.add(client);
        }
    }

    private void closeEnds() {
        ends.forEach(kernel::closeHandle);
        ends.clear();
    }

    /** Posts a packet for the last operation, as the thread of another wait can do. */
    private void hint() {
        List<Long> addresses = spy.arguments();
        kernel.postQueuedCompletionStatus(driven.port(), 0, EventWait.KEY, addresses.get(addresses.size() - 1));
    }

    /** Closes the pipes, and takes all packets. */
    private void closeAll() {
        closeEnds();
        while (kernel.runCallbacks() + kernel.queuedPackets() > 0) {
            driven.run();
        }
    }

    private void assertEndedWith(Integer... codes) {
        assertThat(handle.ended).extracting(IocpIoOps::error).containsExactly(codes);
    }

    private void assertNoThreads() {
        assertThat(kernel.calls(REGISTER_WAIT)).as("waits of threads").isZero();
        assertThat(kernel.calls("PostQueuedCompletionStatus")).as("posts").isZero();
    }

    // ---- calls

    @Test
    void aClientIsNoticedWithoutAThread() {
        submit();
        openClient();
        assertThat(driven.run()).isEqualTo(1);
        assertEndedWith(Win32Error.ERROR_SUCCESS);
        assertNoThreads();
        closeAll();
    }

    @Test
    void theNextOperationCostsOneCall() {
        for (int i = 0; i < 5; i++) {
            submit();
            openClient();
            driven.run();
            closeAll();
        }
        assertThat(handle.ended).hasSize(5);
        assertThat(kernel.calls("CreateEvent")).isEqualTo(1);
        assertThat(kernel.calls("CreateWaitPacket")).isEqualTo(1);
        assertThat(kernel.calls(ASSOCIATE)).isEqualTo(5);
        assertThat(kernel.calls(CANCEL)).isZero();
        assertNoThreads();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Win32Error.ERROR_PIPE_CONNECTED,
                Win32Error.ERROR_NO_DATA,
                Win32Error.ERROR_INVALID_HANDLE,
                Win32Error.ERROR_NO_SYSTEM_RESOURCES
            })
    void aConnectThatCompletesSynchronouslyCostsNoCall(int code) {
        kernel.faults().on("ConnectNamedPipe").fail(code);
        IocpIoOps connect = connect();
        assertThat(connect.isPending()).isFalse();
        assertThat(connect.error()).isEqualTo(code);
        assertThat(kernel.calls(ASSOCIATE)).isZero();
        assertNoThreads();
        closeAll();
        assertThat(handle.ended).isEmpty();
    }

    @Test
    void theHandlesOfAWaitAreAnEventAndAPacket() {
        int before = kernel.openHandles();
        submit();
        assertThat(kernel.openHandles()).as("with the instance").isEqualTo(before + 3);
        closeAll();
        assertThat(kernel.openHandles()).as("kept for the next one").isEqualTo(before + 2);
        driven.handler.destroy();
        assertThat(kernel.openHandles()).as("without the port").isEqualTo(before - 1);
    }

    // ---- orders

    @Test
    void aClientMayComeBeforeTheAssociation() {
        kernel.faults().before(ASSOCIATE, this::openClient);
        submit();
        assertThat(driven.run()).isEqualTo(1);
        assertThat(driven.run()).isZero();
        assertEndedWith(Win32Error.ERROR_SUCCESS);
        closeAll();
        assertThat(handle.ended).hasSize(1);
    }

    @Test
    void aCancelledOperationQueuesItsPacket() {
        submit().cancel();
        driven.run();
        assertEndedWith(Win32Error.ERROR_OPERATION_ABORTED);
        assertNoThreads();
        closeAll();
    }

    @Test
    void aCancelWhileThePacketIsQueuedIsTooLate() {
        IocpIoOps connect = submit();
        openClient();
        assertThat(connect.cancel()).isTrue();
        driven.run();
        assertEndedWith(Win32Error.ERROR_SUCCESS);
        closeAll();
    }

    @Test
    void anInstanceMayBeClosedWhileThePacketIsQueued() {
        submit();
        openClient();
        closeAll();
        assertEndedWith(Win32Error.ERROR_SUCCESS);
    }

    @Test
    void aLoopThatEndsTakesThePackets() {
        submit();
        openClient();
        submit();
        closeEnds();
        driven.handler.prepareToDestroy();
        driven.handler.destroy();
        assertThat(handle.ended).hasSize(2);
        assertNoThreads();
    }

    @Test
    void thePacketThatAnotherOneHasOutrunIsRemovedByTheNextOperation() {
        submit();
        hint();
        openClient();
        assertThat(driven.run()).isEqualTo(1);
        assertThat(kernel.queuedPackets()).isEqualTo(1);
        submit();
        assertThat(kernel.queuedPackets()).isZero();
        openClient();
        assertThat(driven.run()).isEqualTo(1);
        assertEndedWith(Win32Error.ERROR_SUCCESS, Win32Error.ERROR_SUCCESS);
        assertThat(kernel.calls(CANCEL)).isEqualTo(1);
    }

    @Test
    void thePacketThatAnotherOneHasOutrunIsRemovedWhenTheLoopEnds() {
        submit();
        hint();
        openClient();
        assertThat(driven.run()).isEqualTo(1);
        driven.handler.destroy();
        assertThat(kernel.calls(CANCEL)).isEqualTo(1);
    }

    @Test
    void aHintForAPendingOperationIsIgnored() {
        submit();
        hint();
        assertThat(driven.run()).isZero();
        openClient();
        assertThat(driven.run()).isEqualTo(1);
        assertThat(kernel.calls(REGISTER_WAIT)).isZero();
        closeAll();
        assertEndedWith(Win32Error.ERROR_SUCCESS);
    }

    @Test
    void aClientThatComesWhileTheWaitIsRenewedIsNotLost() {
        submit();
        hint();
        kernel.faults().before(CANCEL, this::openClient);
        assertThat(driven.run()).as("its packet is removed").isEqualTo(1);
        closeAll();
        assertEndedWith(Win32Error.ERROR_SUCCESS);
    }

    @Test
    void aPacketThatCannotBeRemovedIsAHint() {
        submit();
        hint();
        kernel.faults().on(CANCEL).times(2).fail(Win32Error.ERROR_IO_PENDING);
        assertThat(driven.run()).isZero();
        assertThat(kernel.openWaits()).as("a thread waits").isEqualTo(1);
        openClient();
        driven.run();
        kernel.runCallbacks();
        driven.run();
        closeAll();
        assertEndedWith(Win32Error.ERROR_SUCCESS);
    }

    // ---- failures

    @ParameterizedTest
    @ValueSource(ints = {Win32Error.ERROR_PROC_NOT_FOUND, Win32Error.ERROR_NO_SYSTEM_RESOURCES})
    void withoutAWaitPacketAThreadWaits(int code) {
        kernel.faults().on("CreateWaitPacket").fail(code);
        submit();
        assertThat(kernel.openWaits()).isEqualTo(1);
        openClient();
        assertThat(driven.run()).isZero();
        kernel.runCallbacks();
        assertThat(driven.run()).isEqualTo(1);
        closeAll();
        assertEndedWith(Win32Error.ERROR_SUCCESS);
    }

    @Test
    void anAssociationThatFailsOnceIsRepeated() {
        kernel.faults().on(ASSOCIATE).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        submit();
        assertNoThreads();
        openClient();
        assertThat(driven.run()).isEqualTo(1);
        closeAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"after", ASSOCIATE, CANCEL, REGISTER_WAIT})
    void withoutAnAssociationAThreadWaits(String clientBefore) {
        int handles = kernel.openHandles();
        kernel.faults().on(ASSOCIATE).times(2).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        if (!clientBefore.equals("after")) {
            kernel.faults().before(clientBefore, this::openClient);
        }
        submit();
        assertThat(kernel.openWaits()).isEqualTo(1);
        openClient();
        while (kernel.runCallbacks() + kernel.queuedPackets() > 0) {
            driven.run();
        }
        assertEndedWith(Win32Error.ERROR_SUCCESS);
        closeAll();
        assertThat(kernel.openHandles()).as("the event of the thread is kept").isEqualTo(handles + 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOperationThatNothingWaitsForIsCancelled(boolean withClient) {
        kernel.faults().on(ASSOCIATE).times(2).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        kernel.faults().on(REGISTER_WAIT).times(2).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        submit();
        if (withClient) {
            openClient();
        }
        assertThat(driven.run()).isEqualTo(1);
        assertEndedWith(withClient ? Win32Error.ERROR_SUCCESS : Win32Error.ERROR_OPERATION_ABORTED);
        assertThat(kernel.openWaits()).isZero();
        closeAll();
        assertThat(handle.ended).hasSize(1);
    }

    /** Its submitter has cancelled it; the number of the closed handle may be that of another object by now. */
    @Test
    void anOperationWhoseHandleIsClosedIsNotCancelledAgain() {
        try (Hold hold = kernel.scheduler().hold(completion -> true)) {
            submit().cancel();
            closeEnds();
            hint();
            kernel.faults().on(ASSOCIATE).times(2).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
            kernel.faults().on(REGISTER_WAIT).times(2).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
            assertThat(driven.run()).isZero();
            assertThat(driven.run()).isZero();
            assertThat(driven.run()).isZero();
            assertThat(hold.held()).hasSize(1);
        }
        closeAll();
        assertEndedWith(Win32Error.ERROR_OPERATION_ABORTED);
        assertThat(kernel.calls("CancelIoEx")).isEqualTo(1);
    }

    // ---- all orders

    /** Each number is a sequence of events. The handler, with its waits and slots, is the same for all. */
    @Test
    void anyOrderEndsEachOperationOnce() {
        int length = 5;
        int kinds = 6;
        int sequences = (int) Math.pow(kinds, length);
        for (int sequence = 0; sequence < sequences; sequence++) {
            handle.ended.clear();
            IocpIoOps connect = connect();
            int pended = connect.isPending() ? 1 : 0;
            for (int i = 0, rest = sequence; i < length; i++, rest /= kinds) {
                switch (rest % kinds) {
                    case 0 -> openClient();
                    case 1 -> hint();
                    case 2 -> connect.cancel();
                    case 3 -> kernel.faults().on(ASSOCIATE).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
                    case 4 -> {
                        if (!connect.isPending()) {
                            connect = connect();
                            pended += connect.isPending() ? 1 : 0;
                        }
                    }
                    default -> {
                        kernel.runCallbacks();
                        driven.run();
                    }
                }
            }
            closeAll();
            assertThat(handle.ended).as("sequence %s", sequence).hasSize(pended);
            assertThat(driven.handler.pendingOperations()).isZero();
        }
        kernel.assertNothingWrong();
    }
}
