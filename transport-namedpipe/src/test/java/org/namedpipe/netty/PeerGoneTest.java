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
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.SimulatedPeer;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.win32.WindowsException;

/** A write fails because the peer has closed its end: what the peer wrote before is still delivered, then the channel closes. */
class PeerGoneTest extends OneThread {
    private final Recorder recorder = new Recorder();

    private static ByteBuf text(String text) {
        return Unpooled.directBuffer().writeBytes(text.getBytes(ISO_8859_1));
    }

    private static void assertFailed(ChannelFuture write, int code) {
        assertThat(write.cause())
                .isInstanceOfSatisfying(
                        WindowsException.class,
                        error -> assertThat(error.code()).isEqualTo(code));
    }

    private NamedPipeChannel connectWithSmallReads() {
        NamedPipeChannel client = connected(client(recorder)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(4).maxMessagesPerRead(1)));
        recorder.take();
        return client;
    }

    @Test
    void whatThePeerWroteIsReadOnRequestAndThenTheChannelCloses() {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connectWithSmallReads();
        peer.write("12345678").succeeds();
        hangUp(peer);
        ChannelFuture flushed = client.write(text("a"));
        ChannelFuture alsoFlushed = client.write(Unpooled.EMPTY_BUFFER);
        client.flush();
        ChannelFuture next = client.writeAndFlush(text("b"));
        settle();
        ChannelFuture later = client.writeAndFlush(text("c"));
        assertFailed(flushed, Win32Error.ERROR_NO_DATA);
        assertFailed(alsoFlushed, Win32Error.ERROR_NO_DATA);
        assertFailed(next, Win32Error.ERROR_NO_DATA);
        assertThat(later.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(client.isActive()).isTrue();
        assertThat(client.isWritable()).isFalse();
        assertThat(client.isOutputShutdown()).isTrue();
        assertThat(recorder.take()).containsExactly("ChannelOutputShutdownEvent");
        client.read();
        settle();
        assertThat(recorder.take()).containsExactly("read 1234", "readComplete");
        assertThat(client.isActive()).isTrue();
        client.read();
        settle();
        assertThat(recorder.take())
                .as("the end is fired without a request")
                .containsExactly("read 5678", "readComplete", "readComplete", "inactive", "unregistered");
    }

    @Test
    void whatThePeerWroteIsReadWithAutoRead() {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connectWithSmallReads();
        peer.write("12345678").succeeds();
        hangUp(peer);
        ChannelFuture write = client.writeAndFlush(text("a"));
        client.config().setAutoRead(true);
        settle();
        assertFailed(write, Win32Error.ERROR_NO_DATA);
        assertThat(recorder.take()).containsSubsequence("read 1234", "read 5678", "inactive", "unregistered");
    }

    @Test
    void aChannelWithNothingLeftToReadClosesAtOnce() {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connectWithSmallReads();
        hangUp(peer);
        ChannelFuture write = client.writeAndFlush(text("a"));
        settle();
        assertFailed(write, Win32Error.ERROR_NO_DATA);
        assertThat(recorder.take())
                .containsExactly("ChannelOutputShutdownEvent", "readComplete", "inactive", "unregistered");
    }

    @Test
    void bytesThatAreParkedAreDelivered() {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connectWithSmallReads();
        client.read();
        settle();
        client.config().setAutoRead(true);
        client.config().setAutoRead(false);
        peer.write("12").succeeds();
        settle();
        hangUp(peer);
        ChannelFuture write = client.writeAndFlush(text("a"));
        settle();
        assertThat(write.cause()).isNotNull();
        assertThat(client.isActive()).isTrue();
        client.read();
        settle();
        assertThat(recorder.take()).contains("read 12").endsWith("inactive", "unregistered");
    }

    /** The write pends, and ends with another code than one that is submitted afterwards. */
    @Test
    void aWriteUnderWayFailsAndReadingGoesOn() {
        SimulatedPeer peer = listen(Win32Constants.PIPE_TYPE_BYTE, 0);
        NamedPipeChannel client = connectWithSmallReads();
        ChannelFuture write = client.writeAndFlush(text("never read"));
        settle();
        SimulatedPeer.Operation sent = peer.write("12");
        client.read();
        settle();
        sent.succeeds();
        hangUp(peer);
        settle();
        assertThat(write.cause()).isInstanceOf(WindowsException.class);
        assertThat(recorder.take()).contains("read 12").endsWith("inactive", "unregistered");
    }

    @Test
    void aWriteThatFailsWithinAReadLoopDoesNotEndTheLoop() {
        SimulatedPeer peer = listen();
        Recorder echo = new Recorder() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                super.channelRead(ctx, message);
                ctx.writeAndFlush(text("answer"));
            }
        };
        NamedPipeChannel client = connected(client(echo)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(4).maxMessagesPerRead(1)));
        echo.take();
        peer.write("12345678").succeeds();
        hangUp(peer);
        client.config().setAutoRead(true);
        settle();
        assertThat(echo.take()).containsSubsequence("read 1234", "read 5678", "inactive", "unregistered");
    }

    @Test
    void aListenerThatClosesTheChannelEndsIt() {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connectWithSmallReads();
        peer.write("1234").succeeds();
        hangUp(peer);
        client.writeAndFlush(text("a")).addListener(ChannelFutureListener.CLOSE);
        settle();
        assertThat(client.isOpen()).isFalse();
        assertThat(recorder.take()).endsWith("inactive", "unregistered");
    }

    @Test
    void anEndThatDoesNotReadAnyMoreClosesAtOnce() {
        SimulatedPeer peer = listen(Win32Constants.PIPE_TYPE_MESSAGE | Win32Constants.PIPE_READMODE_MESSAGE, 1000);
        NamedPipeChannel client = connected(client(recorder)
                .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.AUTO_READ, false));
        peer.write("1234").succeeds();
        client.shutdownInput();
        hangUp(peer);
        client.writeAndFlush(text("a"));
        settle();
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void aHalfCloseAfterwardsFailsSinceThePeerCannotGetIt() {
        SimulatedPeer peer = listen(Win32Constants.PIPE_TYPE_MESSAGE | Win32Constants.PIPE_READMODE_MESSAGE, 1000);
        NamedPipeChannel client = connected(client(recorder)
                .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.AUTO_READ, false));
        peer.write("1234").succeeds();
        hangUp(peer);
        client.writeAndFlush(text("a"));
        settle();
        assertThat(client.isActive()).isTrue();
        assertThat(client.isOutputShutdown()).isTrue();
        assertThat(client.shutdownOutput().cause()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void withoutAutoCloseTheEndWaitsForAReadAsBefore() {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connected(
                client(recorder).option(ChannelOption.AUTO_READ, false).option(ChannelOption.AUTO_CLOSE, false));
        hangUp(peer);
        client.writeAndFlush(text("a"));
        settle();
        assertThat(client.isActive()).isTrue();
        client.read();
        settle();
        assertThat(client.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {Win32Error.ERROR_BROKEN_PIPE, Win32Error.ERROR_NO_DATA, Win32Error.ERROR_PIPE_NOT_CONNECTED})
    void codesThatSayThatThePeerIsGoneLeaveWhatItWrote(int code) {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connectWithSmallReads();
        peer.write("1234").succeeds();
        kernel.faults().on("WriteFile").fail(code);
        ChannelFuture write = client.writeAndFlush(text("a"));
        settle();
        assertFailed(write, code);
        client.read();
        settle();
        assertThat(recorder.take()).containsExactly("ChannelOutputShutdownEvent", "read 1234", "readComplete");
        hangUp(peer);
        settle();
        assertThat(client.isOpen()).isFalse();
    }
}
