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
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testkit.SimulatedKernel;

/** The fixture of the tests of operations on handles without a port, whose event queues a packet. */
abstract class AbstractPacketWatchTest {
    static final String PATH = HandlerTest.PATH;
    static final String ASSOCIATE = "AssociateWaitPacket";
    static final String CANCEL = "CancelWaitPacket";
    static final String REGISTER_WAIT = "RegisterWait";

    final SimulatedKernel kernel = SimulatedKernel.withManualCallbacks();
    final SpyKernel spy = new SpyKernel(kernel, "connectNamedPipe", 1);
    final DrivenHandler driven = new DrivenHandler(spy.kernel(), kernel);
    final FakeHandle handle = new FakeHandle();
    final IoRegistration registration = driven.handler.register(handle);
    final List<Long> ends = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        closeEnds();
        driven.handler.destroy();
        assertThat(driven.handler.pendingOperations()).isZero();
        kernel.assertAllGone();
    }

    /** Submits a connect on a new instance, without a check of how it goes on. */
    IocpIoOps connect() {
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

    IocpIoOps submit() {
        IocpIoOps connect = connect();
        assertThat(connect.isPending()).isTrue();
        return connect;
    }

    /** Opens a client if an instance is free. */
    void openClient() {
        long client = kernel.createFile(PATH, Win32Constants.GENERIC_READ, Win32Constants.FILE_FLAG_OVERLAPPED);
        if (!Win32Error.isError(client)) {
            ends.add(client);
        }
    }

    void closeEnds() {
        ends.forEach(kernel::closeHandle);
        ends.clear();
    }

    /** Posts a packet for the last operation, as the thread of another wait can do. */
    void hint() {
        List<Long> addresses = spy.arguments();
        kernel.postQueuedCompletionStatus(driven.port(), 0, EventWait.KEY, addresses.get(addresses.size() - 1));
    }

    /** Closes the pipes, and takes all packets. */
    void closeAll() {
        closeEnds();
        while (kernel.runCallbacks() + kernel.queuedPackets() > 0) {
            driven.run();
        }
    }

    void assertEndedWith(Integer... codes) {
        assertThat(handle.ended).extracting(IocpIoOps::error).containsExactly(codes);
    }

    void assertNoThreads() {
        assertThat(kernel.calls(REGISTER_WAIT)).as("waits of threads").isZero();
        assertThat(kernel.calls("PostQueuedCompletionStatus")).as("posts").isZero();
    }
}
