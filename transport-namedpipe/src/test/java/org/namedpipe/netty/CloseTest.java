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
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Hold;
import org.namedpipe.netty.internal.win32.OperationKind;
import org.namedpipe.netty.internal.win32.SimulatedPeer;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testing.RecordingAllocator;

/** Closing with operations under way: what the kernel has been lent is released when its packet has come, and not before. */
class CloseTest extends OneThread {
    private final Recorder recorder = new Recorder();
    private final RecordingAllocator reads = new RecordingAllocator();

    private static ByteBuf text(String text) {
        return Unpooled.directBuffer().writeBytes(text.getBytes(ISO_8859_1));
    }

    private Channel connectRecording() {
        Channel client = connected(client(recorder).option(ChannelOption.RECVBUF_ALLOCATOR, reads));
        recorder.take();
        return client;
    }

    // ---- memory

    // case 8
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
            assertThat(loops.registrations()).as("kept for the packet").isEqualTo(1);
            hold.releaseFirst();
            settle();
        }
        assertThat(buffer.refCnt()).isZero();
        assertThat(loops.pendingOperations()).isZero();
        assertThat(loops.registrations()).isZero();
        assertThat(recorder.take()).isEmpty();
    }

    // case 8
    @Test
    void bytesThatCameInAsTheChannelWasClosedAreDropped() {
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

    // case 9
    @Test
    void aWriteThatTheSystemKeepsForThePeerEndsWithTheChannelAllTheSame() {
        kernel.writesOutliveTheirHandle(true);
        listen(Win32Constants.PIPE_TYPE_BYTE, 0);
        Channel client = connectRecording();
        ByteBuf buffer = text("nobody reads this");
        client.writeAndFlush(buffer);
        client.close();
        settle();
        assertThat(buffer.refCnt()).isZero();
        assertThat(loops.pendingOperations()).isZero();
    }

    @Test
    void operationsAreCancelledBeforeTheirHandleIsClosed() {
        listen(Win32Constants.PIPE_TYPE_BYTE, 0);
        Channel client = connectRecording();
        client.writeAndFlush(text("nobody reads this"));
        long[] cancelled = new long[1];
        kernel.faults().before("CloseHandle", () -> cancelled[0] = kernel.calls("CancelIoEx"));
        client.close();
        settle();
        assertThat(cancelled[0]).isEqualTo(2);
    }

    // case 39
    @Test
    void aPacketOfAClosedChannelMeansNothingToTheNextOneOnTheSameHandle() {
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

    // ---- what the peer gets

    // case 19
    @Test
    void whatWasWrittenIsReadThoughTheWriterHasClosed() {
        SimulatedPeer peer = listen();
        Channel client = connectRecording();
        ChannelFuture write = client.writeAndFlush(text("goodbye"));
        client.close();
        settle();
        assertThat(write.isSuccess()).isTrue();
        assertThat(peer.read(64).succeeds().text()).isEqualTo("goodbye");
        assertThat(kernel.calls("DisconnectNamedPipe")).isZero();
    }

    // case 19
    @Test
    void whatAServerWroteIsReadThoughItHasClosedTheChild() {
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
    void aChannelThatIsClosedByALoopOfListenersIsClosedOnce() {
        listen();
        Recorder zealous = new Recorder() {
            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
                super.channelInactive(ctx);
                ctx.close();
            }
        };
        Channel client = connect(zealous);
        zealous.take();
        List<Boolean> done = new ArrayList<>();
        client.close().addListener(first -> client.close().addListener(second -> done.add(second.isSuccess())));
        settle();
        assertThat(done).containsExactly(true);
        assertThat(zealous.take()).containsExactly("inactive", "unregistered");
    }

    @Test
    void theEndOfTheStreamAndACloseAtOnceCloseOnce() {
        SimulatedPeer peer = listen();
        Channel client = connectRecording();
        hangUp(peer);
        client.close();
        settle();
        assertThat(recorder.take()).containsExactly("inactive", "unregistered");
    }

    @Test
    void aWriteListenerMayClose() {
        SimulatedPeer peer = listen(Win32Constants.PIPE_TYPE_BYTE, 0);
        Channel client = connectRecording();
        client.writeAndFlush(text("one")).addListener(ChannelFutureListener.CLOSE);
        ChannelFuture second = client.writeAndFlush(text("two"));
        peer.read(64).await();
        settle();
        assertThat(recorder.take()).containsExactly("inactive", "unregistered");
        assertThat(second.cause()).isInstanceOf(ClosedChannelException.class);
    }

    // ---- closeForcibly

    // case 29
    @Test
    void closeForciblyBeforeRegistration() {
        Channel client = new NamedPipeChannel();
        client.unsafe().closeForcibly();
        assertThat(client.isOpen()).isFalse();
        Channel server = new NamedPipeServerChannel();
        server.unsafe().closeForcibly();
        assertThat(server.isOpen()).isFalse();
    }

    // case 29
    @Test
    void closeForciblyWithOperationsUnderWay() {
        listen(Win32Constants.PIPE_TYPE_BYTE, 0);
        Channel client = connectRecording();
        ByteBuf buffer = text("nobody reads this");
        client.writeAndFlush(buffer);
        ByteBuf readBuffer = reads.last();
        client.unsafe().closeForcibly();
        settle();
        assertThat(client.isOpen()).isFalse();
        assertThat(readBuffer.refCnt()).isZero();
        assertThat(loops.pendingOperations()).isZero();
        // It fires nothing and leaves what was queued to an orderly close.
        client.close();
        settle();
        assertThat(buffer.refCnt()).isZero();
    }

    // case 29
    @Test
    void closeForciblyDuringAConnect() {
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
