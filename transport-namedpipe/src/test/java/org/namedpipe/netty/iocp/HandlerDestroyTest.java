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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Hold;
import org.namedpipe.netty.internal.win32.NativeMemory;
import org.namedpipe.netty.internal.win32.OperationKind;
import org.namedpipe.netty.internal.win32.SimulatedKernel;
import org.namedpipe.netty.internal.win32.SimulatedPeer;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;

/** The end of a handler: handles are closed, operations taken in for a bounded time, and memory never freed too early. */
class HandlerDestroyTest extends HandlerTest {

    /** Closes a pipe as a channel would. */
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

    /** A client's handle that its {@link PipeHandle} closes. */
    private long openForHandle() throws Exception {
        long pipe = kernel.createFile(
                PATH, Win32Constants.GENERIC_READ | Win32Constants.GENERIC_WRITE, Win32Constants.FILE_FLAG_OVERLAPPED);
        handler.associate(pipe, PATH, false);
        return pipe;
    }

    @Test
    void nothingIsRegisteredOnceTheEndHasBegun() {
        handler.prepareToDestroy();
        FakeHandle late = new FakeHandle();
        assertThatThrownBy(() -> register(late))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shutting down");
        assertThat(late.events).isEmpty();
    }

    // case 6
    @Test
    void operationsEndWithinTheFirstCall() throws Exception {
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
    void handlesThatLeaveWhileTheyAreClosedAreNoTrouble() {
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
    void aHandleThatCannotBeClosedDoesNotKeepTheOthersOpen() {
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
    void nothingIsSubmittedAfterTheEnd() {
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

    // case 4
    @Test
    void afterTheEndTurnsAndWakeUpsAreHarmless() throws Exception {
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

    // case 6
    @Test
    void whatDoesNotEndInTimeIsGivenUpAndKeepsItsMemory() throws Exception {
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
            long start = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                ending.handler.prepareToDestroy();
            }
            ending.handler.destroy();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertThat(millis)
                    .as("two waits of 200 ms, however often it is asked")
                    .isBetween(350L, 5_000L);
            assertThat(ending.handler.pendingOperations()).isEqualTo(1);
            assertThat(slow.describeOpenHandles())
                    .as("the port is kept for the packet")
                    .hasSize(2);
            System.gc();
            hold.releaseFirst();
        }
        // The kernel has written its results into memory that nobody had freed or changed.
        peer.close();
        slow.assertNothingWrong();
        assertThat(ending.run()).isZero();
    }

    // case 38
    @Test
    void aPortThatFailsForGoodDoesNotKeepTheHandlerFromEnding() throws Exception {
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

    // case 38
    @Test
    void aPortThatFailsForGoodKeepsTheMemoryOfWhatIsUnderWay() throws Exception {
        SimulatedKernel failing = new SimulatedKernel();
        DrivenHandler ending = new DrivenHandler(failing);
        SimulatedPeer peer = SimulatedPeer.listen(failing, PATH);
        long pipe = failing.createFile(
                PATH, Win32Constants.GENERIC_READ | Win32Constants.GENERIC_WRITE, Win32Constants.FILE_FLAG_OVERLAPPED);
        ending.handler.associate(pipe, PATH, false);
        ending.handler
                .register(new FakeHandle())
                .submit(IocpIoOps.newRead(FakeHandle.IGNORE).prepare(pipe, memory.address(), 8));
        failing.faults()
                .on("GetQueuedCompletionStatusEx")
                .times(Integer.MAX_VALUE)
                .fail(Win32Error.ERROR_INVALID_HANDLE);
        ending.handler.prepareToDestroy();
        ending.handler.destroy();
        assertThat(ending.handler.pendingOperations()).isEqualTo(1);
        failing.closeHandle(pipe);
        peer.close();
        failing.assertNothingWrong();
    }

    @Test
    void anErrorOfAHandleDoesNotKeepTheHandlerFromEnding() {
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
