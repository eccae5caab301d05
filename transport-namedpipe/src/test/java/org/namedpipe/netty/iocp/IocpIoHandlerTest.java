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

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testkit.Hold;
import org.namedpipe.netty.testkit.OperationKind;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** Registrations, and operations from {@code submit} to their completion. */
class IocpIoHandlerTest extends HandlerTest {
    private final FakeHandle handle = new FakeHandle();

    private static final class ForeignHandle implements IoHandle {
        @Override
        public void handle(IoRegistration registration, IoEvent event) {}

        @Override
        public void close() {}
    }

    private static final class ForeignOps implements IoOps {}

    // ---- registrations

    @Test
    void handlesAndOperationsOfOtherTransportsAreRefused() {
        assertThat(handler.isCompatible(FakeHandle.class)).isTrue();
        assertThat(handler.isCompatible(ForeignHandle.class)).isFalse();
        assertThatThrownBy(() -> handler.register(new ForeignHandle()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ForeignHandle");
        IoRegistration registration = register(handle);
        assertThatThrownBy(() -> registration.submit(new ForeignOps()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ForeignOps");
        assertThat(registration.<IocpRegistration>attachment().handler()).isSameAs(handler);
    }

    @Test
    void aRegistrationCanBeCancelledOnce() {
        IoRegistration registration = register(handle);
        assertThat(registration.isValid()).isTrue();
        assertThat(handler.registrations()).isEqualTo(1);
        assertThat(registration.cancel()).isTrue();
        assertThat(registration.cancel()).isFalse();
        assertThat(registration.isValid()).isFalse();
        assertThat(handler.registrations()).isZero();
        assertThat(handle.events).containsExactly("registered", "unregistered");
    }

    @Test
    void aCancelOnAnotherThreadTakesEffectOnTheLoop() throws Exception {
        IoRegistration registration = register(handle);
        Thread other = new Thread(registration::cancel);
        other.start();
        other.join();
        assertThat(registration.isValid()).isFalse();
        assertThat(handle.events).containsExactly("registered");
        driven.runTasks();
        assertThat(handle.events).containsExactly("registered", "unregistered");
    }

    @Test
    void aCancelledRegistrationStaysUntilItsLastOperationHasCompleted() throws Exception {
        SimulatedPeer peer = listen();
        long pipe = open();
        IoRegistration registration = register(handle);
        registration.submit(read(pipe, 0));
        registration.submit(read(pipe, 1));
        registration.cancel();
        assertThat(handle.events).containsExactly("registered");
        peer.write("12345678").succeeds();
        driven.run();
        assertThat(handle.events).containsExactly("registered", "ReadFile 0 8");
        peer.write("x").succeeds();
        driven.run();
        assertThat(handle.events).containsExactly("registered", "ReadFile 0 8", "ReadFile 0 1", "unregistered");
    }

    @Test
    void aCancelledRegistrationRefusesOperations() throws Exception {
        listen();
        long pipe = open();
        IoRegistration registration = register(handle);
        registration.cancel();
        IocpIoOps read = read(pipe, 0);
        assertThat(registration.submit(read)).isZero();
        assertThat(read.error()).isEqualTo(Win32Error.ERROR_INVALID_HANDLE);
        assertThat(kernel.calls("ReadFile")).isZero();
    }

    // ---- operations

    @ParameterizedTest
    @ValueSource(ints = {Win32Error.ERROR_SUCCESS, Win32Error.ERROR_NO_SYSTEM_RESOURCES})
    void aSynchronousCompletionFiresNoEvent(int code) throws Exception {
        SimulatedPeer peer = listen();
        long pipe = open();
        if (code == Win32Error.ERROR_SUCCESS) {
            peer.write("abc").succeeds();
        } else {
            kernel.faults().on("ReadFile").fail(code);
        }
        IocpIoOps read = read(pipe, 0);
        assertThat(register(handle).submit(read)).isZero();
        assertThat(read.error()).isEqualTo(code);
        assertThat(read.transferred()).isEqualTo(code == Win32Error.ERROR_SUCCESS ? 3 : 0);
        assertThat(read.isPending()).isFalse();
        assertThat(driven.run()).isZero();
        assertThat(handle.events).containsExactly("registered");
        assertThat(handler.pendingOperations()).isZero();
    }

    @Test
    void anAsynchronousCompletionFiresAnEvent() throws Exception {
        SimulatedPeer peer = listen();
        long pipe = open();
        IocpIoOps read = read(pipe, 0);
        assertThat(register(handle).submit(read)).isPositive();
        assertThat(read.isPending()).isTrue();
        assertThat(handler.pendingOperations()).isEqualTo(1);
        assertThat(driven.run()).isZero();
        peer.write("abc").succeeds();
        assertThat(driven.run()).isEqualTo(1);
        assertThat(handle.events).containsExactly("registered", "ReadFile 0 3");
        assertThat(read.isPending()).isFalse();
        byte[] got = new byte[3];
        memory.buffer().get(0, got);
        assertThat(got).isEqualTo("abc".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aHandleCanSubmitInItsEvent() throws Exception {
        SimulatedPeer peer = listen();
        long pipe = open();
        FakeHandle eager = new FakeHandle() {
            @Override
            public void handle(IoRegistration registration, IoEvent event) {
                super.handle(registration, event);
                IocpIoOps ops = ((IocpIoEvent) event).ops();
                if (ops.error() == Win32Error.ERROR_SUCCESS) {
                    registration.submit(ops);
                }
            }
        };
        register(eager).submit(read(pipe, 0));
        for (int i = 0; i < 3; i++) {
            peer.write("x").succeeds();
            assertThat(driven.run()).isEqualTo(1);
        }
        assertThat(eager.ended).hasSize(3).allSatisfy(ops -> assertThat(ops).isSameAs(eager.ended.get(0)));
    }

    @Test
    void eachSubmissionHasItsOwnIdAlthoughSlotsAreReused() throws Exception {
        SimulatedPeer peer = listen();
        long pipe = open();
        IoRegistration registration = register(handle);
        IocpIoOps read = read(pipe, 0);
        long first = registration.submit(read);
        peer.write("x").succeeds();
        driven.run();
        long second = registration.submit(read);
        assertThat(second).isPositive().isNotEqualTo(first);
    }

    @Test
    void aCancelledOperationCompletesByItsEvent() throws Exception {
        listen();
        long pipe = open();
        IocpIoOps read = read(pipe, 0);
        register(handle).submit(read);
        read.cancel();
        assertThat(read.isPending()).as("before its packet").isTrue();
        driven.run();
        assertThat(handle.events)
                .containsExactly("registered", "ReadFile " + Win32Error.ERROR_OPERATION_ABORTED + " 0");
        read.cancel();
        assertThat(kernel.calls("CancelIoEx")).as("only while it is pending").isEqualTo(1);
    }

    @Test
    void anOperationThatCompletesBeforeItsCancelKeepsItsResult() throws Exception {
        SimulatedPeer peer = listen();
        long pipe = open();
        IocpIoOps read = read(pipe, 0);
        register(handle).submit(read);
        try (Hold hold = kernel.scheduler().hold(OperationKind.READ)) {
            peer.write("abc").succeeds();
            read.cancel();
            driven.run();
            assertThat(handle.events).containsExactly("registered");
            hold.releaseFirst();
        }
        driven.run();
        assertThat(handle.events).containsExactly("registered", "ReadFile 0 3");
    }

    @Test
    void aSynchronousSuccessWaitsForItsPacketIfTheHandlePostsOne() throws Exception {
        SimulatedPeer peer = listen();
        long pipe = open(true);
        peer.write("abc").succeeds();
        IocpIoOps read = read(pipe, 0);
        IoRegistration registration = register(handle);
        registration.<IocpRegistration>attachment().associated(true);
        assertThat(registration.submit(read)).isPositive();
        assertThat(read.isPending()).isTrue();
        driven.run();
        assertThat(handle.events).containsExactly("registered", "ReadFile 0 3");
    }

    // ---- packets

    @Test
    void packetsWithoutAnOperationAreIgnored() throws Exception {
        SimulatedPeer peer = listen();
        long pipe = open();
        Hold hold = kernel.scheduler().hold(OperationKind.READ);
        register(handle).submit(read(pipe, 0));
        peer.write("x").succeeds();
        long overlapped = hold.held().get(0).overlapped();
        hold.close();
        assertThat(driven.run()).isEqualTo(1);
        for (long stale : new long[] {overlapped, overlapped + 8, overlapped + 32, 8, -8}) {
            kernel.postQueuedCompletionStatus(driven.port(), 0, 0, stale);
        }
        assertThat(driven.run()).isZero();
        assertThat(handle.events).containsExactly("registered", "ReadFile 0 1");
    }

    @Test
    void aWakeUpIsNotCountedAsIo() throws Exception {
        Thread other = new Thread(handler::wakeup);
        other.start();
        other.join();
        assertThat(kernel.queuedPackets()).isEqualTo(1);
        assertThat(driven.run()).isZero();
        assertThat(kernel.queuedPackets()).isZero();
    }

    @Test
    void aWakeUpOnTheLoopPostsNothing() {
        handler.wakeup();
        assertThat(kernel.calls("PostQueuedCompletionStatus")).isZero();
    }
}
