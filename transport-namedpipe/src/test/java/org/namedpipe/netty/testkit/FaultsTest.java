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
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_READ;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_ACCESS_DENIED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_NO_SYSTEM_RESOURCES;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_BUSY;

import com.sun.jna.Memory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.OverlappedEntry;
import org.namedpipe.netty.internal.win32.Win32Error;

class FaultsTest {
    private final SimulatedKernel kernel = new SimulatedKernel();
    private final PipeFixture pipes = new PipeFixture(kernel);

    @AfterEach
    void closeEverything() {
        pipes.close();
        kernel.assertAllGone();
        assertThat(kernel.faults().armed()).isZero();
    }

    @Test
    void theNextCallFails() {
        PipeFixture.Pair pair = pipes.bytes();
        kernel.faults().on("WriteFile").fail(ERROR_NO_SYSTEM_RESOURCES);
        pipes.write(pair.server(), "a").returns(ERROR_NO_SYSTEM_RESOURCES);
        pipes.write(pair.server(), "b").succeeds();
        assertThat(pipes.readText(pair.client(), 8)).isEqualTo("b");
    }

    @Test
    void onlyCallsOnAHandleFail() {
        PipeFixture.Pair pair = pipes.bytes();
        kernel.faults().on("WriteFile").handle(pair.client()).fail(ERROR_NO_SYSTEM_RESOURCES);
        pipes.write(pair.server(), "a").succeeds();
        pipes.write(pair.client(), "b").returns(ERROR_NO_SYSTEM_RESOURCES);
    }

    @Test
    void someCallsPassAndSomeFail() {
        kernel.faults().on("CreateNamedPipe").path(pipes.path).after(1).times(2).fail(ERROR_PIPE_BUSY);
        assertThat(pipes.tryServer(3, 0, 9, 0)).isPositive();
        assertThat(pipes.tryServer(3, 0, 9, 0)).isEqualTo(-ERROR_PIPE_BUSY);
        assertThat(pipes.tryServer(3, 0, 9, 0)).isEqualTo(-ERROR_PIPE_BUSY);
        assertThat(pipes.tryServer(3, 0, 9, 0)).isPositive();
    }

    @Test
    void portsFailToo() {
        Memory entry = new Memory(OverlappedEntry.SIZE);
        kernel.faults().on("GetQueuedCompletionStatusEx").fail(ERROR_NO_SYSTEM_RESOURCES);
        kernel.faults().on("PostQueuedCompletionStatus").fail(ERROR_NO_SYSTEM_RESOURCES);
        assertThat(kernel.getQueuedCompletionStatusEx(pipes.port, Io.address(entry), 1, -1))
                .isEqualTo(-ERROR_NO_SYSTEM_RESOURCES);
        assertThat(kernel.postQueuedCompletionStatus(pipes.port, 0, 0, 0)).isEqualTo(ERROR_NO_SYSTEM_RESOURCES);
    }

    @Test
    void aPendingOperationEndsWithTheGivenStatus() {
        PipeFixture.Pair pair = pipes.bytes();
        Io first = pipes.read(pair.client(), 8).pends();
        Io second = pipes.read(pair.client(), 8).pends();
        kernel.faults().end(OperationKind.READ, pair.client(), 0xC000_009A);
        assertThat(pipes.await(first).status()).isEqualTo(0xC000_009A);
        assertThat(kernel.ntStatusToWin32(first.status())).isEqualTo(ERROR_NO_SYSTEM_RESOURCES);
        assertThat(second.status()).isEqualTo(Overlapped.STATUS_PENDING);
        assertThatThrownBy(() -> kernel.faults().end(OperationKind.WRITE, pair.client(), 0xC000_009A))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void clientsCanBeDeniedAccess() {
        pipes.server(0);
        kernel.faults().denyClients(pipes.path);
        assertThat(pipes.tryClient(GENERIC_READ)).isEqualTo(-ERROR_ACCESS_DENIED);
        kernel.faults().admitClients(pipes.path);
        assertThat(pipes.tryClient(GENERIC_READ)).isPositive();
    }

    @Test
    void anActionRunsBeforeACall() {
        long server = pipes.listener();
        kernel.faults().before("ConnectNamedPipe", () -> pipes.client());
        pipes.connect(server).returns(Win32Error.ERROR_PIPE_CONNECTED);
    }

    @Test
    void aMisspelledCallIsRefused() {
        assertThatThrownBy(() -> kernel.faults().on("WriteFil")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> kernel.calls("writeFile")).isInstanceOf(IllegalArgumentException.class);
    }
}
