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
import org.namedpipe.netty.internal.win32.NativeMemory;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testkit.Hold;
import org.namedpipe.netty.testkit.OperationKind;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** The shutdown of a handler closes handles, waits for packets, and frees no memory that the kernel may still write to. */
class HandlerDestroyTest extends HandlerTest {

    /** Closes its pipe, as a channel does. */
    private final class PipeHandle extends FakeHandle {
        private final long pipe;

        PipeHandle(long pipe) {
            this.pipe = pipe;
        }

        @Override
        public void close() {
            super.close();
            kernel.closeHandle(pipe);
        }
    }

    /** Opens a client end, which its {@link PipeHandle} closes. */
    private long openForHandle() throws Exception {
        long pipe = kernel.createFile(
                PATH, Win32Constants.GENERIC_READ | Win32Constants.GENERIC_WRITE, Win32Constants.FILE_FLAG_OVERLAPPED);
        handler.associate(pipe, PATH, false);
        return pipe;
    }

    @Test
    void noHandleIsRegisteredDuringTheShutdown() {
        handler.prepareToDestroy();
        FakeHandle late = new FakeHandle();
        assertThatThrownBy(() -> register(late))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shutting down");
        assertThat(late.events).isEmpty();
    }

    @Test
    void prepareToDestroyCompletesOperations() throws Exception {
        listen();
        long pipe = openForHandle();
        PipeHandle handle = new PipeHandle(pipe);
        IoRegistration registration = register(handle);
        registration.submit(read(pipe, 0));
        handler.prepareToDestroy();
        assertThat(handle.events)
                .containsExactly("registered", "close", "ReadFile " + Win32Error.ERROR_BROKEN_PIPE + " 0");
        assertThat(handler.pendingOperations()).isZero();
        handler.prepareToDestroy();
        assertThat(handle.events).as("closed once").hasSize(3);
    }

    @Test
    void handlesCanCancelRegistrationsWhileTheyAreClosed() {
        List<FakeHandle> handles = new ArrayList<>();
        List<IoRegistration> registrations = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            FakeHandle leaving = new FakeHandle() {
                @Override
                public void close() {
                    super.close();
                    registrations.forEach(IoRegistration::cancel);
                }
            };
            handles.add(leaving);
            registrations.add(register(leaving));
        }
        handler.prepareToDestroy();
        assertThat(handler.registrations()).isZero();
        assertThat(handles)
                .allSatisfy(
                        handle -> assertThat(handle.events).containsOnlyOnce("registered", "close", "unregistered"));
    }

    @Test
    void theOtherHandlesAreClosedIfOneCannotBe() {
        register(new FakeHandle() {
            @Override
            public void close() {
                throw new IllegalStateException("simulated");
            }
        });
        FakeHandle other = new FakeHandle();
        register(other);
        handler.prepareToDestroy();
        assertThat(other.events).containsExactly("registered", "close");
    }

    @Test
    void noOperationIsSubmittedAfterTheShutdown() {
        FakeHandle handle = new FakeHandle();
        IoRegistration registration = register(handle);
        handler.prepareToDestroy();
        handler.destroy();
        assertThatThrownBy(() ->
                        registration.submit(IocpIoOps.newRead(FakeHandle.IGNORE).prepare(4, memory.address(), 8)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("destroyed");
        assertThat(kernel.calls("ReadFile")).isZero();
    }

    @Test
    void runAndWakeupDoNothingAfterTheShutdown() throws Exception {
        handler.prepareToDestroy();
        handler.destroy();
        handler.destroy();
        assertThat(driven.run()).isZero();
        Thread other = new Thread(handler::wakeup);
        other.start();
        other.join();
        assertThat(kernel.calls("PostQueuedCompletionStatus")).isZero();
        assertThat(kernel.calls("GetQueuedCompletionStatusEx")).isZero();
    }

    @Test
    void anOperationWithoutAPacketKeepsItsMemory() throws Exception {
        SimulatedKernel slow = new SimulatedKernel();
        DrivenHandler ending = new DrivenHandler(slow);
        SimulatedPeer peer = SimulatedPeer.listen(slow, PATH);
        long pipe = slow.createFile(
                PATH, Win32Constants.GENERIC_READ | Win32Constants.GENERIC_WRITE, Win32Constants.FILE_FLAG_OVERLAPPED);
        ending.handler.associate(pipe, PATH, false);
        NativeMemory buffer = new NativeMemory(64);
        ending.handler
                .register(new FakeHandle())
                .submit(IocpIoOps.newRead(FakeHandle.IGNORE).prepare(pipe, buffer.address(), 64));
        try (Hold hold = slow.scheduler().hold(OperationKind.READ)) {
            slow.closeHandle(pipe);
            for (int i = 0; i < 5; i++) {
                ending.handler.prepareToDestroy();
            }
            ending.handler.destroy();
            assertThat(ending.handler.pendingOperations()).isEqualTo(1);
            assertThat(slow.describeOpenHandles())
                    .as("the port stays open for the packet")
                    .hasSize(2);
            System.gc();
            hold.releaseFirst();
        }
        // The kernel has written its result, and checks that its memory was neither freed nor changed.
        peer.close();
        slow.assertNothingWrong();
        assertThat(ending.run()).isZero();
    }

    @Test
    void aHandlerWithAFailedPortEnds() throws Exception {
        SimulatedKernel failing = new SimulatedKernel();
        DrivenHandler ending = new DrivenHandler(failing);
        FakeHandle handle = new FakeHandle();
        ending.handler.register(handle);
        failing.faults()
                .on("GetQueuedCompletionStatusEx")
                .times(Integer.MAX_VALUE)
                .fail(Win32Error.ERROR_ABANDONED_WAIT_0);
        assertThatThrownBy(ending::run).hasMessageContaining("ERROR_ABANDONED_WAIT_0 (735)");
        ending.handler.prepareToDestroy();
        ending.handler.destroy();
        assertThat(handle.events).containsExactly("registered", "close");
        failing.assertAllGone();
    }

    @Test
    void aHandlerEndsAlthoughAHandleThrows() {
        SimulatedKernel simulated = new SimulatedKernel();
        DrivenHandler ending = new DrivenHandler(simulated);
        ending.handler.register(new FakeHandle() {
            @Override
            public void close() {
                throw new AssertionError("simulated");
            }
        });
        assertThatThrownBy(ending.handler::destroy).hasMessage("simulated");
        simulated.assertAllGone();
    }
}
