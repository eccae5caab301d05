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

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Completion;
import org.namedpipe.netty.internal.win32.Hold;
import org.namedpipe.netty.internal.win32.OperationKind;
import org.namedpipe.netty.internal.win32.SimulatedPeer;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;

/** A close with a write under way, whose buffer is the kernel's: it waits for the write to end, but not for ever. */
class CloseDuringWriteTest extends OneThread {
    private final Recorder recorder = new Recorder();
    private final ByteBuf buffer = Unpooled.copiedBuffer("nobody reads this", ISO_8859_1);
    private final ByteBuf direct = Unpooled.directBuffer().writeBytes(buffer);

    {
        buffer.release();
    }

    private SimulatedPeer listenWithoutQuota() {
        return listen(Win32Constants.PIPE_TYPE_BYTE, 0);
    }

    private Channel connectRecording() {
        Channel client = connect(recorder);
        recorder.take();
        return client;
    }

    // case 9
    @Test
    void nothingFailsBeforeTheBufferIsItsOwnersAgain() {
        listenWithoutQuota();
        Channel client = connectRecording();
        int[] references = {-1};
        ChannelFuture write = client.writeAndFlush(direct).addListener(f -> references[0] = direct.refCnt());
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

    // case 9
    @Test
    void aWriteThatHadBeenTakenSucceeds() {
        SimulatedPeer peer = listenWithoutQuota();
        Channel client = connectRecording();
        ChannelFuture write = client.writeAndFlush(direct);
        ChannelFuture next = client.writeAndFlush(Unpooled.copiedBuffer("never", ISO_8859_1));
        try (Hold hold = kernel.scheduler().hold(OperationKind.WRITE)) {
            assertThat(peer.read(64).await().text()).isEqualTo("nobody reads this");
            client.close();
            settle();
            assertThat(write.isDone()).as("its packet had not come").isFalse();
            assertThat(hold.held()).extracting(Completion::bytes).containsExactly(17);
        }
        settle();
        assertThat(write.isSuccess()).isTrue();
        assertThat(next.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(direct.refCnt()).isZero();
    }

    @Test
    void whatIsWrittenOrReadMeanwhileIsRefused() {
        SimulatedPeer peer = listenWithoutQuota();
        Channel client = connectRecording();
        client.writeAndFlush(direct);
        try (Hold hold = kernel.scheduler().hold(OperationKind.WRITE)) {
            client.close();
            ChannelFuture late = client.writeAndFlush(Unpooled.copiedBuffer("late", ISO_8859_1));
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
        listenWithoutQuota();
        Channel client = connectRecording();
        client.writeAndFlush(direct);
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
    void aPacketThatDoesNotComeHoldsACloseUpForABoundedTimeOnly() {
        listenWithoutQuota();
        Channel client = connectRecording();
        client.writeAndFlush(direct);
        try (Hold hold = kernel.scheduler().hold(OperationKind.WRITE)) {
            ChannelFuture closed = client.close();
            pass(PipeClose.MAX_WAIT_MILLIS - 1);
            assertThat(closed.isDone()).isFalse();
            pass(1);
            assertThat(closed.isSuccess()).isTrue();
            assertThat(direct.refCnt()).as("still the kernel's").isEqualTo(1);
            hold.releaseFirst();
            settle();
        }
        assertThat(direct.refCnt()).isZero();
        assertThat(loops.registrations()).isZero();
    }

    @Test
    void aWriteThatCannotBeCancelledIsNotWaitedFor() {
        listenWithoutQuota();
        Channel client = connectRecording();
        client.writeAndFlush(direct);
        kernel.faults().on("CancelIoEx").times(2).fail(Win32Error.ERROR_INVALID_PARAMETER);
        ChannelFuture closed = client.close();
        assertThat(kernel.calls("CloseHandle")).isEqualTo(1);
        settle();
        assertThat(closed.isSuccess()).isTrue();
        assertThat(direct.refCnt()).isZero();
    }

    @Test
    void aCloseByForceMeanwhileLetsTheOtherEndWithThePacket() {
        listenWithoutQuota();
        Channel client = connectRecording();
        client.writeAndFlush(direct);
        try (Hold hold = kernel.scheduler().hold(OperationKind.WRITE)) {
            ChannelFuture closed = client.close();
            client.unsafe().closeForcibly();
            settle();
            assertThat(client.isOpen()).isFalse();
            hold.releaseFirst();
            settle();
            assertThat(closed.isSuccess()).isTrue();
        }
        assertThat(direct.refCnt()).isZero();
    }

    @Test
    void aLoopThatEndsDoesNotWaitForTheWriteOfEachChannel() {
        listenWithoutQuota();
        Channel client = connectRecording();
        ChannelFuture write = client.writeAndFlush(direct);
        try (Hold hold = kernel.scheduler().hold(OperationKind.WRITE)) {
            ChannelFuture closed = client.close();
            kernel.faults().before("CloseHandle", hold::releaseFirst);
            loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            loop.runNow();
            assertThat(closed.isSuccess()).isTrue();
            assertThat(write.cause()).isInstanceOf(ClosedChannelException.class);
        }
        assertThat(direct.refCnt()).isZero();
    }

    @Test
    void theEndOfTheStreamIsToldOnceTheWriteHasEnded() {
        SimulatedPeer peer = listenWithoutQuota();
        Channel client = connectRecording();
        ChannelFuture write = client.writeAndFlush(direct).addListener(ChannelFutureListener.CLOSE);
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
