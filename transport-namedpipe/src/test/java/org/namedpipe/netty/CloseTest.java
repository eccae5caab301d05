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
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testing.RecordingAllocator;
import org.namedpipe.netty.testkit.Hold;
import org.namedpipe.netty.testkit.OperationKind;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** Closing with outstanding operations: their buffers are released when their packets have come. */
class CloseTest extends OneThread {
    private final Recorder recorder = new Recorder();
    private final RecordingAllocator reads = new RecordingAllocator();

    private Channel connectRecording() {
        Channel client = connected(client(recorder).option(ChannelOption.RECVBUF_ALLOCATOR, reads));
        recorder.take();
        return client;
    }

    // ---- memory

    @Test
    void theBufferOfAPendingReadIsReleasedOnceItsPacketHasCome() {
        listen();
        Channel client = connectRecording();
        ByteBuf buffer = reads.last();
        try (Hold hold = kernel.scheduler().hold(OperationKind.READ)) {
            ChannelFuture closed = client.close();
            settle();
            assertThat(closed.isSuccess()).isTrue();
            assertThat(recorder.take()).containsExactly("inactive", "unregistered");
            assertThat(buffer.refCnt()).isEqualTo(1);
            assertThat(loops.pendingOperations()).isEqualTo(1);
            assertThat(loops.registrations()).as("until the packet has come").isEqualTo(1);
            hold.releaseFirst();
            settle();
        }
        assertThat(buffer.refCnt()).isZero();
        assertThat(loops.pendingOperations()).isZero();
        assertThat(loops.registrations()).isZero();
        assertThat(recorder.take()).isEmpty();
    }

    @Test
    void bytesThatArriveWhileTheChannelClosesAreDropped() {
        SimulatedPeer peer = listen();
        Channel client = connectRecording();
        ByteBuf buffer = reads.last();
        try (Hold hold = kernel.scheduler().hold(OperationKind.READ)) {
            peer.write("too late").succeeds();
            hold.await(1);
            client.close();
            settle();
        }
        settle();
        assertThat(recorder.take()).containsExactly("inactive", "unregistered");
        assertThat(buffer.refCnt()).isZero();
    }

    @Test
    void aWriteThatOutlivesItsHandleEndsWithTheChannel() {
        kernel.writesOutliveTheirHandle(true);
        listenUnbuffered();
        Channel client = connectRecording();
        ByteBuf buffer = text("never read");
        client.writeAndFlush(buffer);
        client.close();
        settle();
        assertThat(buffer.refCnt()).isZero();
        assertThat(loops.pendingOperations()).isZero();
    }

    @Test
    void operationsAreCancelledBeforeTheirHandleIsClosed() {
        listenUnbuffered();
        Channel client = connectRecording();
        client.writeAndFlush(text("never read"));
        long[] cancelled = new long[1];
        kernel.faults().before("CloseHandle", () -> cancelled[0] = kernel.calls("CancelIoEx"));
        client.close();
        settle();
        assertThat(cancelled[0]).isEqualTo(2);
    }

    @Test
    void aPacketOfAClosedChannelDoesNotReachTheNextOneWithTheSameHandle() {
        listen();
        NamedPipeAddress elsewhere = NamedPipeAddress.of("elsewhere");
        listenAt(elsewhere);
        Channel first = connectRecording();
        long handle = clientHandle();
        Recorder secondRecorder = new Recorder();
        try (Hold hold = kernel.scheduler().hold(OperationKind.READ)) {
            first.close();
            settle();
            Channel second = channelOf(client(secondRecorder).connect(elsewhere));
            assertThat(kernel.opens(elsewhere.path()).get(0).result()).isEqualTo(handle);
            secondRecorder.take();
            hold.releaseFirst();
            settle();
            assertThat(secondRecorder.take()).isEmpty();
            assertThat(second.isActive()).isTrue();
        }
    }

    @Test
    void aClientReadsWhatTheServerWroteBeforeItClosed() {
        Recorder generous = new Recorder() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                ctx.writeAndFlush(text("goodbye")).addListener(ChannelFutureListener.CLOSE);
            }
        };
        bound(server(recorder, generous));
        SimulatedPeer client = open();
        settle();
        assertThat(generous.take()).containsExactly("registered", "inactive", "unregistered");
        assertThat(client.read(64).succeeds().text()).isEqualTo("goodbye");
        assertThat(kernel.calls("DisconnectNamedPipe")).isZero();
    }

    // ---- events

    @Test
    void listenersThatCloseAgainCloseTheChannelOnce() {
        listen();
        Recorder zealous = new Recorder() {
            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
                super.channelInactive(ctx);
                ctx.close();
            }
        };
        Channel client = connectAndTake(zealous);
        List<Boolean> done = new ArrayList<>();
        client.close().addListener(first -> client.close().addListener(second -> done.add(second.isSuccess())));
        settle();
        assertThat(done).containsExactly(true);
        assertThat(zealous.take()).containsExactly("inactive", "unregistered");
    }

    @Test
    void theEndOfTheStreamDuringACloseClosesOnce() {
        SimulatedPeer peer = listen();
        Channel client = connectRecording();
        hangUp(peer);
        client.close();
        settle();
        assertThat(recorder.take()).containsExactly("inactive", "unregistered");
    }

    @Test
    void aWriteListenerMayClose() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connectRecording();
        client.writeAndFlush(text("one")).addListener(ChannelFutureListener.CLOSE);
        ChannelFuture second = client.writeAndFlush(text("two"));
        peer.read(64).await();
        settle();
        assertThat(recorder.take()).containsExactly("inactive", "unregistered");
        assertThat(second.cause()).isInstanceOf(ClosedChannelException.class);
    }

    // ---- closeForcibly

    @Test
    void closeForciblyClosesAnUnregisteredChannel() {
        Channel client = new NamedPipeChannel();
        client.unsafe().closeForcibly();
        assertThat(client.isOpen()).isFalse();
        Channel server = new NamedPipeServerChannel();
        server.unsafe().closeForcibly();
        assertThat(server.isOpen()).isFalse();
    }

    @Test
    void closeForciblyEndsOutstandingOperations() {
        listenUnbuffered();
        Channel client = connectRecording();
        ByteBuf buffer = text("never read");
        client.writeAndFlush(buffer);
        ByteBuf readBuffer = reads.last();
        client.unsafe().closeForcibly();
        settle();
        assertThat(client.isOpen()).isFalse();
        assertThat(readBuffer.refCnt()).isZero();
        assertThat(loops.pendingOperations()).isZero();
        // closeForcibly() fires no events, and leaves queued writes to close().
        client.close();
        settle();
        assertThat(buffer.refCnt()).isZero();
    }

    @Test
    void closeForciblyEndsAConnect() {
        SimulatedPeer peer = listen();
        open();
        Channel client = channelOf(client(recorder).register());
        ChannelFuture connect = client.connect(name);
        client.unsafe().closeForcibly();
        pass(1000);
        assertThat(connect.cause()).isInstanceOf(ClosedChannelException.class);
        hangUp(peer);
    }
}
