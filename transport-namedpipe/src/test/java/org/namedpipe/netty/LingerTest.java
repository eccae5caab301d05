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
import static org.namedpipe.netty.testing.TestBytes.text;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** A close with SO_LINGER writes flushed messages, fails the others, and reads nothing. */
class LingerTest extends OneThread {
    private static final int SECONDS = 5;
    private final Recorder recorder = new Recorder();

    private NamedPipeChannel connectLingering() {
        NamedPipeChannel client = connected(client(recorder).option(ChannelOption.SO_LINGER, SECONDS));
        recorder.take();
        return client;
    }

    /** A thread flushes the pipe before the close ends. */
    private void awaitClose(NamedPipeChannel client) {
        kernel.await("the close has ended", () -> {
            settle();
            return client.closeFuture().isDone();
        });
        settle();
    }

    @Test
    void aCloseWritesFlushedMessagesAndReadsNothing() {
        SimulatedPeer peer = listenUnbuffered();
        NamedPipeChannel client = connectLingering();
        ChannelFuture first = client.writeAndFlush(text("first"));
        ChannelFuture second = client.writeAndFlush(text("second"));
        ChannelFuture unflushed = client.write(text("unflushed"));
        ChannelFuture closed = client.close();
        ChannelFuture late = client.writeAndFlush(text("late"));
        SimulatedPeer.Operation toClient = peer.write("not read");
        settle();
        assertThat(late.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(closed.isDone()).isFalse();
        assertThat(peer.readFully(5)).asString(ISO_8859_1).isEqualTo("first");
        settle();
        assertThat(first.isSuccess()).isTrue();
        assertThat(peer.readFully(6)).asString(ISO_8859_1).isEqualTo("second");
        awaitClose(client);
        assertThat(second.isSuccess()).isTrue();
        assertThat(unflushed.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(toClient.isPending()).isFalse();
        assertThat(recorder.take()).containsExactly("inactive", "unregistered");
    }

    @Test
    void bytesThatAreKeptForALaterReadAreReleased() {
        SimulatedPeer peer = listenUnbuffered();
        NamedPipeChannel client = connectLingering();
        client.config().setAutoRead(false);
        SimulatedPeer.Operation toClient = peer.write("parked");
        settle();
        toClient.succeeds();
        client.writeAndFlush(text("first"));
        client.close();
        client.read();
        settle();
        assertThat(recorder.take()).isEmpty();
    }

    @Test
    void writesThatThePeerDoesNotReadFailAfterSoLinger() {
        listenUnbuffered();
        NamedPipeChannel client = connectLingering();
        ChannelFuture write = client.writeAndFlush(text("first"));
        ChannelFuture next = client.writeAndFlush(text("second"));
        ChannelFuture closed = client.close();
        pass(SECONDS * 1000 - 1);
        assertThat(closed.isDone()).isFalse();
        pass(1);
        assertThat(closed.isSuccess()).isTrue();
        assertThat(write.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(next.cause()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aPeerThatClosesEndsTheLinger() {
        SimulatedPeer peer = listenUnbuffered();
        NamedPipeChannel client = connectLingering();
        ChannelFuture write = client.writeAndFlush(text("first"));
        ChannelFuture next = client.writeAndFlush(text("second"));
        ChannelFuture closed = client.close();
        hangUp(peer);
        settle();
        assertThat(closed.isSuccess()).isTrue();
        assertThat(write.isSuccess()).isFalse();
        assertThat(next.isSuccess()).isFalse();
        assertThat(recorder.take()).containsExactly("inactive", "unregistered");
    }

    @Test
    void aWriteListenerThatClosesSendsEachMessageOnce() {
        SimulatedPeer peer = listen(Win32Constants.PIPE_TYPE_BYTE, 1000);
        NamedPipeChannel client = connectLingering();
        client.write(text("a")).addListener(ChannelFutureListener.CLOSE);
        client.write(text("b"));
        ChannelFuture last = client.writeAndFlush(text("c"));
        settle();
        assertThat(last.isSuccess()).isTrue();
        assertThat(peer.available()).isEqualTo(3);
        assertThat(peer.readFully(3)).asString(ISO_8859_1).isEqualTo("abc");
        awaitClose(client);
    }
}
