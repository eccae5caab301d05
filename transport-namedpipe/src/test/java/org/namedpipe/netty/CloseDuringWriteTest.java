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
import io.netty.channel.ChannelFutureListener;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.Completion;
import org.namedpipe.netty.testkit.Hold;
import org.namedpipe.netty.testkit.OperationKind;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** A close while a write is outstanding waits for the end of the write, for a limited time. */
class CloseDuringWriteTest extends OneThread {
    private final Recorder recorder = new Recorder();
    private final ByteBuf message = text("a pending message");

    @Test
    void theCloseAndTheWriteEndWhenTheKernelHasReturnedTheBuffer() {
        listenUnbuffered();
        Channel client = connectAndTake(recorder);
        int[] references = {-1};
        ChannelFuture write = client.writeAndFlush(message).addListener(f -> references[0] = message.refCnt());
        try (Hold hold = kernel.scheduler().hold(OperationKind.WRITE)) {
            ChannelFuture closed = client.close();
            settle();
            assertThat(write.isDone()).isFalse();
            assertThat(closed.isDone()).isFalse();
            assertThat(recorder.take()).isEmpty();
            hold.releaseFirst();
            settle();
            assertThat(closed.isSuccess()).isTrue();
        }
        assertThat(write.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(references[0]).isZero();
        assertThat(recorder.take()).containsExactly("inactive", "unregistered");
    }

    @Test
    void aWriteThatThePeerHasReadSucceeds() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connectAndTake(recorder);
        ChannelFuture write = client.writeAndFlush(message);
        ChannelFuture next = client.writeAndFlush(text("never"));
        try (Hold hold = kernel.scheduler().hold(OperationKind.WRITE)) {
            assertThat(peer.read(64).await().text()).isEqualTo("a pending message");
            client.close();
            settle();
            assertThat(write.isDone()).as("before its packet").isFalse();
            assertThat(hold.held()).extracting(Completion::bytes).containsExactly(17);
        }
        settle();
        assertThat(write.isSuccess()).isTrue();
        assertThat(next.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(message.refCnt()).isZero();
    }

    @Test
    void writesAndReadsAfterTheCloseAreRefused() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connectAndTake(recorder);
        client.writeAndFlush(message);
        try (Hold hold = kernel.scheduler().hold(OperationKind.WRITE)) {
            client.close();
            ChannelFuture late = client.writeAndFlush(text("late"));
            peer.write("late too");
            client.read();
            settle();
            assertThat(late.cause()).isInstanceOf(ClosedChannelException.class);
            assertThat(recorder.take()).isEmpty();
            hold.releaseFirst();
        }
        settle();
        assertThat(recorder.take()).containsExactly("inactive", "unregistered");
    }

    @Test
    void aSecondCloseEndsWithTheFirst() {
        listenUnbuffered();
        Channel client = connectAndTake(recorder);
        client.writeAndFlush(message);
        try (Hold hold = kernel.scheduler().hold(OperationKind.WRITE)) {
            client.close();
            ChannelFuture second = client.close();
            settle();
            assertThat(second.isDone()).isFalse();
            hold.releaseFirst();
            settle();
            assertThat(second.isSuccess()).isTrue();
        }
        assertThat(kernel.calls("CloseHandle")).isEqualTo(1);
    }

    @Test
    void aMissingPacketDelaysTheCloseForALimitedTime() {
        listenUnbuffered();
        Channel client = connectAndTake(recorder);
        client.writeAndFlush(message);
        try (Hold hold = kernel.scheduler().hold(OperationKind.WRITE)) {
            ChannelFuture closed = client.close();
            pass(PipeClose.MAX_WAIT_MILLIS - 1);
            assertThat(closed.isDone()).isFalse();
            pass(1);
            assertThat(closed.isSuccess()).isTrue();
            assertThat(message.refCnt()).as("the write still uses it").isEqualTo(1);
            hold.releaseFirst();
            settle();
        }
        assertThat(message.refCnt()).isZero();
        assertThat(loops.registrations()).isZero();
    }

    @Test
    void theCloseDoesNotWaitForAWriteThatCannotBeCancelled() {
        listenUnbuffered();
        Channel client = connectAndTake(recorder);
        client.writeAndFlush(message);
        kernel.faults().on("CancelIoEx").times(2).fail(Win32Error.ERROR_INVALID_PARAMETER);
        ChannelFuture closed = client.close();
        assertThat(kernel.calls("CloseHandle")).isEqualTo(1);
        settle();
        assertThat(closed.isSuccess()).isTrue();
        assertThat(message.refCnt()).isZero();
    }

    @Test
    void theCloseEndsWithThePacketAfterCloseForcibly() {
        listenUnbuffered();
        Channel client = connectAndTake(recorder);
        client.writeAndFlush(message);
        try (Hold hold = kernel.scheduler().hold(OperationKind.WRITE)) {
            ChannelFuture closed = client.close();
            client.unsafe().closeForcibly();
            settle();
            assertThat(client.isOpen()).isFalse();
            hold.releaseFirst();
            settle();
            assertThat(closed.isSuccess()).isTrue();
        }
        assertThat(message.refCnt()).isZero();
    }

    @Test
    void theShutdownOfTheLoopDoesNotWaitForTheWrite() {
        listenUnbuffered();
        Channel client = connectAndTake(recorder);
        ChannelFuture write = client.writeAndFlush(message);
        try (Hold hold = kernel.scheduler().hold(OperationKind.WRITE)) {
            ChannelFuture closed = client.close();
            kernel.faults().before("CloseHandle", hold::releaseFirst);
            loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            loop.runNow();
            assertThat(closed.isSuccess()).isTrue();
            assertThat(write.cause()).isInstanceOf(ClosedChannelException.class);
        }
        assertThat(message.refCnt()).isZero();
    }

    @Test
    void theChannelStaysActiveAtTheEndOfTheStreamUntilTheWriteHasEnded() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connectAndTake(recorder);
        ChannelFuture write = client.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
        try (Hold hold = kernel.scheduler().hold(OperationKind.WRITE)) {
            hangUp(peer);
            settle();
            assertThat(write.isDone()).isFalse();
            assertThat(client.isActive()).isTrue();
            hold.releaseFirst();
            settle();
        }
        assertThat(write.isSuccess()).isFalse();
        assertThat(recorder.take()).endsWith("inactive", "unregistered");
    }
}
