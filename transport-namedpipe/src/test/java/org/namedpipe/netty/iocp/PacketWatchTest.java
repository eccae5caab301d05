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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Win32Error;

/** Operations on handles without a port, whose event queues a packet without a thread. */
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SAME_THREAD)
class PacketWatchTest extends AbstractPacketWatchTest {
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
}
