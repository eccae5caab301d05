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
import org.namedpipe.netty.testkit.Hold;

/** Waits for operations on handles without a port that fail, and all orders of their events. */
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SAME_THREAD)
class PacketWatchFailureTest extends AbstractPacketWatchTest {
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
