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
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_OPERATION_ABORTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;
import static org.namedpipe.netty.testkit.Source.Kind.LEARN;

import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Win32Error;

/** Operations without a port whose event queues a packet to a port. */
interface WaitPacketContract extends FixtureUser {
    long EVENT_KEY = 9;

    @Test
    @Source(value = LEARN, at = "NtAssociateWaitCompletionPacket", wine = "there are no such functions")
    default void anEventQueuesAPacketWithTheOverlappedOfItsOperation() {
        long waitPacket = k().createWaitPacket();
        if (haveNoWaitPackets(waitPacket)) {
            return;
        }
        pipes().own(waitPacket);
        long server = pipes().server(0);
        long event = pipes().own(k().createEvent());
        // The same event and wait packet, for one client after the other.
        for (int i = 0; i < 3; i++) {
            Io connect = pipes().connect(server, event).pends();
            associate(waitPacket, event, connect);
            pipes().assertNoPacket();
            pipes().client();
            assertThat(pipes().awaitPosted()).isEqualTo(packetOf(connect));
            assertThat(connect.status()).isEqualTo(Packet.STATUS_SUCCESS);
            assertThat(k().disconnectNamedPipe(server)).isEqualTo(ERROR_SUCCESS);
        }
    }

    @Test
    @Source(value = LEARN, at = "NtAssociateWaitCompletionPacket", wine = "there are no such functions")
    default void anEventThatIsSignalledQueuesAPacketAtOnce() {
        long waitPacket = k().createWaitPacket();
        if (haveNoWaitPackets(waitPacket)) {
            return;
        }
        pipes().own(waitPacket);
        long server = pipes().server(0);
        long event = pipes().own(k().createEvent());
        Io connect = pipes().connect(server, event).pends();
        pipes().client();
        associate(waitPacket, event, connect);
        assertThat(pipes().awaitPosted()).isEqualTo(packetOf(connect));
        pipes().assertNoPacket();
    }

    @Test
    @Source(value = LEARN, at = "NtAssociateWaitCompletionPacket", wine = "there are no such functions")
    default void theEventOfACancelledOperationQueuesAPacket() {
        long waitPacket = k().createWaitPacket();
        if (haveNoWaitPackets(waitPacket)) {
            return;
        }
        pipes().own(waitPacket);
        long server = pipes().server(0);
        long event = pipes().own(k().createEvent());
        Io connect = pipes().connect(server, event).pends();
        associate(waitPacket, event, connect);
        assertThat(k().cancelIoEx(server, connect.address())).isEqualTo(ERROR_SUCCESS);
        assertThat(pipes().awaitPosted()).as("of a wait").isEqualTo(packetOf(connect));
        assertThat(connect.status()).isEqualTo(Packet.STATUS_CANCELLED);
    }

    @Test
    @Source(value = LEARN, at = "NtCancelWaitCompletionPacket", wine = "there are no such functions")
    default void aCancelledWaitPacketLeavesTheSignalToTheNextWait() {
        long waitPacket = k().createWaitPacket();
        if (haveNoWaitPackets(waitPacket)) {
            return;
        }
        pipes().own(waitPacket);
        long server = pipes().server(0);
        long event = pipes().own(k().createEvent());
        Io connect = pipes().connect(server, event).pends();
        associate(waitPacket, event, connect);
        assertThat(k().cancelWaitPacket(waitPacket)).isEqualTo(ERROR_SUCCESS);
        pipes().client();
        pipes().assertNoPacket();
        associate(waitPacket, event, connect);
        assertThat(pipes().awaitPosted()).isEqualTo(packetOf(connect));
    }

    @Test
    @Source(value = LEARN, at = "NtCancelWaitCompletionPacket", wine = "there are no such functions")
    default void thePacketOfAnEventIsRemovedWhileItIsQueued() {
        long waitPacket = k().createWaitPacket();
        if (haveNoWaitPackets(waitPacket)) {
            return;
        }
        pipes().own(waitPacket);
        long server = pipes().server(0);
        long event = pipes().own(k().createEvent());
        Io connect = pipes().connect(server, event).pends();
        associate(waitPacket, event, connect);
        pipes().client();
        k().cancelWaitPacket(waitPacket);
        pipes().assertNoPacket();
        assertThat(k().cancelWaitPacket(waitPacket)).as("without a packet").isEqualTo(ERROR_OPERATION_ABORTED);
    }

    private void associate(long waitPacket, long event, Io operation) {
        assertThat(k().associateWaitPacket(waitPacket, pipes().port, event, EVENT_KEY, operation.address()))
                .isEqualTo(ERROR_SUCCESS);
    }

    private static Packet packetOf(Io operation) {
        return new Packet(EVENT_KEY, operation.address(), Packet.STATUS_SUCCESS, 0);
    }

    /** Returns true for Wine, after a look at what it returns. */
    private boolean haveNoWaitPackets(long waitPacket) {
        boolean missing = waitPacket == -Win32Error.ERROR_PROC_NOT_FOUND;
        assertThat(missing).isEqualTo(windowsOrWine(false, true));
        return missing;
    }
}
