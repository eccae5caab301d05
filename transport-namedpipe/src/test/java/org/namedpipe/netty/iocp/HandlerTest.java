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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.namedpipe.netty.internal.win32.NativeMemory;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedPeer;
import org.namedpipe.netty.win32.WindowsException;

/**
 * Base of tests of a handler without an event loop, on one thread. After each test the handler is destroyed, and nothing may be
 * left.
 */
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SAME_THREAD)
abstract class HandlerTest {
    static final String PATH = "\\\\.\\pipe\\handler";

    final SimulatedKernel kernel = SimulatedKernel.withManualCallbacks();
    final DrivenHandler driven = new DrivenHandler(kernel);
    final IocpIoHandler handler = driven.handler;
    /** Memory of reads and writes, each of which uses a part of its own. */
    final NativeMemory memory = new NativeMemory(4096);

    private final List<Runnable> closings = new ArrayList<>();

    @RegisterExtension
    final AfterEachCallback end = context -> {
        closings.forEach(Runnable::run);
        kernel.runCallbacks();
        handler.prepareToDestroy();
        handler.destroy();
        assertThat(handler.pendingOperations()).isZero();
        kernel.assertAllGone();
    };

    /** Creates a server end, which is closed after the test. */
    SimulatedPeer listen() {
        SimulatedPeer peer = SimulatedPeer.listen(kernel, PATH);
        closings.add(peer::close);
        return peer;
    }

    /** Opens a client end on the handler's port, which is closed after the test. */
    long open() throws WindowsException {
        return open(false);
    }

    long open(boolean packetOnSuccess) throws WindowsException {
        long handle = kernel.createFile(
                PATH, Win32Constants.GENERIC_READ | Win32Constants.GENERIC_WRITE, Win32Constants.FILE_FLAG_OVERLAPPED);
        assertThat(handle).isPositive();
        handler.associate(handle, PATH, packetOnSuccess);
        closings.add(0, () -> kernel.closeHandle(handle));
        return handle;
    }

    /** Creates an instance without a port, which the test closes. */
    long newInstance() {
        return kernel.createNamedPipe(
                PATH,
                Win32Constants.PIPE_ACCESS_DUPLEX | Win32Constants.FILE_FLAG_OVERLAPPED,
                0,
                Win32Constants.PIPE_UNLIMITED_INSTANCES,
                0,
                0,
                0,
                0);
    }

    IoRegistration register(FakeHandle handle) {
        return handler.register(handle);
    }

    /** Prepares a read of up to 8 bytes into its own part of the memory. */
    IocpIoOps read(long handle, int place) {
        return IocpIoOps.newRead(FakeHandle.IGNORE).prepare(handle, memory.address() + 8L * place, 8);
    }
}
