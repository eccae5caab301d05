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

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedPeer;
import org.namedpipe.netty.win32.WindowsException;

/** A write to a closed peer fails after the peer's data has been read, as long as the channel reads. */
class PeerGoneOrderTest extends OneThread {
    /** Writes, and closes the channel when the write fails, as {@code SslHandler} does. */
    private static final class WritingReader extends Recorder {
        private final List<String> failures = new ArrayList<>();
        private final boolean withinRead;

        WritingReader(boolean withinRead) {
            this.withinRead = withinRead;
        }

        private void write(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(text("ticket"))
                    .addListener(write -> failures.add(String.valueOf(write.cause())))
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            super.channelRead(ctx, message);
            if (withinRead) {
                write(ctx);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            super.channelReadComplete(ctx);
            if (!withinRead) {
                write(ctx);
            }
        }
    }

    private NamedPipeChannel connectWithSmallReads(Recorder handler) {
        NamedPipeChannel client = connected(client(handler)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(4).maxMessagesPerRead(1)));
        handler.take();
        return client;
    }

    private static void assertFailed(ChannelFuture write) {
        assertThat(write.cause())
                .isInstanceOfSatisfying(
                        WindowsException.class,
                        error -> assertThat(error.code()).isEqualTo(Win32Error.ERROR_NO_DATA));
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void aHandlerThatClosesWhenAWriteFailsReadsEverything(boolean withinRead, boolean autoClose) {
        WritingReader handler = new WritingReader(withinRead);
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connectWithSmallReads(handler);
        client.config().setAutoClose(autoClose);
        peer.write("12345678abcd").succeeds();
        hangUp(peer);
        client.config().setAutoRead(true);
        settle();
        assertThat(handler.take())
                .containsSubsequence("read 1234", "read 5678", "read abcd", "inactive", "unregistered");
        assertThat(handler.failures).hasSizeGreaterThanOrEqualTo(3).doesNotContain("null");
        assertThat(client.isOpen()).isFalse();
    }

    /** Connects, and leaves the packet of a read in the port of a channel whose peer has closed. */
    private NamedPipeChannel connectWithReadPacket(Recorder recorder) {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connectWithSmallReads(recorder);
        client.read();
        settle();
        peer.write("1234").succeeds();
        hangUp(peer);
        return client;
    }

    @Test
    void writesFailWhenAutoReadIsSwitchedOff() {
        Recorder recorder = new Recorder();
        NamedPipeChannel client = connectWithReadPacket(recorder);
        ChannelFuture write = client.writeAndFlush(text("a"));
        ChannelFuture next = client.writeAndFlush(text("b"));
        assertThat(write.isDone()).isFalse();
        client.config().setAutoRead(true);
        client.config().setAutoRead(false);
        settle();
        assertFailed(write);
        assertFailed(next);
        assertThat(client.isActive()).isTrue();
        client.read();
        settle();
        assertThat(recorder.take()).contains("read 1234").endsWith("inactive", "unregistered");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 10})
    void aCloseFailsTheWriteWithItsCauseAndDoesNotLinger(int linger) {
        Recorder recorder = new Recorder();
        NamedPipeChannel client = connectWithReadPacket(recorder);
        client.config().setOption(ChannelOption.SO_LINGER, linger);
        ChannelFuture write = client.writeAndFlush(text("a"));
        assertThat(write.isDone()).isFalse();
        client.close();
        assertFailed(write);
        settle();
        assertThat(recorder.take()).endsWith("inactive", "unregistered");
    }

    /** A read that is requested between two registrations is issued late, and the peer is still there. */
    @Test
    void aWriteDoesNotWaitForAReadThatPendsAfterARegistration() {
        listen();
        NamedPipeChannel client = connectWithoutReading(new Recorder());
        kernel.faults().on("WriteFile").fail(Win32Error.ERROR_NO_DATA);
        client.deregister();
        loop.execute(client::read);
        ChannelFuture write = client.writeAndFlush(text("a"));
        settle();
        assertThat(write.isDone()).isFalse();
        client.unsafe().register(loop, client.newPromise());
        settle();
        assertFailed(write);
    }

    @Test
    void aWriteFailsIfTheInputIsShutDownAndAReadRequested() {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connect(new Recorder());
        settle();
        peer.write("1234").succeeds();
        hangUp(peer);
        ChannelFuture write = client.writeAndFlush(text("a"));
        client.shutdownInput();
        client.read();
        settle();
        assertFailed(write);
    }

    @Test
    void aWriteFailsWhenTheInputIsShutDown() {
        SimulatedPeer peer = listenForMessages(1000);
        NamedPipeChannel client = connected(client(new Recorder())
                .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true));
        settle();
        peer.write("1234").succeeds();
        hangUp(peer);
        ChannelFuture write = client.writeAndFlush(text("a"));
        assertThat(write.isDone()).isFalse();
        client.shutdownInput();
        settle();
        assertFailed(write);
        assertThat(client.isOpen()).isFalse();
    }

    /** Windows returns this code for closed peers only. The pending read shows that the peer has not closed. */
    @Test
    void aWriteFailsAtOnceIfThereIsNothingToRead() {
        SimulatedPeer peer = listen();
        Recorder recorder = new Recorder();
        NamedPipeChannel client = connectWithSmallReads(recorder);
        client.read();
        settle();
        kernel.faults().on("WriteFile").fail(Win32Error.ERROR_NO_DATA);
        ChannelFuture write = client.writeAndFlush(text("a"));
        settle();
        assertFailed(write);
        assertThat(client.isActive()).isTrue();
        hangUp(peer);
        settle();
        assertThat(recorder.take()).endsWith("inactive", "unregistered");
    }
}
