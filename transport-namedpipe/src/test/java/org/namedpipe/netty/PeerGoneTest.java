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

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedPeer;
import org.namedpipe.netty.win32.WindowsException;

/** After a write has failed because the peer has closed, the channel delivers the peer's data and then closes. */
class PeerGoneTest extends OneThread {
    private final Recorder recorder = new Recorder();

    private static void assertFailed(ChannelFuture write, int code) {
        assertThat(write.cause())
                .isInstanceOfSatisfying(
                        WindowsException.class,
                        error -> assertThat(error.code()).isEqualTo(code));
    }

    private Bootstrap withoutAutoRead() {
        return client(recorder).option(ChannelOption.AUTO_READ, false);
    }

    private NamedPipeChannel connectWithSmallReads() {
        NamedPipeChannel client = connected(withoutAutoRead()
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(4).maxMessagesPerRead(1)));
        recorder.take();
        return client;
    }

    private NamedPipeChannel connectInMessageMode() {
        return connected(withoutAutoRead()
                .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true));
    }

    @Test
    void thePeersDataIsReadOnRequestAndThenTheChannelCloses() {
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
    void thePeersDataIsReadWithAutoRead() {
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
    void aChannelWithNothingToReadClosesAtOnce() {
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
    void aReadThatCompletedWhileAutoReadWasOffIsDelivered() {
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

    /** A pending write fails with another code than a write that is submitted afterwards. */
    @Test
    void aPendingWriteFailsAndReadingGoesOn() {
        SimulatedPeer peer = listenUnbuffered();
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
    void aListenerOfTheWriteCanCloseTheChannel() {
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
    void aChannelWithoutInputClosesAtOnce() {
        SimulatedPeer peer = listenForMessages(1000);
        NamedPipeChannel client = connectInMessageMode();
        peer.write("1234").succeeds();
        client.shutdownInput();
        hangUp(peer);
        client.writeAndFlush(text("a"));
        settle();
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void aHalfCloseAfterTheFailedWriteFails() {
        SimulatedPeer peer = listenForMessages(1000);
        NamedPipeChannel client = connectInMessageMode();
        peer.write("1234").succeeds();
        hangUp(peer);
        client.writeAndFlush(text("a"));
        settle();
        assertThat(client.isActive()).isTrue();
        assertThat(client.isOutputShutdown()).isTrue();
        assertThat(client.shutdownOutput().cause()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void withoutAutoCloseTheEndWaitsForARead() {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connected(withoutAutoRead().option(ChannelOption.AUTO_CLOSE, false));
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
    void allCodesOfAClosedPeerLeaveItsDataToRead(int code) {
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
