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
import static org.namedpipe.netty.testing.TestBytes.text;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.Hold;
import org.namedpipe.netty.testkit.OperationKind;
import org.namedpipe.netty.testkit.SimulatedPeer;
import org.namedpipe.netty.win32.WindowsException;

/** Writes that fail synchronously and asynchronously, with and without {@code AUTO_CLOSE}. */
class WriteFailureTest extends OneThread {
    private static final int STATUS_INSUFFICIENT_RESOURCES = 0xC000_009A;

    private final Recorder recorder = new Recorder();

    private Channel connectKeepingOpen() {
        Channel client = connected(client(recorder).option(ChannelOption.AUTO_CLOSE, false));
        recorder.take();
        return client;
    }

    private void assertFailed(ChannelFuture write, int code) {
        assertThat(write.cause()).isInstanceOfSatisfying(WindowsException.class, error -> {
            assertThat(error.code()).isEqualTo(code);
            assertThat(error).hasMessage("WriteFile(" + name.path() + ") failed: " + Win32Error.describe(code));
        });
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Win32Error.ERROR_ACCESS_DENIED,
                Win32Error.ERROR_INVALID_HANDLE,
                Win32Error.ERROR_NOT_ENOUGH_MEMORY,
                Win32Error.ERROR_INVALID_PARAMETER,
                Win32Error.ERROR_NO_SYSTEM_RESOURCES,
                9999
            })
    void aSynchronousFailureFailsThePromiseAndClosesTheChannel(int code) {
        listen();
        Channel client = connectAndTake(recorder);
        kernel.faults().on("WriteFile").fail(code);
        ByteBuf buffer = text("lost");
        ChannelFuture write = client.writeAndFlush(buffer);
        settle();
        assertFailed(write, code);
        assertThat(buffer.refCnt()).isZero();
        assertThat(recorder.take()).as("reported by the promise only").containsExactly("inactive", "unregistered");
    }

    @Test
    void anAsynchronousFailureFailsThePromiseAndClosesTheChannel() {
        listenUnbuffered();
        Channel client = connectAndTake(recorder);
        ByteBuf buffer = text("lost");
        ChannelFuture write = client.writeAndFlush(buffer);
        ChannelFuture next = client.writeAndFlush(text("lost too"));
        kernel.faults().end(OperationKind.WRITE, clientHandle(), STATUS_INSUFFICIENT_RESOURCES);
        settle();
        assertFailed(write, Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        assertThat(next.isSuccess()).isFalse();
        assertThat(buffer.refCnt()).isZero();
        assertThat(recorder.take()).containsExactly("inactive", "unregistered");
    }

    @Test
    void earlierWritesSucceed() {
        SimulatedPeer peer = listen();
        Channel client = connected(client(recorder).option(ChannelOption.MAX_MESSAGES_PER_WRITE, 1));
        kernel.faults().on("WriteFile").after(1).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        ChannelFuture first = client.write(text("first"));
        ChannelFuture second = client.writeAndFlush(text("second"));
        settle();
        assertThat(first.isSuccess()).isTrue();
        assertFailed(second, Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        assertThat(peer.read(64).succeeds().text()).isEqualTo("first");
    }

    // ---- without AUTO_CLOSE

    @Test
    void withoutAutoCloseASynchronousFailureShutsTheOutputDownAndReadingGoesOn() {
        SimulatedPeer peer = listen();
        Channel client = connectKeepingOpen();
        kernel.faults().on("WriteFile").fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        ChannelFuture write = client.writeAndFlush(text("lost"));
        settle();
        assertThat(write.cause()).isNotNull();
        assertThat(client.isActive()).isTrue();
        assertThat(client.writeAndFlush(text("no more")).cause()).isNotNull();
        peer.write("still read").succeeds();
        settle();
        assertThat(recorder.take()).containsExactly("ChannelOutputShutdownEvent", "read still read", "readComplete");
        ChannelFuture closed = client.close();
        settle();
        assertThat(closed.isSuccess()).isTrue();
        assertThat(recorder.take()).containsExactly("inactive", "unregistered");
    }

    @Test
    void withoutAutoCloseAnAsynchronousFailureShutsTheOutputDownAndReadingGoesOn() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connectKeepingOpen();
        ByteBuf buffer = text("lost");
        ChannelFuture write = client.writeAndFlush(buffer);
        try (Hold hold = kernel.scheduler().hold(OperationKind.WRITE)) {
            kernel.faults().end(OperationKind.WRITE, clientHandle(), STATUS_INSUFFICIENT_RESOURCES);
            settle();
            assertThat(buffer.refCnt()).as("before the packet").isPositive();
            hold.releaseFirst();
            settle();
        }
        assertThat(buffer.refCnt()).isZero();
        assertThat(write.cause()).isNotNull();
        client.read();
        assertThat(peer.write("still read").await().code()).isNotEqualTo(Win32Error.ERROR_NO_DATA);
        settle();
        assertThat(recorder.take()).containsExactly("ChannelOutputShutdownEvent", "read still read", "readComplete");
        client.close();
        settle();
        assertThat(recorder.take()).containsExactly("inactive", "unregistered");
    }

    @Test
    void aFailedWriteWithAVoidPromiseIsFired() {
        listen();
        Channel client = connectAndTake(recorder);
        kernel.faults().on("WriteFile").fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        client.writeAndFlush(text("lost"), client.voidPromise());
        settle();
        assertThat(recorder.take()).containsExactly("caught WindowsException", "inactive", "unregistered");
    }
}
