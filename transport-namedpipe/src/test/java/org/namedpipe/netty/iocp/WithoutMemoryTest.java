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
import io.netty.channel.IoRegistration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.MemoryFaults;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.WaitThreads;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** Without native memory an operation fails, and the handler goes on. */
class WithoutMemoryTest extends HandlerTest {
    private static final int FIRST_CHUNK = 128;

    private static void failsWithoutMemory(ThrowableAssert.ThrowingCallable body) {
        MemoryFaults faults = MemoryFaults.inject(() -> {
            throw MemoryFaults.error();
        });
        try {
            assertThatThrownBy(body).isInstanceOf(OutOfMemoryError.class);
        } finally {
            faults.close();
        }
    }

    @Test
    void aSlabThatCannotGrowIsUnchanged() {
        OverlappedSlab slab = new OverlappedSlab();
        List<IocpIoOps> owners = new ArrayList<>();
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < FIRST_CHUNK; i++) {
            owners.add(IocpIoOps.newRead(FakeHandle.IGNORE));
            addresses.add(slab.address(slab.acquire(owners.get(i))));
        }
        failsWithoutMemory(() -> slab.acquire(IocpIoOps.newRead(FakeHandle.IGNORE)));
        for (int i = 0; i < FIRST_CHUNK; i++) {
            assertThat(slab.ownerAt(addresses.get(i))).isSameAs(owners.get(i));
        }
        assertThat(slab.ownerAt(1L << 40)).isNull();
        assertThat(slab.inUse()).isEqualTo(FIRST_CHUNK);
        IocpIoOps next = IocpIoOps.newRead(FakeHandle.IGNORE);
        assertThat(slab.ownerAt(slab.address(slab.acquire(next)))).isSameAs(next);
    }

    @Test
    void pendingOperationsStillComplete() throws Exception {
        SimulatedPeer peer = listen();
        long pipe = open();
        FakeHandle handle = new FakeHandle();
        IoRegistration registration = register(handle);
        for (int i = 0; i < FIRST_CHUNK; i++) {
            registration.submit(read(pipe, i));
        }
        failsWithoutMemory(() -> registration.submit(read(pipe, FIRST_CHUNK)));
        registration.submit(read(pipe, FIRST_CHUNK));
        peer.write(new byte[8 * (FIRST_CHUNK + 1)]);
        driven.run();
        driven.run();
        assertThat(handle.ended).hasSize(FIRST_CHUNK + 1);
    }

    @Test
    void theWaitOfAFailedOperationIsReused() {
        WaitThreads.only(kernel);
        long instance = newInstance();
        IoRegistration registration = register(new FakeHandle());
        IocpIoOps connect = IocpIoOps.newConnect(FakeHandle.IGNORE).prepare(instance);
        for (int i = 0; i < 3; i++) {
            failsWithoutMemory(() -> registration.submit(connect));
        }
        assertThat(kernel.openWaits()).as("one wait for three operations").isEqualTo(1);
        assertThat(handler.pendingOperations()).isZero();
        assertThat(registration.submit(connect)).isPositive();
        kernel.closeHandle(instance);
        kernel.runCallbacks();
        driven.run();
    }

    @Test
    void anOutOfMemoryErrorOfAHandleDoesNotEndTheLoop() throws Exception {
        SimulatedPeer peer = listen();
        long pipe = open();
        register(new FakeHandle() {
                    @Override
                    public void handle(IoRegistration registration, IoEvent event) {
                        throw MemoryFaults.error();
                    }
                })
                .submit(read(pipe, 0));
        FakeHandle other = new FakeHandle();
        register(other).submit(read(pipe, 1));
        peer.write(new byte[16]);
        assertThat(driven.run()).isEqualTo(1);
        assertThat(other.ended).hasSize(1);
    }

    @Test
    void aHandlerThatCannotBeCreatedLeavesNoPort() {
        SimulatedKernel other = new SimulatedKernel();
        failsWithoutMemory(() -> new IocpIoHandlerFactory(other, new IocpIoHandlerConfig()).newHandler(driven));
        other.assertAllGone();
    }

    @Test
    void aHandleThatFailsToRegisterIsRemoved() {
        assertThatThrownBy(() -> register(new FakeHandle() {
                    @Override
                    public void registered() {
                        throw MemoryFaults.error();
                    }
                }))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(handler.registrations()).isZero();
    }

    @Test
    void aWaitForPacketsThatFailsIsRepeated() throws Exception {
        SimulatedPeer peer = listen();
        long pipe = open();
        FakeHandle handle = new FakeHandle();
        register(handle).submit(read(pipe, 0));
        peer.write(new byte[8]);
        kernel.faults()
                .on("GetQueuedCompletionStatusEx")
                .times(CompletionPort.MAX_FAILURES - 1)
                .fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        for (int i = 1; i < CompletionPort.MAX_FAILURES; i++) {
            assertThat(driven.run()).isZero();
        }
        assertThat(driven.run()).isEqualTo(1);
        assertThat(handle.ended).hasSize(1);
    }

    @Test
    void aWaitForPacketsThatKeepsFailingEndsTheLoop() {
        kernel.faults()
                .on("GetQueuedCompletionStatusEx")
                .times(CompletionPort.MAX_FAILURES)
                .fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        for (int i = 1; i < CompletionPort.MAX_FAILURES; i++) {
            assertThat(driven.run()).isZero();
        }
        assertThatThrownBy(driven::run).hasMessageContaining("ERROR_NO_SYSTEM_RESOURCES (1450)");
    }
}
