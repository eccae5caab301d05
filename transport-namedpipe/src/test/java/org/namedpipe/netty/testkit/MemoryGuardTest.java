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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_DUPLEX;

import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.Win32Error;

/** The model detects changes of memory that it owns. */
class MemoryGuardTest {
    private final SimulatedKernel kernel = new SimulatedKernel();
    private final PipeFixture pipes = new PipeFixture(kernel);

    @Test
    void aBufferChangedWhileItsWritePends() {
        PipeFixture.Pair pair = pipes.bytes(0);
        Io write = pipes.write(pair.server(), "abc").pends();
        assertThat(kernel.violations()).isEmpty();
        write.buffer.setByte(1, (byte) 'x');
        assertThat(pipes.readText(pair.client(), 8)).isEqualTo("abc");
        assertViolation("buffer was changed");
    }

    @Test
    void aBufferChangedBeforeItsPacketIsDequeued() {
        PipeFixture.Pair pair = pipes.bytes();
        Io read = pipes.read(pair.client(), 8).pends();
        pipes.write(pair.server(), "abc").succeeds();
        read.buffer.setByte(7, (byte) 'x');
        pipes.await(read);
        assertViolation("buffer was changed");
    }

    @Test
    void aReadBufferWrittenToWhileItPends() {
        PipeFixture.Pair pair = pipes.bytes();
        Io read = pipes.read(pair.client(), 8).pends();
        read.buffer.setByte(0, (byte) 'x');
        assertViolation("buffer was changed");
    }

    @Test
    void anOverlappedClearedWhileItsOperationPends() {
        PipeFixture.Pair pair = pipes.bytes();
        Io read = pipes.read(pair.client(), 8).pends();
        read.overlapped.clear();
        assertViolation("OVERLAPPED was changed");
    }

    @Test
    void anOverlappedUsedTwiceAtATime() {
        PipeFixture.Pair pair = pipes.bytes();
        Io read = pipes.read(pair.client(), 8).pends();
        assertThatThrownBy(() -> kernel.readFile(pair.server(), Io.address(new Io("", 8).buffer), 8, read.address()))
                .isInstanceOf(AssertionError.class);
        assertViolation("OVERLAPPED that is in use");
    }

    @Test
    void anOverlappedUsedAgainBeforeItsPacketIsDequeued() {
        PipeFixture.Pair pair = pipes.bytes();
        Io read = pipes.read(pair.client(), 8).pends();
        pipes.write(pair.server(), "abc").succeeds();
        assertThatThrownBy(() -> kernel.readFile(pair.client(), Io.address(read.buffer), 8, read.address()))
                .isInstanceOf(AssertionError.class);
        assertViolation("OVERLAPPED that is in use");
    }

    @Test
    void anOverlappedIsFreeOnceItsPacketIsDequeued() {
        PipeFixture.Pair pair = pipes.bytes();
        Io read = pipes.read(pair.client(), 8).pends();
        pipes.write(pair.server(), "abc").succeeds();
        assertThat(kernel.lentMemory()).isEqualTo(1);
        pipes.await(read);
        assertThat(kernel.lentMemory()).isZero();
        pipes.write(pair.server(), "abc").succeeds();
        read.buffer.clear();
        assertThat(kernel.readFile(pair.client(), Io.address(read.buffer), 8, read.address()))
                .isZero();
        assertThat(kernel.violations()).isEmpty();
    }

    @Test
    void twoReadsIntoOneBuffer() {
        PipeFixture.Pair pair = pipes.bytes();
        Io read = pipes.read(pair.client(), 8).pends();
        long inside = Io.address(read.buffer) + 4;
        assertThatThrownBy(() -> kernel.readFile(pair.server(), inside, 8, new Io("", 0).address()))
                .isInstanceOf(AssertionError.class);
        assertViolation("buffer that is in use");
    }

    @Test
    void aReadIntoTheBufferOfAPendingWrite() {
        PipeFixture.Pair pair = pipes.bytes(0);
        Io write = pipes.write(pair.server(), "abcdefgh").pends();
        long before = Io.address(write.buffer) - 4;
        assertThatThrownBy(() -> kernel.readFile(pair.server(), before, 8, new Io("", 0).address()))
                .isInstanceOf(AssertionError.class);
        assertViolation("buffer that is in use");
    }

    @Test
    void oneBufferMayBeWrittenToManyPipes() {
        PipeFixture.Pair first = pipes.bytes(0);
        PipeFixture.Pair second = pipes.bytes(0);
        Io write = pipes.write(first.server(), "abc").pends();
        Io again = new Io("WriteFile", 0);
        assertThat(kernel.writeFile(second.server(), Io.address(write.buffer), 3, again.address()))
                .isEqualTo(Win32Error.ERROR_IO_PENDING);
        assertThat(kernel.violations()).isEmpty();
    }

    @Test
    void anOperationOnAPortWithAnEvent() {
        long server = pipes.listener();
        long event = kernel.createEvent();
        assertThatThrownBy(() -> pipes.connect(server, event)).isInstanceOf(AssertionError.class);
        assertViolation("carries an event");
    }

    @Test
    void aHandleAssociatedWithAPortWhileAnOperationPends() {
        long server = pipes.server(0);
        Io connect = pipes.connect(server).pends();
        assertThatThrownBy(() -> kernel.associate(server, pipes.port, 1)).isInstanceOf(AssertionError.class);
        assertViolation("joins a port");
        assertThat(connect.status()).isEqualTo(Overlapped.STATUS_PENDING);
    }

    @Test
    void anOperationThatWouldBlock() {
        long server = kernel.createNamedPipe(pipes.path, PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, 0);
        assertThatThrownBy(() -> kernel.connectNamedPipe(server, new Io("", 0).address()))
                .isInstanceOf(AssertionError.class);
        assertViolation("would block");
    }

    @Test
    void aSecurityDescriptorUsedAfterItWasFreed() {
        long descriptor = kernel.createSecurityDescriptor("D:");
        kernel.freeSecurityDescriptor(descriptor);
        assertThatThrownBy(() -> kernel.createNamedPipe(pipes.path, PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, descriptor))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> kernel.freeSecurityDescriptor(descriptor)).isInstanceOf(AssertionError.class);
        assertViolation("no security descriptor");
    }

    @Test
    void anEventClosedUnderAWait() {
        long event = kernel.createEvent();
        long wait = kernel.registerWait(event, () -> {});
        kernel.closeHandle(event);
        kernel.unregisterWait(wait);
        assertViolation("event is closed");
    }

    @Test
    void aWaitUnregisteredInItsOwnCallback() {
        long event = kernel.createEvent();
        long[] wait = new long[1];
        wait[0] = kernel.registerWait(event, () -> kernel.unregisterWait(wait[0]));
        long server = pipes.server(0);
        pipes.connect(server, event).pends();
        pipes.client();
        kernel.await("the wait is unregistered", () -> !kernel.violations().isEmpty());
        assertViolation("in the callback of the wait");
    }

    private void assertViolation(String text) {
        assertThat(kernel.violations())
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation).contains(text));
    }
}
