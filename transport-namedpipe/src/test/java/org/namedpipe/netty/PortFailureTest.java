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
package org.namedpipe.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Kernels;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.iocp.IocpIoHandler;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** A loop whose completion port fails ends and closes its channels. */
class PortFailureTest {
    private final SimulatedKernel kernel = new SimulatedKernel();
    private final NamedPipeAddress name = NamedPipeAddress.of("failing");

    @ParameterizedTest
    @ValueSource(ints = {Win32Error.ERROR_ABANDONED_WAIT_0, Win32Error.ERROR_INVALID_HANDLE})
    void aLoopWhosePortFailsEndsAndClosesItsChannels(int code) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, Kernels.on(kernel, IocpIoHandler::newFactory));
        Recorder recorder = new Recorder();
        try (SimulatedPeer peer = SimulatedPeer.listen(kernel, name.path())) {
            Channel client = Await.channel(Boot.client(group, () -> recorder).connect(name));
            kernel.awaitIdle(1);
            kernel.faults()
                    .on("GetQueuedCompletionStatusEx")
                    .times(Integer.MAX_VALUE)
                    .fail(code);
            kernel.resetCalls();
            group.execute(() -> {});
            assertThat(group.terminationFuture().await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(kernel.calls("GetQueuedCompletionStatusEx")).isLessThan(10);
            Await.get(client.closeFuture());
            assertThat(recorder.take()).containsExactly("registered", "active", "inactive", "unregistered");
            try {
                group.execute(() -> {});
            } catch (RejectedExecutionException expected) {
                assertThat(expected).hasMessageContaining("terminated");
            }
            assertThat(peer.read(1).code()).isEqualTo(Win32Error.ERROR_BROKEN_PIPE);
        }
        // The read's packet could not be dequeued, so its memory and the port are kept.
        assertThat(kernel.lentMemory()).isEqualTo(1);
        kernel.assertNothingWrong();
    }

    @Test
    void aGroupWithoutAPortCannotBeCreated() {
        kernel.faults().on("CreateIoCompletionPort").fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        assertThatThrownBy(() -> new MultiThreadIoEventLoopGroup(1, Kernels.on(kernel, IocpIoHandler::newFactory)))
                .rootCause()
                .hasMessageContaining("CreateIoCompletionPort(new port) failed: ERROR_NO_SYSTEM_RESOURCES (1450)");
        kernel.assertAllGone();
    }
}
